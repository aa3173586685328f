"""Reading data files: what is wrong is said with its line."""

from __future__ import annotations

import pytest

from motcua.foundation.organisations import datafile
from motcua.foundation.organisations.errors import BadData
from motcua.foundation.organisations.tests.registers import catalogue

HEAD = ",".join(datafile.COLUMNS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "tiêu đề"),
        ("day,event\n", "tiêu đề"),
        (f"{HEAD}\n2020-02-01,merge\n", "Dòng 2 có 2 ô"),
        (f"# note\n{HEAD}\n2020-02-31,close,k,,,,,,,,,,,,law\n", "Dòng 3"),
        (f"{HEAD}\n2020-02-01,vanish,k,,,,,,,,,,,,law\n", "vanish"),
        (f"{HEAD}\n2020-02-01,close,k,,,,,,,,,,,,surely\n", "surely"),
        (f"{HEAD}\n2020-02-01,found,k,,,,ministry,,N,,c,,,,law\n", "ministry"),
    ],
)
def test_unreadable_files_are_refused(text: str, words: str) -> None:
    with pytest.raises(BadData, match=words):
        datafile.read_events(text, catalogue())


STRANGE_LEVEL = '[levels.a]\nname="A"\norder=1\n[kinds.k]\nname="K"\nlevel="b"\norder=1\nparents=[""]'


@pytest.mark.parametrize("text", ["levels = 3", "[levels", "", STRANGE_LEVEL])
def test_unreadable_catalogue_is_refused(text: str) -> None:
    with pytest.raises(BadData):
        datafile.read_catalogue(text)
