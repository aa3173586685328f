"""Plain references `kind:public-id`, and the random public ids that URLs carry."""

from __future__ import annotations

import re
import secrets
from typing import NewType

Ref = NewType("Ref", str)
"""`kind:public-id`: how core speaks of an actor, an agency or a subject without a key to its table."""

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0/o, 1/i/l, u: read aloud over a telephone without error
PUBLIC_ID = re.compile(rf"[{ALPHABET}]{{14}}")
SYSTEM = Ref("system:motcua")
ANONYMOUS = Ref("public:anyone")


def new_public_id(length: int = 14) -> str:
    """Return a random id: 14 letters carry 68 bits, so knowing one opens no other."""
    letters = ""
    while len(letters) < length:
        # Bytes from 240 on would favour some letters; one call for all of them is ten times as quick as one each.
        letters += "".join([ALPHABET[byte % 30] for byte in secrets.token_bytes(length + 4) if byte < 240])
    return letters[:length]


def ref(kind: str, public_id: str) -> Ref:
    """Return the reference of a row."""
    return Ref(f"{kind}:{public_id}")


def split(reference: str) -> tuple[str, str]:
    """Return kind and public id. Raises ValueError where it is no reference."""
    kind, colon, public_id = reference.partition(":")
    if not (kind and colon and public_id):
        raise ValueError(f"not a reference: {reference!r}")
    return kind, public_id
