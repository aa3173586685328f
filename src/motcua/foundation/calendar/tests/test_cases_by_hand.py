"""The twenty cases of ADR 3, each worked by hand before the code was written."""

from __future__ import annotations

import pytest

from motcua.foundation.calendar.rules import WorkingTime, due
from motcua.foundation.calendar.tests.places import at, limit, office, pause, shown
from motcua.foundation.calendar.types import ClockState, Pause, PausePolicy

RESUME, RESTART, NO_STOP = PausePolicy

THURSDAY, MONDAY = "2025-04-24 09:00", "2025-03-10 09:00"
PAUSES = {
    "": (),
    "over six days": (("2025-03-12 10:00", "2025-03-18 14:00"),),
    "from evening to Saturday": (("2025-03-12 17:30", "2025-03-15 09:00"),),
    "on the rolled day": (("2025-03-17 10:00", "2025-03-19 09:00"),),
    "when already late": (("2025-03-13 09:00", "2025-03-17 09:00"),),
}

CASES = [
    ("1 swapped Saturday", THURSDAY, "2 wd", "2025-04-26 17:00"),
    ("2 after the swap", THURSDAY, "4 wd", "2025-04-29 17:00"),
    ("3 holidays and the day given for the Saturday", THURSDAY, "5 wd", "2025-05-05 17:00"),
    ("4 five days off in a row", "2023-04-28 09:00", "1 wd", "2023-05-04 17:00"),
    ("5 calendar days", "2025-08-20 09:00", "15 cd", "2025-09-04 17:00"),
    ("6 calendar days rolled off a holiday", "2025-08-18 09:00", "15 cd", "2025-09-03 17:00"),
    ("7 after hours", "2025-04-24 18:10", "1 wd", "2025-04-26 17:00"),
    ("8a lunch, then over night", "2025-04-24 12:00", "4 h", "2025-04-25 07:30"),
    ("8b decimal hours over lunch", "2025-04-24 11:00", "1.25 h", "2025-04-24 14:15"),
    ("11 Tết", "2025-01-24 14:00", "3 wd", "2025-02-05 17:00"),
    ("17a half a day", THURSDAY, "0.5 wd", "2025-04-25 11:00"),
    ("17b one and a half", THURSDAY, "1.5 wd", "2025-04-26 11:00"),
    ("18a no 31 February", "2020-01-31 09:00", "1 m", "2020-03-02 17:00"),
    ("18b one and a half months", "2025-03-03 09:00", "1.5 m", "2025-04-18 17:00"),
    ("19 month end on a holiday", "2022-08-01 09:00", "1 m", "2022-09-05 17:00"),
    ("20a expected Tết", "2027-01-27 14:00", "10 wd", "2027-02-17 17:00"),
]
PAUSED = [
    ("12 resume", "5 wd", "over six days", RESUME, "2025-03-21 17:00", False),
    ("13 restart", "5 wd", "over six days", RESTART, "2025-03-25 17:00", False),
    ("14 no stop", "5 wd", "over six days", NO_STOP, "2025-03-17 17:00", False),
    ("15a resume outside sessions", "5 wd", "from evening to Saturday", RESUME, "2025-03-19 17:00", False),
    ("15b restart outside sessions", "5 wd", "from evening to Saturday", RESTART, "2025-03-24 17:00", False),
    ("16a none left, one kept", "5 cd", "on the rolled day", RESUME, "2025-03-19 17:00", False),
    ("16b already late", "1 wd", "when already late", RESUME, "2025-03-17 17:00", True),
]


@pytest.mark.parametrize(("received", "amount", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_the_clock_answers_as_worked_by_hand(received: str, amount: str, expected: str) -> None:
    answer = due(at(received), limit(amount), office())
    assert shown(answer.due_at) == expected
    assert answer.state is ClockState.SET
    assert answer.provisional is expected.startswith("2027")


@pytest.mark.parametrize(
    ("amount", "when", "policy", "expected", "ran_out"), [case[1:] for case in PAUSED], ids=[c[0] for c in PAUSED]
)
def test_pauses_move_the_clock_as_worked_by_hand(
    amount: str, when: str, policy: PausePolicy, expected: str, ran_out: bool
) -> None:
    pauses: list[Pause] = [pause(began, ended, policy) for began, ended in PAUSES[when]]
    answer = due(at(MONDAY), limit(amount), office(), pauses)
    assert (shown(answer.due_at), answer.ran_out) == (expected, ran_out)


@pytest.mark.parametrize(
    ("working_time", "received", "amount", "expected"),
    [
        (office(["07:00-11:30 open"]), "2025-04-12 09:00", "1 wd", "2025-04-15 17:00"),
        (office(["07:00-11:30"]), "2025-04-11 09:00", "1 wd", "2025-04-12 11:30"),
        (office(["07:00-11:30"]), "2025-04-11 09:00", "0.5 wd", "2025-04-12 09:30"),
    ],
    ids=["9 Saturday open but not counting", "10a half Saturday", "10b half of a half Saturday"],
)
def test_saturdays_open_or_count(working_time: WorkingTime, received: str, amount: str, expected: str) -> None:
    assert shown(due(at(received), limit(amount), working_time).due_at) == expected


def test_20b_without_a_limit_no_date_is_invented() -> None:
    answer = due(at(THURSDAY), None, office())
    assert (answer.state, answer.due_at, answer.due_day) == (ClockState.UNKNOWN, None, None)
