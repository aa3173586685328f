"""What readings give, against counting by hand; the rows that are missing; the months that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from datetime import time as hour
from decimal import Decimal

import pytest

from motcua.foundation.core import settings_rows, time
from motcua.foundation.identity.types import Role
from motcua.foundation.indicators import selectors as numbers
from motcua.foundation.indicators.types import Scope, Tally
from motcua.foundation.organisations.models import Kind, Level
from motcua.foundation.organisations.selectors import STANDS_ON as REGISTER_STANDS_ON
from motcua.service.procedures.models import ProcedureVersion
from motcua.steering.programme import today
from motcua.steering.programme.needles import asking, gaps, jobs, points, selectors
from motcua.steering.programme.needles.actions import Offered
from motcua.steering.programme.needles.asking import Counted
from motcua.steering.programme.needles.models import Formula, Point
from motcua.steering.programme.needles.tests.factories import (
    NESTED,
    ONE_STOP,
    bind,
    district,
    measure,
    programme,
    served,
)
from motcua.steering.programme.needles.types import Counting, Verdict
from motcua.steering.programme.needles.types import Kind as Source
from motcua.steering.programme.tests.factories import Province, officer

pytestmark = pytest.mark.django_db
DAY = date(2018, 3, 1)
SHARE = Offered("tat-ca", "Mọi huyện", "agencies-one-stop-share", kinds=("district",))


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time.travelling(time.at_local(DAY, hour(9))):
        yield


@pytest.fixture
def province() -> Province:
    found = Province()
    programme(found)
    return found


def read(formula: Formula) -> Counted:
    return asking.read([formula])[formula.pk]


def one(*readings: Offered, code: str = "1.1") -> Formula:
    row = bind(measure(code), *readings)
    return row.formulas.select_related("measure").prefetch_related("exempt").order_by("position")[0]


def test_both_readings_of_level_3_are_given(province: Province) -> None:
    for level in (1, 3, 4, 4):
        served(online=level)
    bind(measure())
    found = selectors.needle(measure(), DAY)
    assert [(one.formula.code, one.counted.value, one.holds) for one in found.readings] == [
        ("long-nhau", Decimal(75), True), ("tach-roi", Decimal(25), False),
    ]
    assert (found.kind, found.verdict) == (Source.LIVE, Verdict.UNKNOWN)
    assert found.now is not None
    assert (found.now.numerator, found.now.denominator) == (3, 4)


def test_what_nobody_says_is_unknown_and_no_zero(province: Province) -> None:
    served(online=2)
    one(ONE_STOP)
    found = selectors.needle(measure(), DAY)
    assert found.now is None
    assert found.verdict is Verdict.UNKNOWN
    assert found.counted is not None
    assert "chưa biết" in found.counted.unknown


def test_exempt_agencies_leave_both_sides(province: Province) -> None:
    district("Huyện A", one_stop=True)
    district("Huyện B", one_stop=True)
    without = district("Huyện C", one_stop=False)
    row = bind(measure(), SHARE, replace(SHARE, code="tru-mien", exempt=(without,)))
    found = asking.read(row.formulas.prefetch_related("exempt"))
    assert [(one.numerator, one.denominator) for one in found.values()] == [(2, 3), (2, 2)]


def test_by_agency_is_the_sum_over_agencies(province: Province) -> None:
    level = Level.objects.create(code="district", name="Cấp huyện", order=2)
    Kind.objects.create(code="district", name="Huyện", level=level, order=1, is_territorial=True)
    for name in ("Huyện A", "Huyện B", "Huyện C"):
        district(name, one_stop=True)
    for of, one_stop in (("district", True), ("district", False), ("commune", True)):
        made = served(one_stop=one_stop)
        ProcedureVersion.objects.filter(pk=made.pk).update(levels=[of])
    formula = one(replace(ONE_STOP, kinds=("district",), counting=Counting.EACH))
    found = read(formula)
    # Two procedures are the districts': one of them at the one-stop, at each of three districts.
    assert (found.numerator, found.denominator, found.value) == (3, 6, Decimal(50))
    table = numbers.table("procedures-one-stop-share")
    told = [line.number for line in table.lines if line.label.startswith("Huyện")]
    assert sum(one.numerator or 0 for one in told) == found.numerator
    assert sum(one.denominator or 0 for one in told) == found.denominator


def test_a_threshold_counts_agencies_and_the_silent_are_told_apart(province: Province) -> None:
    district("Huyện A", one_stop=True)
    found = read(one(replace(
        SHARE, indicator="dossiers-on-time-share", counting=Counting.REACH, threshold=Decimal(90)
    )))
    assert (found.value, found.denominator, found.unstated) == (None, None, 1)
    assert "Chưa cơ quan nào có hồ sơ" in found.unknown


def test_who_has_no_record_neither_reaches_nor_misses_a_threshold() -> None:
    formula = Formula(indicator="dossiers-on-time-share", counting=Counting.REACH, threshold=Decimal(90))
    scope = Scope(agencies=frozenset({1, 2, 3, 4}))
    found = asking._reaching(formula, scope, {1: Tally(9), 2: Tally(1)}, {1: Tally(10), 2: Tally(10), 3: Tally(0)})
    assert (found.numerator, found.denominator, found.value, found.unstated) == (1, 2, Decimal(50), 2)
    assert found.missing == 1


def test_a_number_that_is_not_declared_any_more_is_unknown_and_said_so(province: Province) -> None:
    formula = one(NESTED)
    formula.indicator = "da-bo"
    assert "không có trong danh mục" in read(formula).unknown


def test_missing_rows_are_those_of_the_denominator_that_are_not_in_the_numerator(province: Province) -> None:
    inside = {served(one_stop=True).procedure_id for _ in range(3)}
    outside = {served(one_stop=False).procedure_id for _ in range(4)}
    unsaid = {served(online=2).procedure_id}
    formula = one(ONE_STOP)
    reader, after = officer(province.steward, Role.STEWARD), ""
    seen: list[int] = []
    for _ in range(4):
        page = gaps.gap(formula, reader, after, size=2)
        seen += [line.key for line in page.lines]
        after = page.after
        assert page.total == read(formula).missing == 5
        if not after:
            break
    assert len(seen) == len(set(seen)) == 5
    assert set(seen) == outside | unsaid
    assert not set(seen) & inside
    assert all(line.url for line in page.lines)
    assert gaps.gap(formula, reader, "không phải số").total == 5
    # Whoever may not open them is told how many there are all the same.
    told = gaps.gap(formula, officer(province.justice, Role.SPECIALIST))
    assert (told.total, told.hidden, list(told.lines)) == (5, 5, [])


def test_agencies_below_a_threshold_are_listed_with_how_far_they_are(province: Province) -> None:
    districts = [district(f"Huyện {at}", one_stop=at % 2 == 0) for at in range(5)]
    formula = one(replace(SHARE, counting=Counting.REACH, threshold=Decimal(50)))
    found = read(formula)
    assert (found.numerator, found.denominator) == (3, 5)
    reader = officer(province.justice, Role.SPECIALIST)
    first = gaps.gap(formula, reader, size=1)
    rest = gaps.gap(formula, reader, first.after, size=5)
    assert (first.total, rest.after) == (2, "")
    assert [line.key for line in [*first.lines, *rest.lines]] == [districts[1].pk, districts[3].pk]
    assert "0" in first.lines[0].about


def test_months_are_kept_once_and_the_last_ones_counted_anew(province: Province) -> None:
    found = measure().target.programme
    served(since=date(2017, 12, 15), one_stop=True)
    one(ONE_STOP)
    kept = points.fill(found)
    days = list(Point.objects.values_list("on", flat=True))
    assert kept == len(days) == 21
    assert (days[0], days[-1]) == (date(2016, 6, 30), date(2018, 2, 28))
    values = dict(Point.objects.values_list("on", "value"))
    assert (values[date(2017, 11, 30)], values[date(2017, 12, 31)]) == (None, Decimal(100))
    Point.objects.filter(on=date(2018, 2, 28)).update(value=1)
    Point.objects.filter(on=date(2017, 6, 30)).delete()
    assert points.fill(found) == 3
    assert Point.objects.get(on=date(2018, 2, 28)).value == 100
    jobs.keep_needles()
    assert Point.objects.count() == 21


def test_the_history_is_what_was_kept_and_today(province: Province) -> None:
    served(since=date(2017, 12, 15), one_stop=True)
    one(ONE_STOP)
    points.fill(measure().target.programme)
    found = selectors.needle(measure(), DAY)
    assert [value.on for value in found.history] == [
        date(2017, 12, 31), date(2018, 1, 31), date(2018, 2, 28), DAY,
    ]


def test_an_exercise_that_stands_still_asks_for_the_days_of_the_calendar(province: Province) -> None:
    settings_rows.write(today.STANDS_ON, "2017-03-01")
    assert asking.as_of_day(date(2017, 3, 1)) is None
    assert asking.as_of_day(date(2017, 2, 28)) == DAY - timedelta(days=1)
    served(since=date(2018, 2, 27), one_stop=True)
    formula = one(ONE_STOP)
    assert asking.read([formula], date(2017, 2, 28))[formula.pk].value == 100
    assert asking.read([formula], date(2017, 2, 20))[formula.pk].value is None


def test_a_register_that_stands_still_has_no_past(province: Province) -> None:
    settings_rows.write(REGISTER_STANDS_ON, "2016-06-15")
    row = bind(measure(), SHARE, NESTED)
    assert [asking.has_past(formula) for formula in row.formulas.all()] == [False, True]
    assert points.fill(measure().target.programme) == 21
