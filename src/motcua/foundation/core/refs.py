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
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def ref(kind: str, public_id: str) -> Ref:
    """Return the reference of a row."""
    return Ref(f"{kind}:{public_id}")


def split(reference: str) -> tuple[str, str]:
    """Return kind and public id. Raises ValueError where it is no reference."""
    kind, colon, public_id = reference.partition(":")
    if not (kind and colon and public_id):
        raise ValueError(f"not a reference: {reference!r}")
    return kind, public_id
