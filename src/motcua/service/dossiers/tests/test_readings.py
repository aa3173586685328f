"""A province that reads the law otherwise enters its rule set, and the dossiers of those days are counted by it."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

import pytest

from motcua.foundation.calendar import actions as calendar
from motcua.foundation.calendar.readings import Readers, readers
from motcua.foundation.calendar.types import STANDARD, OutsideSession
from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.law import actions as law
from motcua.foundation.law import datafile
from motcua.foundation.law.errors import BadRules
from motcua.foundation.law.types import Rules, Value
from motcua.service.dossiers.tests.factories import office, received

pytestmark = pytest.mark.django_db
SYSTEM = Call(SYSTEM_ACTOR)
SUMMER = date(2025, 6, 1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=time.LOCAL_ZONE)


def shipped() -> Rules:
    sets = datafile.read_rule_sets(datafile.shipped("rule_sets.toml"))
    return next(one for one in sets if one.subject == "clock")


def reading(values: dict[str, Value], since: date | None = None) -> Rules:
    """Return the shipped rule set of the clock with other values, from a day on where one is given."""
    found = shipped()
    names = {f"clock.{name}": value for name, value in values.items()}
    rules: list[Any] = []
    for rule in found.rules:
        if rule.key not in names:
            rules.append(rule)
            continue
        if since is not None:
            rules.append(dataclasses.replace(rule, valid_to=since))
        rules.append(dataclasses.replace(rule, value=names[rule.key], valid_from=since))
    return dataclasses.replace(found, rules=tuple(rules))


@pytest.fixture(autouse=True)
def standing() -> None:
    law.load_shipped(SYSTEM)
    calendar.load_seed(SYSTEM)


def test_the_shipped_rule_sets_say_what_the_standard_readings_are() -> None:
    assert readers() != Readers(), "the clock reads the store"
    assert {readings for _, _, readings in readers().periods} == {STANDARD}


def test_a_dossier_is_counted_by_the_readings_of_the_day_of_its_receipt() -> None:
    law.enter_rule_set(SYSTEM, rules=reading({"first_day_counts": True}, SUMMER))
    before, after = received(office(), when=at("2025-05-27T09:00")), received(office(), when=at("2025-06-03T09:00"))
    assert time.local(before.due_at or time.now()) == at("2025-05-29T17:00"), "two working days, the first not counted"
    assert time.local(after.due_at or time.now()) == at("2025-06-04T17:00"), "the day of receipt is one of the two"


def test_a_change_sets_open_due_dates_anew_and_leaves_the_promise() -> None:
    dossier = received(office(), when=at("2025-06-03T09:00"))
    promised = dossier.first_due_at
    law.enter_rule_set(SYSTEM, rules=reading({"first_day_counts": True}, SUMMER))
    dossier.refresh_from_db()
    assert time.local(dossier.due_at or time.now()) == at("2025-06-04T17:00")
    assert dossier.first_due_at == promised
    assert LedgerEvent.objects.filter(subject=dossier.ref, verb="dossier.recompute").count() == 1


def test_values_reach_the_clock_as_it_knows_them() -> None:
    law.enter_rule_set(
        SYSTEM,
        rules=reading({
            "received_outside": "same-day", "half_day_rounding_minutes": 15, "part_of_month_days": 31,
            "resume_minimum_days": 2,
        }),
    )
    found = readers().on(SUMMER)
    assert found == dataclasses.replace(
        STANDARD, outside_session=OutsideSession.SAME_DAY, part_of_day_step=15, part_of_month_days=31,
        least_after_pause=found.least_after_pause,
    )
    assert found.least_after_pause == 2


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("rolls", False, "chỉ tính theo một cách"), ("months", "thirty-days", "chỉ tính theo một cách"),
        ("received_outside", "tomorrow", "next-counting-opening hoặc same-day"),
        ("first_day_counts", "có", "true hoặc false"), ("first_day_counts", ["1"], "true hoặc false"),
        ("half_day_rounding_minutes", 0, "số phút nguyên"), ("half_day_rounding_minutes", True, "số phút nguyên"),
        ("resume_minimum_days", "vài", "số ngày"), ("resume_minimum_days", -1, "số ngày"),
    ],
)
def test_what_the_clock_cannot_do_is_refused_when_it_is_entered(name: str, value: Value, said: str) -> None:
    with pytest.raises(BadRules, match=said):
        law.enter_rule_set(SYSTEM, rules=reading({name: value}))
    assert readers().on(SUMMER) == STANDARD


def test_a_name_that_the_clock_does_not_know_is_refused() -> None:
    rules = shipped()
    strange = dataclasses.replace(rules.rules[0], key="clock.moon")
    with pytest.raises(BadRules, match=r"clock\.moon"):
        law.enter_rule_set(SYSTEM, rules=dataclasses.replace(rules, rules=(*rules.rules, strange)))
