import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from motcua.service.procedures.cli import COMMANDS
from motcua.service.procedures.models import Procedure
from motcua.service.procedures.reading import ReasonCode
from motcua.service.procedures.reading.tests.samples import WHOLE, channels, record

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    command = next(one for one in COMMANDS if one.words == ("procedures", "import"))
    parser = ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args(words))


def test_the_command_has_its_stable_words() -> None:
    assert [one.words for one in COMMANDS] == [("procedures", "services"), ("procedures", "import")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    open_limit = record(ma_thu_tuc="1.900002", cach_thuc_thuc_hien=channels("Trực tiếp1Miễn phí"))
    (tmp_path / "a.json").write_text(json.dumps([WHOLE, open_limit]))
    (tmp_path / "b.json").write_text("{")
    return tmp_path


def test_the_report_has_exactly_its_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(folder), "--json") == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "read": 3,
        "accepted": 1,
        "flagged": 1,
        "rejected": 1,
        "flags": {"limit_without_unit": 1, "json_broken": 1},
        "records": [
            {"code": "1.900001", "outcome": "accepted", "reasons": []},
            {"code": "1.900002", "outcome": "flagged", "reasons": ["limit_without_unit"]},
            {"code": None, "outcome": "rejected", "reasons": ["json_broken"]},
        ],
    }
    assert "b.json" in err
    assert Procedure.objects.count() == 2


def test_people_read_words_and_no_codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(folder)) == 0
    out = capsys.readouterr().out
    assert "     1  Thời hạn chỉ có con số, không có đơn vị\n" in out
    assert not any(code in out for code in ReasonCode)


def test_a_dry_run_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(folder), "--dry-run") == 0
    assert "chưa ghi gì" in capsys.readouterr().out
    assert not Procedure.objects.exists()


def test_nothing_taken_in_ends_with_a_fault(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(folder / "b.json")) == 1
    assert "bị cắt dở" in capsys.readouterr().err


def test_a_path_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    from motcua.foundation.core.cli import CommandError

    with pytest.raises(CommandError):
        run(str(tmp_path / "nowhere"))
    with pytest.raises(CommandError):
        run(str(tmp_path))
