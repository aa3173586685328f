"""The verbs of identity."""

from motcua.foundation.identity.actions.accounts import (
    close_account,
    lock_account,
    move_account,
    open_account,
    unlock_account,
)
from motcua.foundation.identity.actions.credentials import (
    end_other_sessions,
    leave_desk,
    lock_pin,
    reset_face_to_face,
    set_password,
    set_pin,
    use_code,
)
from motcua.foundation.identity.actions.lending import end_lending, lend
from motcua.foundation.identity.actions.roles import end_role, give_role
from motcua.foundation.identity.actions.succeeding import succeed_role

__all__ = [
    "close_account",
    "end_lending",
    "end_other_sessions",
    "end_role",
    "give_role",
    "leave_desk",
    "lend",
    "lock_account",
    "lock_pin",
    "move_account",
    "open_account",
    "reset_face_to_face",
    "set_password",
    "set_pin",
    "succeed_role",
    "unlock_account",
    "use_code",
]
