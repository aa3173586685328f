"""Passwords, PINs and one-time codes: how they are spelled, checked and kept (Argon2, `PASSWORD_HASHERS`).

A Vietnamese keyboard sends the same letters composed or not, so every secret is composed (NFC) before it is hashed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError

from motcua.foundation.core.refs import ALPHABET, new_public_id
from motcua.foundation.identity.errors import BadSecret
from motcua.foundation.identity.rules import is_trivial_pin

if TYPE_CHECKING:
    from motcua.foundation.identity.models import Account

PIN = re.compile(r"[0-9]{4,6}")
CODE_LENGTH = 10
#: What is checked where there is no account: no password fits it, and it takes the time of one hash.
NO_SECRET = "!"  # noqa: S105


def composed(text: str) -> str:
    """Return a secret in the one spelling that is hashed."""
    return unicodedata.normalize("NFC", text)


def hashed(text: str) -> str:
    """Return the hash of a secret."""
    return make_password(composed(text))


def fits(text: str, encoded: str) -> bool:
    """Return whether the text is the secret; it takes as long where there is none."""
    return check_password(composed(text), encoded or NO_SECRET)


class PasswordRules:
    """Django's door to the rules of passwords (`AUTH_PASSWORD_VALIDATORS`), with messages of our own."""

    def __init__(self, min_length: int = 10) -> None:
        self.min_length = min_length
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raise ValidationError with every rule the password breaks."""
        plain = composed(password).lower()
        wrong = []
        if len(plain) < self.min_length:
            wrong.append(f"Mật khẩu cần ít nhất {self.min_length} ký tự. Một câu ngắn dễ nhớ là tốt nhất.")
        if plain.strip() in self.common or len(set(plain)) < 5:
            wrong.append("Mật khẩu này quá dễ đoán. Anh/chị chọn câu khác.")
        if user is not None and any(part in plain.replace(" ", "") for part in _own_words(user)):
            wrong.append("Mật khẩu không chứa tên đăng nhập hay họ tên của anh/chị.")
        if wrong:
            raise ValidationError(wrong)

    def get_help_text(self) -> str:
        return f"Ít nhất {self.min_length} ký tự, không phải mật khẩu hay gặp, không chứa tên của anh/chị."


def _own_words(user: Account) -> list[str]:
    name = composed(user.full_name).lower().replace(" ", "")
    apart = unicodedata.normalize("NFD", name.replace("đ", "d"))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return [word for word in (user.username, name, bare) if len(word) >= 4]


def check_new_password(password: str, account: Account) -> None:
    """Raise BadSecret unless the password may be this account's."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise BadSecret(" ".join(error.messages), field="password") from error
    if fits(password, account.password):
        raise BadSecret(
            "Mật khẩu mới phải khác mật khẩu đang dùng; chưa đổi gì. Anh/chị chọn mật khẩu khác.",
            field="password",
        )


def check_new_pin(pin: str) -> None:
    """Raise BadSecret unless the PIN has four to six digits and is not among those tried first."""
    if not PIN.fullmatch(pin):
        raise BadSecret("Mã PIN gồm 4 đến 6 chữ số; chưa đặt mã nào. Anh/chị nhập lại.", field="pin")
    if is_trivial_pin(pin):
        raise BadSecret(
            "Mã PIN này quá dễ đoán (như 0000, 1234, 1212) nên chưa đặt. Anh/chị chọn mã khác.",
            field="pin",
        )


def new_code() -> str:
    """Return a fresh one-time code, 49 bits in letters that are read aloud without error, “abcde-fgh23”."""
    letters = new_public_id(CODE_LENGTH)
    return f"{letters[:5]}-{letters[5:]}"


def plain_code(text: str) -> str:
    """Return a typed code without what people add to it: spaces, dashes, capitals."""
    return "".join(letter for letter in text.lower() if letter in ALPHABET)


def device_digest(device: str) -> str:
    """Return what the store keeps of a PC's cookie: enough to know it again, useless to imitate it."""
    return hashlib.sha256(device.encode()).hexdigest()
