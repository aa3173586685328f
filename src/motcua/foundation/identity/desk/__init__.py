"""Officers' screens of identity."""

from motcua.foundation.identity.desk.denials import denials
from motcua.foundation.identity.desk.door import lock, locked_out, sign_in, sign_out, switch_officer, use_code
from motcua.foundation.identity.desk.mine import change_password, end_sessions, my_account, set_pin, switch_agency
from motcua.foundation.identity.desk.people import (
    do_person,
    do_role,
    end_lending,
    give_role_outside,
    left_behind,
    open_account,
    people,
    person,
    reset,
)

__all__ = [
    "change_password",
    "denials",
    "do_person",
    "do_role",
    "end_lending",
    "end_sessions",
    "give_role_outside",
    "left_behind",
    "lock",
    "locked_out",
    "my_account",
    "open_account",
    "people",
    "person",
    "reset",
    "set_pin",
    "sign_in",
    "sign_out",
    "switch_agency",
    "switch_officer",
    "use_code",
]
