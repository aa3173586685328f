"""Asking the registry: what it answers, what it refuses, and what it does not know."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from motcua.foundation.core import time
from motcua.foundation.indicators import registry, selectors
from motcua.foundation.indicators.errors import BadPeriod, UnknownIndicator
from motcua.foundation.indicators.types import By, Period, Scope, Side
from motcua.foundation.organisations.models import Agency, AgencyState
from motcua.foundation.organisations.tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
NOW = "2025-04-29T09:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=time.LOCAL_ZONE)


@pytest.fixture
def three() -> list[Agency]:
    """A province's department, and two communes under it: one has a one-stop since 2020, one never."""
    top = AgencyFactory(state__level="province")
    one = AgencyFactory(state__valid_to=date(2020, 1, 1), state__parent=top)
    AgencyState.objects.create(
        agency=one, name=one.name, kind="commune", level="commune", has_one_stop=True, valid_from=date(2020, 1, 1),
        parent=top,
    )
    return [top, one, AgencyFactory(state__parent=top)]


def test_a_share_tells_its_two_sides_and_its_day(three: list[Agency]) -> None:
    with time.travelling(at(NOW)):
        found = selectors.ask("agencies-one-stop-share")
    assert (found.numerator, found.denominator, found.as_of) == (1, 3, date(2025, 4, 29))
    assert found.value is not None and round(found.value, 2) == Decimal("33.33")
    assert found.period == Period.year(2025)


def test_a_past_day_is_answered_as_it_was(three: list[Agency]) -> None:
    with time.travelling(at(NOW)):
        before = selectors.ask("agencies-one-stop", as_of=date(2019, 12, 31))
        after = selectors.ask("agencies-one-stop", as_of=date(2020, 1, 1))
    assert (before.numerator, after.numerator) == (0, 1)
    assert before.age.days > 1900


def test_a_scope_is_a_level_or_all_below_an_agency(three: list[Agency]) -> None:
    top, one, _ = three
    with time.travelling(at(NOW)):
        assert selectors.ask("agencies-at-work", Scope(level="commune")).value == 2
        assert selectors.ask("agencies-at-work", Scope(under=top.pk)).value == 3
        assert selectors.ask("agencies-at-work", Scope(under=top.pk, level="province")).value == 1
        assert selectors.ask("agencies-at-work", Scope.of(one.pk)).value == 1


def test_nothing_to_divide_by_is_unknown_and_not_zero() -> None:
    with time.travelling(at(NOW)):
        found = selectors.ask("agencies-one-stop-share", as_of=date(1950, 1, 1))
    assert found.value is None
    assert found.unknown


def test_a_table_has_a_line_each_and_the_same_total(three: list[Agency]) -> None:
    with time.travelling(at(NOW)):
        found = selectors.table("agencies-one-stop", by=By.AGENCY)
    assert [(line.key, line.number.numerator) for line in found.lines] == [(three[1].pk, 1)]
    assert found.total.value == 1


def test_each_number_opens_to_as_many_rows_as_it_says(three: list[Agency]) -> None:
    with time.travelling(at(NOW)):
        for code in ("agencies-one-stop", "agencies-at-work", "agencies-one-stop-share"):
            assert selectors.rows(code).count() == selectors.ask(code).numerator
            assert selectors.recount(code) == selectors.ask(code).numerator
        assert selectors.rows("agencies-one-stop-share", Side.DENOMINATOR).count() == 3


def test_what_nobody_declared_and_days_to_come_are_refused() -> None:
    with time.travelling(at(NOW)):
        with pytest.raises(UnknownIndicator):
            selectors.ask("nonsense")
        with pytest.raises(BadPeriod):
            selectors.ask("agencies-at-work", as_of=date(2025, 4, 30))
        with pytest.raises(UnknownIndicator):
            selectors.rows("agencies-at-work", Side.DENOMINATOR)


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "năm 2024"),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31), "quý IV/2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "tháng 2/2024"),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), "tháng 12/2024"),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3), "3/2/2024"),
        ("2024-02-03..2024-03-01", date(2024, 2, 3), date(2024, 3, 1), "3/2/2024 đến 1/3/2024"),
    ],
)
def test_a_period_is_read_and_written(text: str, first: date, last: date, label: str) -> None:
    found = Period.parse(text)
    assert (found.first, found.last, found.label) == (first, last, label)
    assert Period.parse(found.key) == found


@pytest.mark.parametrize("text", ["", "abc", "2024-Q5", "2024-13", "2024-03-01..2024-02-01", "99999"])
def test_what_is_no_period_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadPeriod, match="Chưa đếm gì"):
        Period.parse(text)


def test_every_number_says_what_it_means() -> None:
    for one in registry.declared():
        assert one.name and one.meaning and one.formula and one.group, one.code
        assert len(one.code) <= 60
