"""QR codes as SVG, one path of runs, for papers."""

from __future__ import annotations

import re

import segno

# Any mask is a valid code. Trying all eight for the fairest costs four times as much as everything else here.
MASK = 3
_RUN = re.compile(rb"\x01+")


def svg(text: str) -> str:
    """Return a QR code (error correction M) as SVG, one unit a module, without its quiet zone of four modules."""
    matrix = segno.make_qr(text, error="m", boost_error=False, mask=MASK).matrix
    size, runs = len(matrix), []
    for y, row in enumerate(matrix):
        for run in _RUN.finditer(row):
            start, end = run.span()
            runs.append(f"M{start} {y}h{end - start}v1H{start}z")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{"".join(runs)}"/></svg>'
