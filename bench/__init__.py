"""Ratios to physical limits, taken interleaved in one run: `python -m bench`. Nothing here is a timed test."""
