"""Verbs on what opens a desk: password, PIN, one-time code, sessions. The ledger learns that, never what."""

from __future__ import annotations

from datetime import timedelta

from axes.utils import reset as forget_failures

from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.policies import SYSTEM_ONLY
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity import limits
from motcua.foundation.identity.actions.ending import turn_out
from motcua.foundation.identity.backends import locked_name
from motcua.foundation.identity.errors import BadSecret
from motcua.foundation.identity.models import Account, DeskVisit
from motcua.foundation.identity.policies import ACCOUNTS
from motcua.foundation.identity.secrets import (
    NO_SECRET,
    check_new_password,
    check_new_pin,
    device_digest,
    fits,
    hashed,
    plain_code,
)


@verb("account.set_password", policy=ACCOUNTS, locks=("account",))
def set_password(act: Act, *, account: Account, password: str, current: str, keep: str = "") -> Account:
    """Change one's own password; all sessions but the one with the key `keep` end. Raises BadSecret."""
    if not fits(current, account.password):
        raise BadSecret("Mật khẩu hiện tại không đúng nên chưa đổi gì. Anh/chị nhập lại.", field="current")
    _take_password(act, account, password, keep)
    return account


@verb("account.use_code", policy=ACCOUNTS, locks=("account",))
def use_code(act: Act, *, account: Account, code: str, password: str) -> Account:
    """Choose a password with a printed one-time code, which is used up by it. Raises BadSecret."""
    is_fresh = account.reset_until is not None and act.entered_at < account.reset_until
    if not is_fresh or not fits(plain_code(code), account.reset_code):
        raise BadSecret(
            "Mã này không đúng, đã dùng rồi hoặc đã hết hạn; mật khẩu chưa đổi. Anh/chị xem lại phiếu, hoặc xin mã "
            "mới.",
            field="code",
        )
    _take_password(act, account, password, "")
    return account


def _take_password(act: Act, account: Account, password: str, keep: str) -> None:
    check_new_password(password, account)
    account.password, account.must_change_password = hashed(password), False
    account.reset_code, account.reset_until = "", None
    account.save(update_fields=["password", "must_change_password", "reset_code", "reset_until"])
    turn_out(account, keep=keep)
    act.record(account, password="changed")  # noqa: S106


@verb("account.set_pin", policy=ACCOUNTS, locks=("account",))
def set_pin(act: Act, *, account: Account, pin: str, current: str) -> Account:
    """Set one's PIN for shared PCs; the password is asked for, lest a passer-by does it. Raises BadSecret."""
    if not fits(current, account.password):
        raise BadSecret("Mật khẩu hiện tại không đúng nên chưa đổi gì. Anh/chị nhập lại.", field="current")
    check_new_pin(pin)
    account.pin, account.pin_failures = hashed(pin), 0
    account.save(update_fields=["pin", "pin_failures"])
    act.record(account, pin="changed")
    return account


@verb("account.lock_pin", policy=SYSTEM_ONLY, locks=("account",))
def lock_pin(act: Act, *, account: Account) -> Account:
    """Write down that a PIN was tried too often; only the password opens until then."""
    act.record(account, pin="locked", failures=account.pin_failures)
    return account


@verb("account.reset_face_to_face", policy=ACCOUNTS, locks=("account",))
def reset_face_to_face(act: Act, *, account: Account, code: str) -> Account:
    """Take a forgotten password and PIN away and let the printed `code` choose a new one, once and in time.

    The door makes the code, because a verb's answer to a repeated request is its subject alone. All sessions end.
    """
    if len(plain_code(code)) < 8:
        raise Invalid("Mã cấp lại quá ngắn nên chưa cấp gì. Anh/chị bấm cấp lại lần nữa.")
    account.password, account.pin, account.pin_failures = NO_SECRET, "", 0
    account.reset_code, account.must_change_password = hashed(plain_code(code)), True
    account.reset_until = act.entered_at + timedelta(hours=limits.reset_hours())
    account.save(
        update_fields=["password", "pin", "pin_failures", "reset_code", "reset_until", "must_change_password"]
    )
    turn_out(account)
    forget_failures(username=locked_name(account.username))
    act.record(account, password="reset", good_until=account.reset_until.isoformat())  # noqa: S106
    return account


@verb("account.end_sessions", policy=ACCOUNTS, locks=("account",))
def end_other_sessions(act: Act, *, account: Account, keep: str) -> Account:
    """End one's sessions on all machines but the one with the key `keep`."""
    act.record(account, sessions_ended=turn_out(account, keep=keep))
    return account


@verb("account.leave_desk", policy=ACCOUNTS, locks=("account",))
def leave_desk(act: Act, *, account: Account, device: str) -> Account:
    """Take one's name off the list of a shared PC, so that no PIN opens it there until the next sign-in."""
    gone, _ = DeskVisit.objects.filter(account=account, device=device_digest(device)).delete()
    act.record(account, left_desks=gone)
    return account
