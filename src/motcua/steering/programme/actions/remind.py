"""Reminders: a digest to one reader on one rung, with a number of the year's series once something is late."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace

from motcua.foundation.core.numbering import give, letter_series
from motcua.foundation.core.outbox.models import Channel
from motcua.foundation.core.outbox.sending import post
from motcua.foundation.core.verbs import Act, Call, verb
from motcua.steering.programme import today
from motcua.steering.programme.errors import AlreadyReminded, BadProgramme
from motcua.steering.programme.kinds import Ladder, Rung
from motcua.steering.programme.models import Programme, Reminder, ReminderLine
from motcua.steering.programme.policies import PROGRAMMES
from motcua.steering.programme.reminding import Digest, digests

SERIES = "DD-CCHC"


@verb("reminder.issue", policy=PROGRAMMES, locks=("programme",))
def issue_reminder(act: Act, *, programme: Programme, digest: Digest) -> Reminder:
    """Write a digest: its lines, its number (for what is late, to another agency) and the message to its reader.

    What somebody else has said since the digest was drawn up is left out. Raises AlreadyReminded where that is all.
    """
    if programme.steward is None or not digest.items:
        raise BadProgramme(
            "Không có gì phải đôn đốc, hoặc chương trình chưa có cơ quan thường trực; chưa ghi gì. "
            "Anh/chị duyệt chương trình trước."
        )
    digest = _unsaid(digest)
    on = today.day()
    reminder = Reminder(
        programme=programme, rung=digest.rung, to=digest.to, sender=programme.steward, year=on.year, on=on,
        at=act.happened_at,
    )
    if digest.rung is not Rung.OWNER and digest.to != programme.steward:
        # Nobody writes a letter to himself: what the steward has to see to is on his own list.
        series = letter_series(programme.steward.code, SERIES, on.year)
        reminder.number = give(series, subject=reminder.ref, by=act.actor.ref, at=act.happened_at).number
    reminder.save()
    ReminderLine.objects.bulk_create(
        ReminderLine(
            reminder=reminder, occurrence=item.occurrence, agency=item.agency, rung=digest.rung, due_on=item.due_on
        )
        for item in digest.items
    )
    post(
        act, about=reminder.ref, agency=programme.steward.ref, channel=Channel.PORTAL, address=digest.to.name,
        template="programme/messages/reminder.txt", context={"reminder": reminder, "digest": digest},
    )
    said = ",".join(f"{item.occurrence.ref}@{item.due_on.isoformat()}" for item in digest.items)
    act.record(
        reminder, first=True, rung=digest.rung.value, to=digest.to.ref, number=reminder.number,
        count=len(digest.items), lines=hashlib.sha256(said.encode()).hexdigest(),
    )
    return reminder


def remind(by: Call, programme: Programme) -> list[Reminder]:
    """Write all digests of the day, one transaction each; what was said, or another says now, is not said again."""
    made = []
    for digest in digests(programme, today.day()):
        with suppress(AlreadyReminded):
            made.append(issue_reminder(by, programme=programme, digest=digest))
    return made


def _unsaid(digest: Digest) -> Digest:
    """Return the digest less what was said by now; the programme is locked, so nobody says more meanwhile (1 query)."""
    known = set(
        ReminderLine.objects.filter(
            rung=digest.rung, occurrence__in={item.occurrence.pk for item in digest.items}
        ).values_list("occurrence", "agency", "due_on")
    )
    left = [item for item in digest.items if (item.occurrence.pk, item.agency.pk, item.due_on) not in known]
    if not left:
        raise AlreadyReminded(
            f"{digest.to.name} đã được nhắc về các việc này rồi, có thể người khác vừa bấm; không lập thêm gì. "
            "Anh/chị mở lại trang Đôn đốc để xem văn bản đã lập."
        )
    return replace(digest, items=left)


@verb("programme.set_ladder", policy=PROGRAMMES, locks=("programme",))
def set_ladder(act: Act, *, programme: Programme, ladder: Ladder) -> Programme:
    """Set how many days after the due date (before: below zero) each rung is reached; it must rise."""
    days = [ladder[rung] for rung in Rung]
    if days != sorted(days) or not all(-365 <= one <= 3650 for one in days):
        raise BadProgramme(
            "Các mốc đôn đốc phải tăng dần từ dưới lên, trong khoảng từ một năm trước hạn; các mốc cũ giữ nguyên. "
            "Anh/chị xem lại số ngày."
        )
    programme.ladder = {rung.value: ladder[rung] for rung in Rung}
    programme.save()
    act.record(programme, ladder=[ladder[rung] for rung in Rung])
    return programme


