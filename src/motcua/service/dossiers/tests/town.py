"""A small town for the random tests: agencies with calendars of their own, a process, people with rights and none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from motcua.foundation.calendar import actions as calendar
from motcua.foundation.calendar.notation import read_sessions
from motcua.foundation.calendar.rules import SetWeek
from motcua.foundation.calendar.types import Limit, Unit, WeeklySessions
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.models import Denial
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.service.dossiers.tests import oracle
from motcua.service.procedures.models import ProcedureVersion, Process, Step
from motcua.service.procedures.tests.factories import ProcedureVersionFactory, ProcessFactory

BEGINNINGS = [datetime(2025, 4, 24, 1, 59, 30, tzinfo=UTC), datetime(2025, 1, 23, 9, 0, tzinfo=UTC)]
"""Before the holidays of 30 April with their worked Saturday, and before Tết."""
LIMITS = [
    Limit(Decimal(2), Unit.WORKING_DAY), Limit(Decimal(5), Unit.WORKING_DAY), Limit(Decimal("0.5"), Unit.WORKING_DAY),
    Limit(Decimal(8), Unit.HOUR), Limit(Decimal("1.25"), Unit.HOUR), Limit(Decimal(4), Unit.CALENDAR_DAY),
    Limit(Decimal("0.25"), Unit.MONTH), None,
]
MORNINGS = WeeklySessions(
    date(2015, 1, 1),
    (*(read_sessions(["07:30-11:30", "13:00-17:00"]) for _ in range(5)), read_sessions(["07:30-11:30"]), ()),
)
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class Town:
    """Two communes that receive, a department that settles, a second one, and their people."""

    communes: list[Agency]
    department: Agency
    version: ProcedureVersion
    process: Process
    strange: Step
    people: list[Officer]
    agencies: list[Agency]


def town() -> Town:
    """Return the town; call it some time before the dossiers come."""
    first, second, department, other = (AgencyFactory() for _ in range(4))
    version = ProcedureVersionFactory()
    process = ProcessFactory(procedure=version.procedure)
    calendar.load_seed(Call(SYSTEM_ACTOR))
    calendar.change_own(
        Call(SYSTEM_ACTOR), version=calendar.load_seed(Call(SYSTEM_ACTOR)), agency=second,
        changes=[SetWeek(MORNINGS, second.pk)], basis="Sáng thứ Bảy",
    )
    oracle.Calendars.weeks = {second.pk: MORNINGS}
    people = [
        officer(Role.RECEPTION, home_agency=first), officer(Role.RECEPTION, home_agency=first),
        officer(Role.CHAIRMAN, home_agency=first), officer(Role.RECEPTION, Role.SPECIALIST, home_agency=second),
        officer(Role.SPECIALIST, home_agency=department), officer(Role.SPECIALIST, home_agency=department),
        officer(Role.HEAD, home_agency=department), officer(Role.HEAD, home_agency=other),
        officer(Role.RECEPTION, Role.SPECIALIST), officer(),
    ]
    return Town(
        [first, second], department, version, process, ProcessFactory().steps.all()[0], people,
        [first, second, department, other],
    )


def snapshot() -> Rows:
    """Return every row of every table of the house, denials apart."""
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("motcua.")]
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            if table != Denial._meta.db_table:
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608 - names of our own tables
                found[table] = cursor.fetchall()
    return found


def transaction_of_a_test() -> Any:
    """Return a transaction in which verbs may open theirs, as they may in a test's own."""
    inside: Any = transaction.atomic()
    inside._from_testcase = True
    return inside
