"""What the calendar refuses. Each message says what happened, what was kept and what to do."""

from __future__ import annotations

from datetime import date

from motcua.foundation.core.errors import Invalid


class CalendarError(Invalid):
    """Something about working time cannot be right; no due date was computed."""

    code = "calendar"


class BadLimit(CalendarError):
    """The time limit is zero, negative, endless or absurd."""


class BadSessions(CalendarError):
    """Sessions of a day overlap, are empty, or mean nothing."""


class BadPause(CalendarError):
    """A pause ends before it begins, begins before receipt, or overlaps another."""


class BadInstant(CalendarError):
    """An instant without a time zone."""


class BadCalendar(CalendarError):
    """A calendar that contradicts itself: two entries for one day, or a day outside its years."""


class OutsideCalendar(CalendarError):
    """A date before the calendar's first day or after its last. Never answered with an invented date."""

    def __init__(self, first: date, last: date, day: date | None = None) -> None:
        subject = f"Ngày {day:%d/%m/%Y}" if day else "Ngày đến hạn"
        super().__init__(
            f"{subject} nằm ngoài lịch làm việc (từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}), nên chưa tính được hạn. "
            "Anh/chị kiểm tra lại ngày và thời hạn, hoặc bổ sung lịch cho những năm còn thiếu."
        )
        self.first, self.last, self.day = first, last, day
