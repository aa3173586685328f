"""Every verb of the calendar, done once with marked words in reasons and grounds."""

from __future__ import annotations

from datetime import date

from motcua.foundation.calendar import actions
from motcua.foundation.calendar.rules import SetDay
from motcua.foundation.calendar.types import DayException, DayKind
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations.tests.factories import AgencyFactory

#: Reasons of days off are public, and stand in the calendar alone.
HOMES = frozenset({"calendar_calendarversion", "calendar_dayrow"})
DAY = date(2026, 3, 9)


def walk(mark: str) -> None:
    """Load the calendar, change it for all and for one agency."""
    by, agency = Call(SYSTEM_ACTOR), AgencyFactory()
    version = actions.load_seed(by)
    holiday = DayException(DAY, DayKind.HOLIDAY, f"Tang lễ bà {mark}", source=f"Thông báo {mark}")
    version = actions.change(by, version=version, changes=[SetDay(holiday)], basis=f"Tang lễ bà {mark}")
    own = DayException(date(2026, 3, 10), DayKind.OWN, f"Mất điện nhà bà {mark}", ())
    actions.change_own(
        by, version=version, agency=agency, changes=[SetDay(own, agency.pk)], basis=f"Mất điện {mark}"
    )
