"""Commands of the room: `motcua calendar due` answers without any store."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime

from motcua.foundation.calendar import seed
from motcua.foundation.calendar.rules import due
from motcua.foundation.calendar.types import ClockState, Due, Limit, Unit
from motcua.foundation.core.cli import Command, CommandError, say, say_json
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.time import LOCAL_ZONE, local

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def _arguments(parser: ArgumentParser) -> None:
    # Nothing is `required` and nothing has `choices`: our own words are clearer than argparse's.
    parser.add_argument("--received", metavar="2025-04-24T09:00", help="thời điểm nhận hồ sơ, giờ Việt Nam")
    parser.add_argument("--limit", metavar="2", help="thời hạn; số thập phân được phép, ví dụ 0.5")
    parser.add_argument("--unit", metavar="working-day", help="đơn vị: " + ", ".join(Unit))
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def _run(options: Namespace) -> int:
    try:
        received, limit = _received(options.received), _limit(options.limit, options.unit)
        answer = due(received, limit, seed.standard_working_time())
    except Refusal as refusal:
        raise CommandError(refusal.message) from refusal
    if options.json:
        say_json(_as_json(received, limit, answer))
    else:
        say(_as_text(limit, answer))
    return 0


def _received(text: str | None) -> datetime:
    try:
        # A day without an hour is refused: inventing the hour would invent the due date.
        if not text or len(text) < 16:
            raise ValueError
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"--received “{(text or '')[:40]}” không phải là thời điểm. Ghi đủ ngày và giờ, ví dụ 2025-04-24T09:00."
        ) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=LOCAL_ZONE)


def _limit(amount: str | None, unit: str | None) -> Limit:
    if not amount:
        raise CommandError("Thiếu --limit: thời hạn là bao nhiêu? Ví dụ --limit 2.")
    try:
        return Limit.parse(amount, Unit(unit or ""))
    except ValueError:
        raise CommandError(f"--unit “{(unit or '')[:40]}” không có. Các đơn vị: {', '.join(Unit)}.") from None


def _as_json(received: datetime, limit: Limit, answer: Due) -> dict[str, object]:
    return {
        "due_at": answer.due_at and local(answer.due_at).isoformat(),
        "due_day": answer.due_day and answer.due_day.isoformat(),
        "received_at": local(received).isoformat(),
        "start_at": local(answer.start_at).isoformat(),
        "start_day": answer.start_day.isoformat(),
        "limit": f"{limit.amount.normalize():f}",
        "unit": limit.unit.value,
        "state": answer.state.value,
        "provisional": answer.provisional,
    }


def _as_text(limit: Limit, answer: Due) -> str:
    if answer.state is not ClockState.SET or answer.due_at is None:
        return "Chưa xác định thời hạn."
    at = local(answer.due_at)
    text = f"Hạn trả ({limit}): {_WEEKDAYS[at.weekday()]}, {at.day}/{at.month}/{at.year} lúc {at:%H:%M}"
    return text + (" (dự kiến)." if answer.provisional else ".")


COMMANDS = (
    Command(
        words=("calendar", "due"),
        help="tính hạn trả kết quả từ thời điểm nhận, thời hạn và lịch làm việc",
        run=_run,
        arguments=_arguments,
        needs_store=False,
        examples=("motcua calendar due --received 2025-04-24T09:00 --limit 2 --unit working-day --json",),
    ),
)
