"""Encryption of a file in chunks, so that neither writing nor reading ever holds the whole of it.

Stored form: `MCF1`, the key's version (1 byte), a salt (16 bytes), then AES-256-GCM chunks of 64 KiB each with its tag.
A file's own key comes from the store's `file-N` key and the salt; the nonce is the chunk's number and a flag on the
last one, so chunks taken away, changed in order or added are noticed (the STREAM construction).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from motcua.foundation.core import keys
from motcua.foundation.core.files.errors import Damaged

MAGIC = b"MCF1"
CHUNK = 64 * 1024
TAG = 16
SALT = 16
HEADER = len(MAGIC) + 1 + SALT


def newest_version() -> int:
    """Return the version of the key that writes now."""
    return keys.load(settings.HOME.keys, "file")[0]


def _cipher(version: int, salt: bytes) -> AESGCM:
    _, key = keys.load(settings.HOME.keys, "file", version)
    return AESGCM(HKDF(SHA256(), 32, salt, b"motcua-file").derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _pieces(plain: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Cut a stream into pieces of CHUNK bytes; the last is marked, and may be short or empty."""
    waiting = bytearray()
    for block in plain:
        waiting += block
        while len(waiting) > CHUNK:
            yield bytes(waiting[:CHUNK]), False
            del waiting[:CHUNK]
    yield bytes(waiting), True


def seal(plain: Iterable[bytes], version: int) -> Iterator[bytes]:
    """Yield the stored form of a stream, under a key of its own."""
    salt = secrets.token_bytes(SALT)
    header = MAGIC + bytes([version]) + salt
    cipher = _cipher(version, salt)
    yield header
    for number, (piece, last) in enumerate(_pieces(plain)):
        yield cipher.encrypt(_nonce(number, last=last), piece, header)


def unseal(stored: BinaryIO) -> Iterator[bytes]:
    """Yield the plain content again. Raises Damaged at the first chunk that is not as it was written."""
    header = stored.read(HEADER)
    if len(header) != HEADER or not header.startswith(MAGIC):
        raise Damaged
    cipher = _cipher(header[len(MAGIC)], header[len(MAGIC) + 1 :])
    chunk, number = stored.read(CHUNK + TAG), 0
    while True:
        following = stored.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), chunk, header)
        except InvalidTag as error:
            raise Damaged from error
        if not following:
            return
        chunk, number = following, number + 1
