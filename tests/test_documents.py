"""What the guides name exists: files, pictures, commands, options, variables, buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.site.command import build, commands
from motcua.testing import CHECKOUT

GUIDES = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
CODE = re.compile(r"`[^`\n]+`|^    .+$", re.MULTILINE)
COMMAND = re.compile(r"(?<![/.])\bmotcua (?!motcua)((?:[a-z][a-z-]+ ?){1,2})(?![/\w])")
VARIABLE = re.compile(r"\b(MOTCUA_[A-Z_]+)\b")
BOLD = re.compile(r"\*\*([^*\n]{3,60})\*\*")
HEAVIEST = 150_000
WORDS = {" ".join(command.words): command for command in commands()}
#: Guides whose bold words are what stands on a screen.
FOR_PEOPLE = [CHECKOUT / "docs" / name for name in ("can-bo.md", "nguoi-dan.md")]


def named_commands() -> Iterator[tuple[str, str]]:
    for guide in GUIDES:
        for code in CODE.findall(guide.read_text(encoding="utf-8")):
            for words in COMMAND.findall(code):
                yield guide.name, words


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_links_lead_to_something(guide: Path) -> None:
    for target in LINK.findall(guide.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (guide.parent / target).exists(), f"{guide.name} leads to {target}"


def test_pictures_are_light_and_shown() -> None:
    text = "".join(guide.read_text(encoding="utf-8") for guide in GUIDES)
    for picture in (CHECKOUT / "docs" / "hinh").iterdir():
        assert picture.stat().st_size <= HEAVIEST, picture.name
        assert f"hinh/{picture.name}" in text, f"{picture.name} is shown nowhere"


def test_commands_that_are_named_exist() -> None:
    named = list(named_commands())
    assert len(named) > 20
    for guide, words in named:
        assert words.strip() in WORDS or words.split()[0] in WORDS, f"{guide} names motcua {words}"


def test_every_command_is_named_in_a_guide() -> None:
    text = "".join(guide.read_text(encoding="utf-8") for guide in GUIDES)
    assert [words for words in WORDS if f"motcua {words}" not in text] == []


def test_help_can_be_had_of_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for words in WORDS:
        with pytest.raises(SystemExit) as ended:
            build().parse_args([*words.split(), "--help"])
        assert ended.value.code == 0
        assert words.split()[-1] in capsys.readouterr().out


def test_variables_that_are_named_are_read_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "src").rglob("*.py"))
    code += "".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "tests").rglob("*.py"))
    for guide in GUIDES:
        for name in VARIABLE.findall(guide.read_text(encoding="utf-8")):
            assert name in code, f"{guide.name} names {name}"


@pytest.mark.parametrize("guide", FOR_PEOPLE, ids=lambda path: path.name)
def test_words_in_bold_stand_on_a_screen(guide: Path) -> None:
    """A button that was renamed must be renamed in the guide; sentences in bold are the guide's own."""
    sources = [path for kind in ("html", "py", "typ") for path in (CHECKOUT / "src").rglob(f"*.{kind}")]
    screens = " ".join(path.read_text(encoding="utf-8") for path in sources if "tests" not in path.parts).casefold()
    for words in BOLD.findall(guide.read_text(encoding="utf-8")):
        if words[0].isupper() and not words.endswith((".", "?", "…")) and "," not in words:
            assert words.casefold() in screens, f"{guide.name}: “{words}” stands on no screen"
