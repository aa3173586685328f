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

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.foundation.core import keys
from motcua.foundation.core.home import Home

INDEX_LENGTH = 16


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
    """Return the text again. Raises cryptography's InvalidTag on bytes that were changed."""
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
    """Text that lies encrypted in its column. It cannot be filtered by: that is what a blind index is for."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return connection.Database.Binary(seal(value)) if value else None  # type: ignore[attr-defined]

    def from_db_value(self, value: Any, _expression: Any, _connection: BaseDatabaseWrapper) -> str:
        return unseal(bytes(value)) if value else ""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return connection.data_types["BinaryField"] % {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["null"] = True
        super().__init__(*args, **kwargs)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
