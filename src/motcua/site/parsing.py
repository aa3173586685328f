"""Arguments of the `motcua` command, with Vietnamese words where argparse would say what is wrong in English."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from typing import NoReturn

from motcua.foundation.core.cli import warn

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


class Parser(ArgumentParser):
    """A parser that ends with code 2 and one clear sentence."""

    def error(self, message: str) -> NoReturn:
        warn(f"motcua: {in_words(message)} Chưa làm gì. Xem cách dùng: {self.prog} --help")
        self.exit(BAD_INPUT)
