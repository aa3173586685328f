"""What a seal is outside the database: one line of JSON, which anybody can check with SHA-256 and Ed25519 alone.

The signed statement holds number, time, former seal, count of subjects, count of leaves and Merkle root. A leaf says
how far one subject's chain had come: `who sequence hash`. `who` is a digest of the subject's reference, for the
lines are public and a reference would open a page: who knows a reference finds its leaf, a leaf tells no reference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from motcua.foundation.core import merkle

FORM = "motcua-seal/1"
FIRST = "0" * 64
_FIELDS = ("number", "made_us", "former", "subjects", "root", "key", "signature", "leaves")


class NotASeal(ValueError):
    """A line is no seal of ours: another form, a missing part, or cut off."""


class Leaf(NamedTuple):
    """A leaf taken apart. `hash` is hexadecimal, as in the line."""

    who: str
    sequence: int
    hash: str


def leaf(subject: str, sequence: int, value: bytes) -> str:
    """Return the leaf of a subject whose chain has come to that event."""
    return f"{who(subject)} {sequence} {value.hex()}"


def apart(text: str) -> Leaf:
    """Return a leaf taken apart. Raises NotASeal."""
    parts = text.split(" ")
    if len(parts) != 3 or not parts[1].isdecimal():
        raise NotASeal("a leaf is none")
    return Leaf(parts[0], int(parts[1]), parts[2])


@dataclass(frozen=True, slots=True)
class SealLine:
    """A seal. `made_us` counts microseconds since 1970, `former` is the digest of the seal before it."""

    number: int
    made_us: int
    former: str
    subjects: int
    root: str
    key: int
    leaves: Sequence[str]
    signature: str = ""

    @property
    def statement(self) -> bytes:
        """What is signed."""
        return (
            f"{FORM}\n{self.number}\n{self.made_us}\n{self.former}\n{self.subjects}\n"
            f"{len(self.leaves)}\n{self.root}\n{self.key}\n"
        ).encode()

    @property
    def digest(self) -> str:
        """By which the next seal names this one."""
        return hashlib.sha256(self.statement + bytes.fromhex(self.signature)).hexdigest()


def who(subject: str) -> str:
    """Return the digest under which a subject stands in the leaves."""
    return hashlib.sha256(subject.encode()).hexdigest()[:32]


def root_of(leaves: Iterable[str]) -> str:
    """Return the Merkle root over leaves, in hexadecimal."""
    return merkle.root(map(str.encode, leaves)).hex()


def sign(seal: SealLine, key: bytes) -> SealLine:
    """Return the seal with its signature."""
    return replace(seal, signature=Ed25519PrivateKey.from_private_bytes(key).sign(seal.statement).hex())


def is_signed(seal: SealLine, public_key: bytes) -> bool:
    """Return whether the signature is that of the key over the statement."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(bytes.fromhex(seal.signature), seal.statement)
    except (InvalidSignature, ValueError):
        return False
    return True


def write(seal: SealLine) -> bytes:
    """Return the line, without its end."""
    fields = {name: getattr(seal, name) for name in _FIELDS}
    return json.dumps({"form": FORM, **fields}, separators=(",", ":")).encode()


def parse(line: bytes) -> SealLine:
    """Return the seal in a line. Raises NotASeal."""
    try:
        data = json.loads(line)
        if data.pop("form") != FORM:
            raise NotASeal("another form")
        seal = SealLine(**data)
        _check_types(seal)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotASeal(str(error)[:80]) from error
    return seal


def _check_types(seal: SealLine) -> None:
    """A line edited by hand may hold anything; what comes after this may trust the types."""
    if not all(type(number) is int for number in (seal.number, seal.made_us, seal.subjects, seal.key)):
        raise NotASeal("a number is missing")
    bytes.fromhex(seal.signature + seal.former + seal.root)
    if type(seal.leaves) is not list or set(map(type, seal.leaves)) - {str}:
        raise NotASeal("a leaf is none")
