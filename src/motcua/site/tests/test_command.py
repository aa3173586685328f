"""The `motcua` command: its help is Vietnamese and shows how each is typed; a reader who leaves early is no fault."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from motcua.foundation.core.cli import Command
from motcua.foundation.core.tests.factories import sealed_history
from motcua.site import command
from motcua.site.command import UNHEARD, build, commands
from motcua.testing import CHECKOUT

ENGLISH = re.compile(r"\b(usage|options|positional arguments|show this help|default|optional)\b", re.IGNORECASE)


def help_of(*words: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        build().parse_args([*words, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("one", list(commands()), ids=lambda one: " ".join(one.words))
def test_each_command_says_in_vietnamese_what_it_does_and_how_it_is_typed(
    one: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    said = help_of(*one.words, capsys=capsys)
    assert said.startswith("cách dùng: motcua ") and "tùy chọn:" in said and "ví dụ:\n  motcua " in said
    assert not ENGLISH.search(said)


@pytest.mark.parametrize("words", [(), ("ledger",), ("account",)])
def test_the_groups_are_vietnamese_too(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    said = help_of(*words, capsys=capsys)
    assert "tham số:" in said and not ENGLISH.search(said)


@pytest.mark.parametrize("line", [line for one in commands() for line in one.examples])
def test_an_example_is_taken_as_it_is_printed(line: str) -> None:
    words = shlex.split(line.partition(" > ")[0])
    assert words.pop(0) == "motcua"
    chosen = build().parse_args(words)
    assert line in chosen.command.examples


@pytest.mark.processes
def test_a_reader_who_leaves_early_ends_the_command_quietly(tmp_path: Path, begun: Path) -> None:
    shutil.copytree(begun, tmp_path / "home")
    environment = os.environ | {
        "MOTCUA_HOME": str(tmp_path / "home"), "PYTHONPATH": str(CHECKOUT / "src"), "MOTCUA_LOG": "ERROR",
        "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
    }
    words = [sys.executable, "-m", "motcua.site.command", "organisations", "list", "--as-of", "2016-06-15", "--json"]
    with subprocess.Popen(  # noqa: S603
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout and running.stderr
        running.stdout.close()  # as `head` does once it has its lines
        said = running.stderr.read()
    assert running.returncode == UNHEARD
    assert "Traceback" not in said and "Broken" not in said


@pytest.mark.django_db(transaction=True)
def test_a_ledger_is_compared_with_the_stores_own_seals(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed_history()
    monkeypatch.setattr(command, "open_store", lambda: None)
    monkeypatch.setenv("MOTCUA_HOME", str(settings.HOME.root))
    assert command.main(["ledger", "verify", "--json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert list(whole) == ["ok", "subjects", "events", "seals", "unsealed", "faults"]
    settings.HOME.seals.unlink()
    assert command.main(["ledger", "verify", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert list(said) == list(whole) and [fault["kind"] for fault in said["faults"]] == ["outside"]
