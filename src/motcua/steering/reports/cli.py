"""`motcua reports load | show`: regimes and forms as data, and the province's own in their place."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from motcua.foundation.core import words
from motcua.foundation.core.cli import Command, CommandError, say

MOST = 1_000_000


def _load_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp .toml gồm các mục [[regime]], [[form]], [[signer]]")


def load(chosen: Namespace) -> int:
    """Load a province's own regimes and forms: each takes the place of the shipped one of its code."""
    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.errors import Refusal
    from motcua.foundation.core.verbs import Call
    from motcua.steering.reports import actions, regimes

    try:
        actions.load_regimes(Call(SYSTEM_ACTOR), text=_text(chosen.file))
    except Refusal as refusal:
        raise CommandError(refusal.message) from refusal
    say(f"Đã nạp. Chế độ: {', '.join(regimes.regimes())}; biểu: {', '.join(regimes.forms())}.")
    say("Kỳ mở từ nay theo tệp này; kỳ đã mở giữ nguyên.")
    return 0


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST:
            raise CommandError(f"{path} quá lớn để là tệp chế độ báo cáo; chưa ghi gì")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"không đọc được {path} ({words.refused(error)}); chưa ghi gì") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} không phải tệp chữ UTF-8; chưa ghi gì") from error


def _show_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("regimes", "forms"), help="regimes: chế độ và ngày; forms: biểu và ô")


def show(chosen: Namespace) -> int:
    """Print the shipped file, to be changed and loaded."""
    from motcua.steering.reports import regimes

    say(regimes.shipped(f"{chosen.what}.toml").rstrip())
    return 0


COMMANDS: tuple[Command, ...] = (
    Command(
        ("reports", "load"), "nạp chế độ và biểu báo cáo của tỉnh từ một tệp", load, _load_arguments,
        examples=("motcua reports load che-do-cua-tinh.toml",),
    ),
    Command(
        ("reports", "show"), "in tệp chế độ hoặc biểu đi kèm phần mềm, làm mẫu để sửa rồi nạp", show, _show_arguments,
        needs_store=False, makes_store=False, examples=("motcua reports show regimes > che-do-cua-tinh.toml",),
    ),
)
