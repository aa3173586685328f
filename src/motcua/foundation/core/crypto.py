"""Identity numbers and telephones at rest: encrypted, with a keyed blind index for exact look-up.

Stored form: version of the key (1 byte), nonce (12 bytes), AES-256-GCM text with tag. Keys: see `keys`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.foundation.core import keys
from motcua.foundation.core.home import Home
from motcua.foundation.core.logs import get_logger

INDEX_LENGTH = 16
UNOPENED = "Không mở được (dữ liệu đã bị sửa hoặc thiếu khóa)"
SHUT = (InvalidTag, keys.KeyMissing, IndexError, ValueError)
"""What `unseal` raises on bytes that are no text of ours, or not of a key that is here."""
log = get_logger(__name__)


class Unopened(str):
    """Stands where a text would that does not open, and says so to whoever reads it. `sealed` goes back into the row.

    It is nobody's number or address: do not send to it, and do not carry it into another row.
    """

    __slots__ = ("sealed",)
    sealed: bytes

    def __new__(cls, sealed: bytes) -> Unopened:
        made = super().__new__(cls, UNOPENED)
        made.sealed = sealed
        return made


@lru_cache(maxsize=16)
def _cipher(version: int | None) -> tuple[int, AESGCM]:
    number, key = keys.load(settings.HOME.keys, "field", version)
    return number, AESGCM(key)


def seal(text: str) -> bytes:
    """Return the text encrypted under the newest key."""
    number, cipher = _cipher(None)
    nonce = secrets.token_bytes(12)
    return bytes([number]) + nonce + cipher.encrypt(nonce, text.encode(), None)


def unseal(data: bytes) -> str:
    """Return the text again. Raises one of SHUT on bytes that were changed, and where their key is not here."""
    _, cipher = _cipher(data[0])
    return cipher.decrypt(data[1:13], data[13:], None).decode()


@lru_cache(maxsize=16)
def _index_key(home: Home) -> bytes:
    # The first version, always: an index under another key would not find what the first one wrote.
    return keys.load(home.keys, "index", 1)[1]


def blind_index(kind: str, value: str) -> bytes | None:
    """Return the keyed digest by which an exact value is found again, or None for nothing.

    Spaces, dots and dashes do not count, so a number is found however it was typed.
    """
    plain = re.sub(r"[\s.\-]", "", value).upper()
    if not plain:
        return None
    return hmac.digest(_index_key(settings.HOME), f"{kind}:{plain}".encode(), hashlib.sha256)[:INDEX_LENGTH]


class SealedField(models.TextField[str, str]):
    """Text that lies encrypted in its column. It cannot be filtered by: that is what a blind index is for.

    What does not open is read as `Unopened`: one spoilt column takes no page away, and is left as it was found.
    """

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if not value:
            return None
        sealed = value.sealed if isinstance(value, Unopened) else seal(value)
        return connection.Database.Binary(sealed)  # type: ignore[attr-defined]

    def from_db_value(self, value: Any, _expression: Any, _connection: BaseDatabaseWrapper) -> str:
        if not value:
            return ""
        sealed = value.encode() if isinstance(value, str) else bytes(value)
        try:
            return unseal(sealed)
        except SHUT as error:
            kind = type(error).__name__
            log.error("a sealed text does not open", of=self.model._meta.label, column=self.name, error=kind)
            return Unopened(sealed)

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return connection.data_types["BinaryField"] % {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["null"] = True
        super().__init__(*args, **kwargs)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
