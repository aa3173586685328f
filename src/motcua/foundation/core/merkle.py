"""A Merkle tree over the leaves of a seal, as RFC 6962 builds it: leaf and node are hashed apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

EMPTY = hashlib.sha256(b"").digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf bytes in their order; an odd one out goes up unpaired."""
    sha256 = hashlib.sha256
    level = [sha256(b"\0" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        paired = [sha256(b"\1" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
        level = [*paired, level[-1]] if len(level) % 2 else paired
    return level[0] if level else EMPTY
