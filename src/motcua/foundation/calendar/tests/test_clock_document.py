"""The examples drawn in docs/clock.md are run: the page cannot say another date than the clock does."""

from __future__ import annotations

import re

import pytest

from motcua.foundation.calendar.rules import due
from motcua.foundation.calendar.tests.places import at, limit, office, pause, shown
from motcua.foundation.calendar.types import ClockState, PausePolicy
from motcua.testing import CHECKOUT

PAGE = (CHECKOUT / "docs" / "clock.md").read_text(encoding="utf-8")
_WHEN = r"\d{4}-\d\d-\d\d \d\d:\d\d"
EXAMPLE = re.compile(
    rf"(?P<received>{_WHEN}) \+ (?P<limit>[\d.]+ \w+|unknown)"
    rf"(?: (?P<policy>[A-Z_]+) (?P<began>{_WHEN}) \.\.(?: (?P<ended>{_WHEN}))?)?"
    r"(?: \[Sat (?P<saturday>[^\]]+)\])? => (?P<said>.+)"
)
LINES = [line.strip() for line in PAGE.splitlines() if " => " in line]


def answered(line: str) -> str:
    """Return what the clock says, in the words of the page."""
    found = EXAMPLE.fullmatch(line)
    assert found, f"not an example: {line}"
    working = office([found["saturday"]] if found["saturday"] else None)
    pauses = [pause(found["began"], found["ended"], PausePolicy(found["policy"]))] if found["policy"] else []
    wanted = None if found["limit"] == "unknown" else limit(found["limit"])
    answer = due(at(found["received"]), wanted, working, pauses)
    if answer.state is not ClockState.SET:
        return {ClockState.STOPPED: "stopped", ClockState.UNKNOWN: "none"}[answer.state]
    marks = [", expected"] * answer.provisional + [", ran out"] * answer.ran_out
    return f"{shown(answer.due_at)}{''.join(marks)}"


@pytest.mark.parametrize("line", LINES)
def test_an_example_says_what_the_clock_says(line: str) -> None:
    assert answered(line) == line.partition(" => ")[2]


def test_every_reading_of_the_page_is_drawn() -> None:
    sections = PAGE.split("\n## ")[1:]
    drawn = [section for section in sections if re.search(r"^    \S", section, re.MULTILINE)]
    assert len(LINES) >= 20 and len(drawn) >= 12
