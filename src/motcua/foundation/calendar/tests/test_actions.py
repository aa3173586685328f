"""Each change makes a version; earlier ones stay readable; strangers change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from motcua.foundation.calendar import actions, registry, seed, selectors
from motcua.foundation.calendar.errors import BadCalendar
from motcua.foundation.calendar.models import CalendarVersion, DayRow, WeekRow
from motcua.foundation.calendar.notation import read_sessions
from motcua.foundation.calendar.policies import CALENDAR
from motcua.foundation.calendar.registry import Agencies, Move, TimeFor
from motcua.foundation.calendar.rules import AddYear, Change, ClearDay, ConfirmYear, SetDay, SetWeek, due
from motcua.foundation.calendar.tests.people import COLLEAGUE, STEWARD, Person
from motcua.foundation.calendar.tests.places import at, limit, shown
from motcua.foundation.calendar.types import DayException, DayKind, WeeklySessions
from motcua.foundation.core.actors import ANYONE, SYSTEM_ACTOR
from motcua.foundation.core.errors import Conflict, Denied
from motcua.foundation.core.ledger import facts_of
from motcua.foundation.core.models import Denial, LedgerEvent
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
BY = Call(STEWARD)
DAY = date(2026, 3, 9)
HOLIDAY = DayException(DAY, DayKind.HOLIDAY, "Lễ mới", source="Thông báo 1/TB")
CLOSED = DayException(DAY, DayKind.OWN, "Mất điện", ())
HALF = WeeklySessions(
    date(2026, 3, 2), (read_sessions(["07:00-11:30"]),) * 5 + (read_sessions(["07:00-11:30 open"]), ())
)


@pytest.fixture
def version() -> CalendarVersion:
    return actions.load_seed(Call(SYSTEM_ACTOR))


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory()


def test_without_a_calendar_the_seed_answers(agency: Agency) -> None:
    dated = selectors.working_time_for(agency.pk)
    assert dated.version == 0
    assert dated.time.plan(date(2026, 1, 10)).counts


def test_the_seed_is_loaded_once_and_reads_back_as_it_was(version: CalendarVersion) -> None:
    assert actions.load_seed(Call(SYSTEM_ACTOR)) == version
    assert selectors.book_of(version) == seed.book()
    event = LedgerEvent.objects.get(subject=version.ref)
    assert facts_of(event)["days"] == len(seed.book().days)


def test_a_change_makes_a_version_and_the_former_stays_readable(version: CalendarVersion, agency: Agency) -> None:
    new = actions.change(BY, version=version, changes=[SetDay(HOLIDAY)], basis="Thông báo 1/TB")
    assert new.number == 2 and new.basis == "Thông báo 1/TB"
    assert not selectors.working_time_for(agency.pk).time.plan(DAY).counts
    assert selectors.book_of(version).working_time(None).plan(DAY).counts
    facts = facts_of(LedgerEvent.objects.get(subject=new.ref))
    assert facts["changes"] == ["day:2026-03-09=holiday"] and facts["after"] == version.ref
    again = actions.change(BY, version=new, changes=[ClearDay(DAY)], basis="Bỏ")
    assert selectors.book_of(again) == selectors.book_of(version)
    assert DayRow.objects.filter(day=DAY).count() == 1


def test_an_agency_has_days_and_weeks_of_its_own(version: CalendarVersion, agency: Agency) -> None:
    other = AgencyFactory()
    own: list[Change] = [SetDay(CLOSED, agency.pk), SetWeek(HALF, agency.pk)]
    new = actions.change_own(BY, version=version, agency=agency, changes=own, basis="Quyết định 5")
    mine, theirs = selectors.working_time_for(agency.pk).time, selectors.working_time_for(other.pk).time
    assert not mine.plan(DAY).counts and theirs.plan(DAY).counts
    assert shown(due(at("2026-03-03 09:00"), limit("1 wd"), mine).due_at) == "2026-03-04 11:30"
    assert shown(due(at("2026-03-03 09:00"), limit("1 wd"), theirs).due_at) == "2026-03-04 17:00"
    facts = facts_of(LedgerEvent.objects.get(subject=new.ref))
    assert facts["whose"] == agency.ref
    assert "week:2026-03-02:sat=07:00-11:30~open" in facts["changes"]  # type: ignore[operator]
    actions.change_own(BY, version=new, agency=agency, changes=[SetWeek(HALF, agency.pk)], basis="Như cũ")
    assert WeekRow.objects.filter(agency=agency, until__isnull=True).count() == 1


def test_a_notice_confirms_a_year_and_a_year_can_be_added(version: CalendarVersion, agency: Agency) -> None:
    new = actions.change(BY, version=version, changes=[ConfirmYear(2027)], basis="Thông báo 2/TB")
    assert not selectors.working_time_for(agency.pk).time.plan(date(2027, 3, 3)).expected
    grown = actions.change(BY, version=new, changes=[AddYear(2028, seed.expected_year(2028))], basis="Thêm năm")
    assert grown.last == date(2028, 12, 31) and grown.expected_years == [2028]
    assert selectors.working_time_for(agency.pk).time.plan(date(2028, 1, 3)).expected


def test_a_confirmed_year_leaves_no_day_expected(version: CalendarVersion) -> None:
    tet = DayException(date(2027, 3, 9), DayKind.HOLIDAY, "Dự kiến", expected=True)
    new = actions.change(BY, version=version, changes=[SetDay(tet)], basis="Dự kiến")
    last = actions.change(BY, version=new, changes=[ConfirmYear(2027)], basis="Thông báo")
    assert selectors.book_of(last).days[None, tet.day].expected is False
    assert selectors.book_of(new).days[None, tet.day].expected is True
    selectors._book.cache_clear()
    assert selectors.book_of(last).days[None, tet.day].expected is False


def test_two_stewards_on_one_version_the_second_is_told(version: CalendarVersion) -> None:
    actions.change(BY, version=version, changes=[SetDay(HOLIDAY)], basis="Thông báo")
    with pytest.raises(Conflict, match="vừa được người khác thay đổi"):
        actions.change(BY, version=version, changes=[SetDay(HOLIDAY)], basis="Thông báo")
    assert CalendarVersion.objects.count() == 2


def test_a_double_click_makes_one_version(version: CalendarVersion) -> None:
    by = Call(STEWARD, request_key="12345678")
    one = actions.change(by, version=version, changes=[SetDay(HOLIDAY)], basis="Thông báo")
    assert actions.change(by, version=version, changes=[SetDay(HOLIDAY)], basis="Thông báo") == one


def test_a_refused_change_writes_nothing(version: CalendarVersion) -> None:
    rows = DayRow.objects.count()
    with pytest.raises(BadCalendar):
        actions.change(BY, version=version, changes=[SetDay(HOLIDAY), ClearDay(date(2026, 3, 10))], basis="x")
    assert (CalendarVersion.objects.count(), DayRow.objects.count()) == (1, rows)


OWNER_VERBS: dict[str, Callable[[Call, CalendarVersion, Agency], object]] = {
    "load": lambda by, version, agency: actions.load(by),
    "change": lambda by, version, agency: actions.change(by, version=version, changes=[SetDay(HOLIDAY)], basis="x"),
    "change_own": lambda by, version, agency: actions.change_own(
        by, version=version, agency=agency, changes=[SetDay(CLOSED, agency.pk)], basis="x"
    ),
}


@pytest.mark.parametrize("name", OWNER_VERBS)
@pytest.mark.parametrize("actor", [COLLEAGUE, ANYONE])
def test_others_are_denied_and_nothing_changes(
    name: str, actor: Actor, version: CalendarVersion, agency: Agency
) -> None:
    with pytest.raises(Denied):
        OWNER_VERBS[name](Call(actor), version, agency)
    assert CalendarVersion.objects.count() == 1
    assert Denial.objects.get().verb == f"calendar.{name}"


def test_an_agencys_administrator_keeps_his_own_calendar_only(version: CalendarVersion, agency: Agency) -> None:
    admin = Person(own=(agency.pk,), ref=Ref("account:p3"))
    OWNER_VERBS["change_own"](Call(admin), version, agency)
    newest = selectors.current_version()
    assert newest is not None and newest.number == 2
    for name, whose in (("change", agency), ("change_own", AgencyFactory())):
        with pytest.raises(Denied):
            OWNER_VERBS[name](Call(admin), newest, whose)
    assert CalendarVersion.objects.count() == 2


def test_reading_is_for_officers(version: CalendarVersion) -> None:
    rows = CalendarVersion.objects.all()
    assert CALENDAR.rows(COLLEAGUE, "calendar.read", rows).count() == 1
    assert CALENDAR.rows(ANYONE, "calendar.read", rows).count() == 0
    assert CALENDAR.rows(COLLEAGUE, "calendar.change", rows).count() == 0


class Papers:
    """Three things with due dates, one working day from 6 March 2026."""

    label = "Giấy tờ thử"

    def __init__(self, agency: int) -> None:
        self.agency = agency
        self.recomputed: list[Agencies] = []

    def is_any_open(self) -> bool:
        return True

    def moves(self, time_for: TimeFor, agencies: Agencies) -> Iterator[Move]:
        if agencies is not None and self.agency not in agencies:
            return
        for number, amount in enumerate(("1 wd", "2 wd", "10 h")):
            was = due(at("2026-03-06 09:00"), limit(amount), seed.standard_working_time()).due_at
            becomes = due(at("2026-03-06 09:00"), limit(amount), time_for(self.agency)).due_at
            if was is not None and was != becomes:
                yield Move(Ref(f"paper:{number}"), f"G-{number}", was, becomes)

    def recompute(self, agencies: Agencies) -> int:
        self.recomputed.append(agencies)
        return 0


@pytest.fixture
def papers(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> Papers:
    monkeypatch.setattr(registry, "_declared", {})
    kind = Papers(agency.pk)
    registry.declare_dependants(kind)
    return kind


def test_a_preview_tells_what_would_move_and_the_job_recomputes(
    version: CalendarVersion, agency: Agency, papers: Papers
) -> None:
    after = selectors.book_of(version).changed([SetDay(HOLIDAY)])
    (moves,) = registry.preview(after.working_time, None)
    assert (moves.label, moves.later, moves.earlier, moves.lost) == ("Giấy tờ thử", 3, 0, 0)
    assert [shown(move.becomes) for move in moves.shown] == [
        "2026-03-10 17:00",
        "2026-03-11 17:00",
        "2026-03-10 11:00",
    ]
    actions.change(BY, version=version, changes=[SetDay(HOLIDAY)], basis="Thông báo")
    assert papers.recomputed == [None]


def test_a_change_of_one_agency_recomputes_that_one(version: CalendarVersion, agency: Agency, papers: Papers) -> None:
    actions.change_own(BY, version=version, agency=agency, changes=[SetDay(CLOSED, agency.pk)], basis="x")
    assert papers.recomputed == [frozenset({agency.pk})]
