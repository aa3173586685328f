"""The desk of a programme: officers hand in, review, follow and report."""
