"""Reading what was handed in; each morning of a working day, reminders of what fell due, on each programme's ladder."""

from __future__ import annotations

from datetime import timedelta

from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.files import transit
from motcua.foundation.core.jobs.queue import job
from motcua.foundation.core.jobs.schedule import periodic
from motcua.foundation.core.verbs import Call
from motcua.steering.programme import actions, importing, selectors, today
from motcua.steering.programme.actions.remind import remind
from motcua.steering.programme.models import HandIn
from motcua.steering.programme.reminding import is_quiet


@job
def read_hand_in(public_id: str) -> None:
    """Read a file that was handed in; run again after a crash it begins anew, and the same file changes nothing."""
    row = HandIn.objects.get(public_id=public_id)
    if row.is_over:
        return
    call = Call(SYSTEM_ACTOR)
    try:
        content = b"".join(transit.plain(row.stored))
        programme = importing.import_file(call, row.name, content).programme
    except (Refusal, OSError) as error:
        said = error.message if isinstance(error, Refusal) else _LOST
        actions.end_hand_in(call, row=row, problem=said)
    else:
        actions.end_hand_in(call, row=row, programme=programme)


_LOST = "Không mở lại được tệp đã gửi nên chưa đọc; chưa ghi gì. Anh/chị gửi lại tệp."


@periodic("programme-reminders", every=timedelta(hours=1))
def remind_all() -> int:
    """Write the reminders of every programme at work whose steward is at work now; return how many.

    It looks every hour, so that a morning on which the platform stood still is made up for within working time; what
    was said once is not said again, so most hours say nothing. An exercise that stands still sends none by itself.
    """
    if today.is_still():
        return 0
    now, count = time.now(), 0
    for programme in selectors.approved():
        if not is_quiet(programme, now):
            count += len(remind(Call(SYSTEM_ACTOR), programme))
    return count
