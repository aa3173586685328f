"""A province sets its own regimes and forms over what ships."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.cli import CommandError
from motcua.foundation.core.errors import Denied, Invalid
from motcua.foundation.core.verbs import Call
from motcua.steering.reports import actions, cli, regimes
from motcua.steering.reports.models import RegimeFile
from motcua.steering.reports.tests.factories import opened, province, report_of
from motcua.steering.reports.types import Rank

pytestmark = pytest.mark.django_db
BY = Call(SYSTEM_ACTOR)


def moved() -> str:
    """Return the shipped regimes with the communes' day of the third quarter on the 15th."""
    text = regimes.shipped("regimes.toml")
    changed = text.replace("below = [0, 9, 16]", "below = [0, 9, 15]")
    assert changed != text
    return changed


def test_a_provinces_days_hold_for_periods_opened_from_then_on() -> None:
    at = province()
    before = opened(at)
    assert report_of(before, at.communes[0]).due_on == date(2026, 9, 16)
    actions.load_regimes(BY, text=moved())
    version = regimes.regime("cchc").on(date(2026, 12, 31))
    assert version is not None
    occasion = version.occasion("q3")
    assert occasion is not None and occasion.due[Rank.BELOW].of(2026) == date(2026, 9, 15)
    assert report_of(before, at.communes[0]).due_on == date(2026, 9, 16), "what is open keeps its days"
    assert set(regimes.regimes()) == {"cchc", "kstt"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("không phải toml", "dòng 1, cột"), ("[[lich]]\nx = 1", "không có mục lich"),
        ('[[regime]]\ncode = "x"', "thiếu mục version"),
        ("swap", "không theo thứ tự"), ('[[signer]]\nforms = 3\nhead = "a"\ndeputy = "b"', "sai kiểu"),
        (
            '[[form]]\ncode="f"\nname="f"\ntitle="f"\nbasis=""\nsection=[{title="s",cell=['
            '{code="T",name="t",kind="total",over=["A"]}]}]', "phải đứng trước",
        ),
    ],
)
def test_a_file_that_cannot_be_right_changes_nothing_and_says_where(text: str, says: str) -> None:
    if text == "swap":
        text = regimes.shipped("regimes.toml").replace("below = [0, 9, 16]", "below = [0, 8, 16]")
    with pytest.raises(Invalid, match=says):
        actions.load_regimes(BY, text=text)
    assert not RegimeFile.objects.exists()


def test_only_the_platform_loads_them() -> None:
    with pytest.raises(Denied):
        actions.load_regimes(Call(province().steward), text="")


def test_the_command_prints_a_file_and_takes_it_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from argparse import Namespace

    assert cli.show(Namespace(what="regimes")) == 0
    file = tmp_path / "own.toml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.load(Namespace(file=file)) == 0
    assert "cchc, kstt" in capsys.readouterr().out
    file.write_bytes("quý".encode("utf-16"))
    with pytest.raises(CommandError, match="UTF-8"):
        cli.load(Namespace(file=file))
    with pytest.raises(CommandError, match="chưa ghi gì"):
        cli.load(Namespace(file=tmp_path / "none.toml"))
