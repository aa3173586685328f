"""Query budgets, and the roll-up of a whole province held against a plain recomputation."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from random import Random
from time import perf_counter

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.core import time as clock
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.models import Agency
from motcua.steering.reports import actions, presenting, selectors
from motcua.steering.reports.content import contents
from motcua.steering.reports.models import Edition, Period, Report
from motcua.steering.reports.tests.factories import SENT, WORDS, Province, agency, opened, province, report_of, sent

pytestmark = pytest.mark.django_db
MANY = 148
PATIENCE = 10.0
"""Seconds that the roll-up of a province may take."""
AtMost = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def at() -> Province:
    return province()


def test_pages_cost_the_same_for_one_unit_and_for_many(
    at: Province, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    period = opened(at)
    sent(period, at.communes[0], at.heads[0])
    report = selectors.whole().get(pk=report_of(period, at.district).pk)
    with django_assert_max_num_queries(5):
        selectors.shown(report)
    with django_assert_max_num_queries(2):
        selectors.desk(at.district_officer)
    with django_assert_max_num_queries(1):
        presenting.board_page(selectors.board(period))


def filled(at: Province) -> tuple[Period, list[Agency]]:
    """Return a period of 148 units that all stand right under the province, as in two tiers."""
    units = [agency(f"UBND xã thứ {n}", "commune", at.top, f"9{n:04d}", "xã") for n in range(MANY)]
    return opened(at), units


def test_the_roll_up_of_a_province_is_quick_and_right_to_the_last_digit(
    at: Province, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    period, units = filled(at)
    chance = Random(148)
    head = officer(Role.CHAIRMAN, home_agency=units[0])
    plain: dict[str, list[Decimal]] = {code: [] for code in ("A2", "A3", "A4", "A5", "M1")}
    for unit in units[:-3]:
        report = report_of(period, unit)
        for code in ("A2", "A3", "A4", "A5"):
            value = Decimal(chance.randrange(10**9)) / 1000
            report.numbers["own"][code]["value"] = str(value)
            plain[code].append(value)
        report.save()
        _send_by_rows(report, head.account_id, chance, plain)
    top = selectors.whole().get(period=period, above=None)
    began = perf_counter()
    with django_assert_max_num_queries(5):
        content = contents([top])[top.pk]
    assert perf_counter() - began < PATIENCE
    for code, values in plain.items():
        said = content.figure(code)
        assert said is not None
        assert said.sum.value == sum(values), code
        own = 0 if code == "M1" else 1  # the province's own office, whose numbers are zero
        assert (said.sum.counted, said.sum.expected) == (len(values) + own, period.reports.count())
    share = content.figure("A11")
    assert share is not None
    good, all_of = sum(plain["A3"] + plain["A4"]), sum(plain["A3"] + plain["A4"] + plain["A5"])
    assert share.sum.value == good * 100 / all_of
    assert len(content.missing) == len(content.parts) - (MANY - 3)


def _send_by_rows(report: Report, account: int, chance: Random, plain: dict[str, list[Decimal]]) -> None:
    """Send a report the quick way for a test of reading: its bytes are made as the verb makes them."""
    from motcua.steering.reports.content import canonical, content_of, frozen

    if chance.random() < 0.5:
        value = Decimal(chance.randrange(100))
        report.answers.create(cell="M1", value=value, salt="", by="x", at=SENT)
        plain["M1"].append(value)
    bytes_ = canonical(frozen(content_of(report)))
    Edition.objects.create(
        report=report, number=1, canonical=bytes_, sha256="0" * 64, code="01/BC-UBND", signer_id=account, sent_at=SENT
    )
    report.edition, report.state = 1, "sent"
    report.save()


def test_opening_asks_the_registry_by_number_and_not_by_unit(
    at: Province, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    filled_for_few = _queries_of_opening(at, django_assert_max_num_queries)
    for n in range(40):
        agency(f"UBND xã thêm {n}", "commune", at.top, f"8{n:04d}", "xã")
    again = _queries_of_opening(at, django_assert_max_num_queries, occasion="h1")
    assert again <= filled_for_few + 4, "some rows are written in more than one page"


def _queries_of_opening(at: Province, at_most: DjangoAssertNumQueries, occasion: str = "q3") -> int:
    with clock.travelling(SENT), at_most(260) as asked:
        actions.open_period(Call(at.steward), plan=actions.Plan("cchc", 2026, occasion=occasion), drafter=at.gatherer)
    return len(asked)


def test_a_report_sent_by_verb_freezes_what_the_roll_up_reads(at: Province) -> None:
    period = opened(at)
    report = sent(period, at.communes[0], at.heads[0])
    assert report.editions.get().content["texts"]["W1"] == WORDS["W1"]
