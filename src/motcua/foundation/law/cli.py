"""`motcua law load | show`: what ships with the product into the store, and the province's own rule sets over it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from motcua.foundation.core import words
from motcua.foundation.core.cli import Command, CommandError, say

MOST = 1_000_000


def _load_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="TỆP", help="tệp .toml bộ quy tắc của tỉnh; bỏ trống là nạp bộ đi kèm"
    )


def load(chosen: Namespace) -> int:
    """Enter what is new or changed; after an upgrade this brings newer law in and leaves the province's own sets."""
    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.verbs import Call
    from motcua.foundation.law import actions, datafile, selectors

    if chosen.file is not None:
        changed = actions.load_own(Call(SYSTEM_ACTOR), datafile.read_rule_sets(_text(chosen.file)))
        say(f"Mới hoặc thay đổi: {changed} bộ quy tắc của tỉnh. Hạn của hồ sơ đang mở được tính lại nếu có ảnh hưởng.")
        return 0
    loaded = actions.load_shipped(Call(SYSTEM_ACTOR))
    say(f"Mới hoặc thay đổi: {loaded.documents} văn bản, {loaded.rule_sets} bộ quy tắc.")
    own = [rules.code for rules in selectors.all_sets() if rules.is_own]
    if own:
        say(f"Giữ nguyên bộ quy tắc của tỉnh: {', '.join(own)}.")
    return 0


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST:
            raise CommandError(f"{path} quá lớn để là tệp quy định; chưa ghi gì")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"không đọc được {path} ({words.refused(error)}); chưa ghi gì") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} không phải tệp chữ UTF-8; chưa ghi gì") from error


def _show_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="MÃ", help="mã bộ quy tắc; bỏ trống là kể các bộ")


def show(chosen: Namespace) -> int:
    """Print a rule set as the file that `load` takes, or list the sets."""
    from motcua.foundation.law import selectors, spelling

    sets = selectors.all_sets()
    if chosen.code is None:
        for rules in sets:
            until = rules.valid_to.isoformat() if rules.valid_to else "nay"
            say(f"{rules.code:14} {rules.valid_from} – {until:10}  {rules.name}{' (của tỉnh)' if rules.is_own else ''}")
        return 0
    wanted = next((rules for rules in sets if rules.code == chosen.code), None)
    if wanted is None:
        known = ", ".join(rules.code for rules in sets) or "kho chưa có bộ nào, chạy motcua law load trước"
        raise CommandError(f"không có bộ quy tắc {chosen.code}; các mã: {known}")
    say(spelling.spell([selectors.as_rules(wanted)]))
    return 0


COMMANDS: tuple[Command, ...] = (
    Command(
        ("law", "load"), "nạp văn bản và bộ quy tắc đi kèm phần mềm, hoặc bộ quy tắc của tỉnh từ một tệp",
        load, _load_arguments, examples=("motcua law load", "motcua law load cach-tinh.toml"),
    ),
    Command(
        ("law", "show"), "kể các bộ quy tắc, hoặc in một bộ thành tệp để sửa rồi nạp lại",
        show, _show_arguments, makes_store=False,
        examples=("motcua law show", "motcua law show cach-tinh > cach-tinh.toml"),
    ),
)
