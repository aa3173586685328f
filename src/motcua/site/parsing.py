"""Arguments of the `motcua` command, with Vietnamese words where argparse would say what is wrong in English."""

from __future__ import annotations

import re
from argparse import Action, ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn

from motcua.foundation.core.cli import Command, warn

if TYPE_CHECKING:
    from argparse import _MutuallyExclusiveGroup

BAD_INPUT = 2
_SAID = (
    (re.compile(r"the following arguments are required: (.+)"), "Thiếu {0}."),
    (re.compile(r"argument (\S+): invalid int value: '(.*)'"), "{0} “{1}” không phải là số nguyên."),
    (re.compile(r"argument (\S+): invalid choice: '(.*)' \(choose from (.+)\)"), "{0} không nhận “{1}”; chọn: {2}."),
    (re.compile(r"argument (\S+): expected .+ arguments?"), "Thiếu giá trị sau {0}."),
    (re.compile(r"unrecognized arguments: (.+)"), "Không hiểu: {0}."),
    (re.compile(r"ambiguous option: (\S+) could match (.+)"), "{0} viết tắt chưa rõ; có thể là {1}."),
)


def in_words(message: str) -> str:
    """Return argparse's message in Vietnamese; one it never gave us before stays behind words that say what it is."""
    for pattern, words in _SAID:
        found = pattern.fullmatch(message)
        if found:
            return words.format(*found.groups())
    return f"Tham số không đúng: {message}"


def examples(command: Command) -> str | None:
    """Return the lines that `--help` ends with."""
    if not command.examples:
        return None
    return "ví dụ:\n" + "\n".join(f"  {line}" for line in command.examples)


class Help(RawDescriptionHelpFormatter):
    """The layout of `--help`, with its own words in Vietnamese."""

    def add_usage(
        self, usage: str | None, actions: Iterable[Action], groups: Iterable[_MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin with how the command is typed."""
        super().add_usage(usage, actions, groups, "cách dùng: " if prefix is None else prefix)


class Parser(ArgumentParser):
    """A parser that speaks Vietnamese, and ends with code 2 and one clear sentence."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"formatter_class": Help} | given | {"add_help": False})
        self._positionals.title, self._optionals.title = "tham số", "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in trang trợ giúp này")

    def error(self, message: str) -> NoReturn:
        warn(f"motcua: {in_words(message)} Chưa làm gì. Xem cách dùng: {self.prog} --help")
        self.exit(BAD_INPUT)
