"""`motcua calendar due`: one answer as JSON, clear words on bad input."""

from __future__ import annotations

import json
from argparse import ArgumentParser

import pytest

from motcua.foundation.calendar.cli import COMMANDS
from motcua.foundation.core.cli import CommandError


def run(*arguments: str) -> int:
    (command,) = (command for command in COMMANDS if command.words == ("calendar", "due"))
    assert not command.needs_store
    parser = ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args(arguments))


def test_the_due_date_is_told_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--received", "2025-04-24T09:00", "--limit", "2", "--unit", "working-day", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["due_at"] == "2025-04-26T17:00:00+07:00"
    assert (answer["unit"], answer["limit"], answer["provisional"]) == ("working-day", "2", False)


def test_an_instant_with_its_own_zone_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    run("--received", "2025-04-24T05:00Z", "--limit", "4", "--unit", "hour", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["start_at"] == "2025-04-24T13:30:00+07:00"
    assert answer["due_at"] == "2025-04-25T07:30:00+07:00"


def test_people_get_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    run("--received", "2027-01-27T14:00", "--limit", "10", "--unit", "working-day")
    assert capsys.readouterr().out == "Hạn trả (10 ngày làm việc): Thứ Tư, 17/2/2027 lúc 17:00 (dự kiến).\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--received"),
        (("--received", "2025-04-24", "--limit", "1", "--unit", "hour"), "đủ ngày và giờ"),
        (("--received", "2025-02-30T09:00", "--limit", "1", "--unit", "hour"), "không phải là thời điểm"),
        (("--received", "2025-04-24T09:00", "--unit", "hour"), "--limit"),
        (("--received", "2025-04-24T09:00", "--limit", "0", "--unit", "hour"), "lớn hơn 0"),
        (("--received", "2025-04-24T09:00", "--limit", "x", "--unit", "hour"), "không phải là một số"),
        (("--received", "2025-04-24T09:00", "--limit", "1"), "--unit"),
        (("--received", "2025-04-24T09:00", "--limit", "1", "--unit", "day"), "working-day"),
        (("--received", "2035-04-24T09:00", "--limit", "1", "--unit", "hour"), "31/12/2027"),
        (("--received", "2027-12-30T09:00", "--limit", "9", "--unit", "month"), "ngoài lịch làm việc"),
    ],
)
def test_bad_input_is_answered_in_clear_words(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*arguments)
