"""`motcua organisations list`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from motcua.foundation.core.cli import CommandError
from motcua.foundation.organisations.cli import COMMANDS
from motcua.foundation.organisations.models import (
    Agency,
    AgencyCode,
    AgencyState,
    Inheritance,
    Passage,
    RegisterEvent,
    Succession,
)

FIELDS = {"code", "name", "kind", "level", "parent", "valid_from", "valid_to", "successors"}


LIST, LOAD = COMMANDS
pytestmark = pytest.mark.usefixtures("place")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command as `motcua` does, which prints a refusal on stderr and ends with 2."""
    parser = ArgumentParser()
    LIST.arguments(parser)
    try:
        code = LIST.run(parser.parse_args(arguments))
    except CommandError as refused:
        return 2, capsys.readouterr().out, str(refused)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(("day", "count"), [("2016-06-15", 122), ("2020-02-01", 108), ("2025-07-01", 37)])
def test_communes_of_a_day(day: str, count: int, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--as-of", day, "--kind", "commune", "--json")
    answer = json.loads(out)
    assert code == 0 and set(answer) == {"as_of", "units"} and answer["as_of"] == day
    assert len(answer["units"]) == count
    assert all(set(unit) == FIELDS for unit in answer["units"])


def test_parents_and_successors_are_codes_of_the_lists(capsys: pytest.CaptureFixture[str]) -> None:
    early = {unit["code"]: unit for unit in json.loads(run(capsys, "--as-of", "2016-06-15", "--json")[1])["units"]}
    later = {unit["code"]: unit for unit in json.loads(run(capsys, "--as-of", "2020-02-01", "--json")[1])["units"]}
    assert {unit["parent"] for unit in early.values()} <= {None, *early}
    assert early["01903"]["successors"] == ["01912"] and early["01903"]["valid_to"] == "2020-02-01"
    assert set(early["02149"]["successors"]) == {"02137", "02152"} <= set(later)


def test_people_read_a_tree(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--as-of", "2016-06-15")
    assert "    02008  UBND xã Cẩm Giàng" in out and "149 cơ quan ngày 15/06/2016" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--as-of", "2016-13-01"], "không phải một ngày"), (["--as-of", "hôm qua"], "không phải một ngày"),
     (["--kind", "ministry"], "không có loại cơ quan")],
)  # fmt: skip
def test_bad_input_is_told(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *arguments, "--json")
    assert code == 2 and words in err and out == ""


def empty() -> None:
    for table in (Inheritance, Passage, RegisterEvent, Succession, AgencyCode, AgencyState, Agency):
        table._default_manager.all().delete()


def test_empty_store_lists_the_shipped_file_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    empty()
    code, out, err = run(capsys, "--as-of", "2025-07-01", "--kind", "commune", "--json")
    assert code == 0 and len(json.loads(out)["units"]) == 37 and "chưa có cơ quan nào" in err


def test_a_register_is_loaded_once(capsys: pytest.CaptureFixture[str]) -> None:
    parser = ArgumentParser()
    LOAD.arguments(parser)
    empty()
    assert LOAD.run(parser.parse_args([])) == 0
    known = RegisterEvent.objects.count()
    assert f"{known} sự kiện mới" in capsys.readouterr().out and known > 100
    assert LOAD.run(parser.parse_args([])) == 0
    assert "không có gì mới" in capsys.readouterr().out
    assert RegisterEvent.objects.count() == known


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    parser = ArgumentParser()
    LOAD.arguments(parser)
    (tmp_path / "sai.csv").write_bytes(b"\xff\xfe")
    for name in ("sai.csv", "khong-co.csv"):
        with pytest.raises(CommandError, match="Không đọc được"):
            LOAD.run(parser.parse_args([str(tmp_path / name)]))
