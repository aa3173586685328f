"""`motcua law load` and `motcua law show`: taken out, edited, loaded again, and left alone by an upgrade."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

import pytest

from motcua.foundation.core.cli import CommandError
from motcua.foundation.law import cli, datafile, selectors, spelling
from motcua.foundation.law.errors import BadRules
from motcua.foundation.law.models import RuleSet

pytestmark = pytest.mark.django_db


def load(file: Path | None = None) -> int:
    return cli.load(Namespace(file=file))


def shown(capsys: pytest.CaptureFixture[str], code: str | None = None) -> str:
    capsys.readouterr()
    assert cli.show(Namespace(code=code)) == 0
    return capsys.readouterr().out


def test_law_is_loaded_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert load() == 0
    assert RuleSet.objects.exists()
    assert "0 bộ quy tắc" not in capsys.readouterr().out
    assert load() == 0
    assert "0 văn bản, 0 bộ quy tắc" in capsys.readouterr().out


def test_every_shipped_rule_set_is_read_back_as_it_was_printed(capsys: pytest.CaptureFixture[str]) -> None:
    load()
    for rules in datafile.read_rule_sets(datafile.shipped("rule_sets.toml")):
        assert datafile.read_rule_sets(spelling.spell([rules])) == (rules,)
        assert datafile.read_rule_sets(shown(capsys, rules.code)) == (rules,)
        assert rules.code in shown(capsys)


def test_a_province_edits_a_rule_set_and_an_upgrade_leaves_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    load()
    file = tmp_path / "moi.toml"
    file.write_text(shown(capsys, "nd-61-2018").replace('value = "15:00"', 'value = "14:30"'), encoding="utf-8")
    assert load(file) == 0
    assert "1 bộ quy tắc của tỉnh" in capsys.readouterr().out
    assert selectors.value("transfer.cut_off", date(2019, 1, 1)) == "14:30"
    assert load() == 0
    assert "Giữ nguyên bộ quy tắc của tỉnh: nd-61-2018" in capsys.readouterr().out
    assert selectors.value("transfer.cut_off", date(2019, 1, 1)) == "14:30"
    assert "(của tỉnh)" in shown(capsys)


@pytest.mark.parametrize(
    "content",
    [b"", b"rule_set = 3", b"rule_set = [3]", b"\xff\xfe", b"[[rule_set]]\ncode = 'x'", b"a" * 1_000_001],
)
def test_a_file_that_is_no_rule_set_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "hong.toml"
    file.write_bytes(content)
    with pytest.raises((CommandError, BadRules), match=r"chưa ghi gì|Chưa có gì được ghi|thiếu hoặc sai"):
        load(file)
    assert not RuleSet.objects.exists()


def test_a_set_that_meets_another_is_refused_and_nothing_of_its_file_is_entered(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    load()
    both = shown(capsys, "cach-tinh").replace("value = 30,", "value = 15,")
    both += shown(capsys, "nd-61-2018").replace('"nd-61-2018"', '"khac"')
    (tmp_path / "hai.toml").write_text(both, encoding="utf-8")
    with pytest.raises(BadRules):
        load(tmp_path / "hai.toml")
    assert not RuleSet.objects.filter(is_own=True).exists()


def test_a_missing_file_or_code_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="không đọc được"):
        load(tmp_path / "khong-co.toml")
    with pytest.raises(CommandError, match="chạy motcua law load trước"):
        cli.show(Namespace(code="cach-tinh"))
