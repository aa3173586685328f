"""Local minutes: whole minutes since the first local midnight of 1970.

Viet Nam has kept UTC+7 without summer time since 1975, so local minutes are UTC minutes plus a constant; a test holds
this against the time zone database over all years of the calendar.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from motcua.foundation.calendar.errors import BadInstant

DAY = 1_440
_OFFSET = 7 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOCAL_EPOCH = _EPOCH - timedelta(minutes=_OFFSET)
_MINUTE = timedelta(minutes=1)
_FIRST_ORDINAL = date(1970, 1, 1).toordinal()


def minute_of(instant: datetime) -> int:
    """Return the local minute in which the instant falls; seconds are cut off. Raises `BadInstant`."""
    try:
        since = instant - _LOCAL_EPOCH
    except TypeError:
        raise BadInstant(
            "Thời điểm thiếu múi giờ nên chưa tính được hạn. Hãy ghi giờ Việt Nam (+07:00) hoặc giờ UTC."
        ) from None
    return since.days * DAY + since.seconds // 60


def instant_of(minute: int) -> datetime:
    """Return the instant (UTC) at which the local minute begins."""
    return _LOCAL_EPOCH + minute * _MINUTE


def number_of(day: date) -> int:
    """Return the number of a local day: its minutes are `number * DAY` and those after it."""
    return day.toordinal() - _FIRST_ORDINAL


def date_of(number: int) -> date:
    """Return the local day with this number."""
    return date.fromordinal(number + _FIRST_ORDINAL)


def within_day(hour: time) -> int:
    """Return the minutes from midnight to this hour."""
    return hour.hour * 60 + hour.minute
