"""The `motcua` command: gathers the commands of all rooms and runs the one that was asked for."""

from __future__ import annotations

import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from importlib import import_module

from motcua.foundation.core import home as homes
from motcua.foundation.core import words
from motcua.foundation.core.cli import Command, CommandError, warn
from motcua.site.parsing import BAD_INPUT, Parser, examples

GROUPS = {
    "ledger": "sổ sự kiện", "privacy": "quyền riêng tư", "law": "văn bản và bộ quy tắc", "organisations": "cơ quan",
    "calendar": "lịch làm việc", "account": "tài khoản", "procedures": "thủ tục hành chính",
    "programme": "chương trình cải cách", "indicators": "số liệu", "reports": "báo cáo", "demo": "tỉnh mẫu",
}
NO_STORE = "motcua: Không có kho dữ liệu nào ở {place}. Chưa làm gì, chưa tạo gì. Kiểm tra MOTCUA_HOME rồi chạy lại."
FAULT = 1
UNHEARD = 128 + signal.SIGPIPE
ROOMS = (
    "motcua.foundation.core",
    "motcua.foundation.core.keeping",
    "motcua.foundation.law",
    "motcua.foundation.organisations",
    "motcua.foundation.calendar",
    "motcua.foundation.identity",
    "motcua.foundation.indicators",
    "motcua.service.procedures",
    "motcua.steering.programme",
    "motcua.steering.reports",
    "motcua.demonstration",
    "motcua.site",
)


def commands() -> Iterable[Command]:
    """Yield the commands of every room."""
    for room in ROOMS:
        yield from import_module(f"{room}.cli").COMMANDS


def build() -> ArgumentParser:
    """Return the parser of all commands; `motcua calendar due` nests two words, `motcua serve` one."""
    parser = Parser(prog="motcua", description="Một cửa: nền tảng cải cách hành chính của tỉnh")
    groups: dict[str, object] = {}
    top = parser.add_subparsers(dest="word", metavar="LỆNH", required=True)
    for command in commands():
        within = top
        for word in command.words[:-1]:
            if word not in groups:
                leaves = top.add_parser(word, help=f"các lệnh về {GROUPS.get(word, word)}")
                groups[word] = leaves.add_subparsers(metavar="LỆNH", required=True)
            within = groups[word]  # type: ignore[assignment]
        about, shown = f"{command.help[:1].upper()}{command.help[1:]}.", examples(command)
        leaf = within.add_parser(command.words[-1], help=command.help, description=about, epilog=shown)
        command.arguments(leaf)
        leaf.set_defaults(command=command)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 found fault, 2 bad input."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    chosen = build().parse_args(arguments)
    command: Command = chosen.command
    try:
        if not command.makes_store and homes.is_nowhere():
            warn(NO_STORE.format(place=homes.here().root))
            return FAULT
        if command.needs_store:
            open_store()
        code = command.run(chosen)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return _unheard()
    except Exception as error:
        words = in_words(error)
        if words is None:
            raise
        warn(f"motcua: {words}")
        return BAD_INPUT
    return code


def _unheard() -> int:
    """Whoever read our output has heard enough (`| head`): end as a program of the system would, without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return UNHEARD


def in_words(error: Exception) -> str | None:
    """Return what to tell a person of an error, or None where it is a fault of the program itself."""
    from django.db import DatabaseError, InterfaceError, OperationalError

    from motcua.foundation.core.errors import Refusal
    from motcua.foundation.core.faults import is_away, refusal_of
    from motcua.foundation.core.home import BadAddress
    from motcua.foundation.core.keys import KeyMissing

    if isinstance(error, CommandError | KeyMissing | Refusal | BadAddress):
        return str(error)
    # Not a query that is wrong: that is a fault of ours.
    if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
        refusal = None if is_away(error) else refusal_of(error)
        first = str(error).partition("\n")[0]
        return str(refusal) if refusal else (
            f"Không dùng được cơ sở dữ liệu ({first}). Chưa ghi gì. Chạy “motcua doctor” để tìm nguyên nhân."
        )
    if isinstance(error, OSError):
        where = error.filename or "tệp"
        return f"Không đọc hoặc ghi được {where} ({words.refused(error)}). Kiểm tra đường dẫn, quyền và ổ đĩa."
    return None


def open_store() -> None:
    """Set Django up and bring the store to the newest shape."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    from motcua.foundation.core import keyring

    if not os.environ.get("DATABASE_URL"):
        homes.make_database(settings.HOME.database)
    call_command("migrate", verbosity=0)
    keyring.check()


if __name__ == "__main__":
    sys.exit(main())
