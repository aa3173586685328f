"""Commands of this room: `motcua procedures import PATH`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.foundation.core.cli import Command, CommandError, say, say_json, warn

if TYPE_CHECKING:
    from motcua.service.procedures.importing import Line

NOTHING_TAKEN = 1
EXAMPLES = ("motcua procedures import thu-tuc/ --dry-run", "motcua procedures import thu-tuc/ --json > bao-cao.json")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="TỆP_HOẶC_THƯ_MỤC", help="tệp .json, .xlsx hoặc thư mục chứa chúng")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và báo cáo, không ghi gì")
    parser.add_argument("--json", action="store_true", help="in báo cáo dạng JSON")


def run(chosen: Namespace) -> int:
    """Import and report. Exit code 0 where something was taken in, 1 where nothing was, 2 where PATH is not there."""
    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.verbs import Call
    from motcua.service.procedures import importing
    from motcua.service.procedures.reading import source_files

    path: Path = chosen.path
    if not path.exists():
        raise CommandError(f"không tìm thấy {path}; chưa ghi gì")
    if not source_files(path):
        raise CommandError(f"thư mục {path} không có tệp .json hay .xlsx nào; chưa ghi gì")
    lines: list[Line] = []
    for line in importing.import_path(Call(SYSTEM_ACTOR), path, is_trial=chosen.dry_run):
        lines.append(line)
        _progress(len(lines))
        _tell_rejected(line)
    _end_progress()
    report = importing.report(lines)
    if chosen.json:
        say_json(report)
    else:
        _say(report, lines, is_trial=chosen.dry_run)
    return NOTHING_TAKEN if report["rejected"] == report["read"] else 0


def _progress(count: int) -> None:
    """Draw the count on a terminal; a pipe hears nothing."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\rĐã đọc {count} bản ghi")
        sys.stderr.flush()


def _end_progress() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\n")


def _tell_rejected(line: Line) -> None:
    """Say on stderr where and why a record was not taken in, and what to do."""
    from motcua.service.procedures.reading import EXPLANATIONS, Outcome

    if line.reading.outcome is Outcome.REJECTED:
        for reason in line.reading.reasons:
            warn(f"{line.reading.place or line.reading.code}: {reason.text} {EXPLANATIONS[reason.code].todo}.")


def _say(report: dict[str, object], lines: list[Line], *, is_trial: bool) -> None:
    """Print the report for people."""
    from motcua.service.procedures.reading import EXPLANATIONS, ReasonCode
    from motcua.service.procedures.types import Change

    changes = [line.change for line in lines]
    say(f"Đã đọc {report['read']} bản ghi{' (chạy thử, chưa ghi gì)' if is_trial else ''}:")
    say(f"  nhận trọn vẹn {report['accepted']}, nhận có lưu ý {report['flagged']}, không nhận {report['rejected']}")
    say("  " + ", ".join(f"{change.words.lower()} {changes.count(change)}" for change in Change))
    flags = report["flags"]
    assert isinstance(flags, dict)
    for code, count in flags.items():
        say(f"  {count:>6}  {EXPLANATIONS[ReasonCode(code)].what}")


def _service_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="TỆP_CSV", help="cột: ma,tu_ngay,mot_cua,lien_thong,muc_do,can_cu")
    parser.add_argument("--json", action="store_true", help="in báo cáo dạng JSON")


def run_services(chosen: Namespace) -> int:
    """Enter decisions on how procedures are served. Exit code 1 where nothing was entered, 2 for no such file."""
    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.verbs import Call
    from motcua.service.procedures import service_file

    if not chosen.path.is_file():
        raise CommandError(f"không tìm thấy tệp {chosen.path}; chưa ghi gì")
    try:
        lines = list(service_file.read(Call(SYSTEM_ACTOR), chosen.path))
    except service_file.BadFile as bad:
        raise CommandError(f"{bad}; chưa ghi gì") from bad
    wrong = [line for line in lines if line.problem]
    if chosen.json:
        found = [{"line": line.number, "code": line.code, "problem": line.problem} for line in wrong]
        say_json({"read": len(lines), "entered": len(lines) - len(wrong), "rejected": found})
    else:
        say(f"Đã đọc {len(lines)} dòng: ghi {len(lines) - len(wrong)}, không ghi {len(wrong)}.")
        for line in wrong:
            warn(f"dòng {line.number} ({line.code}): {line.problem}")
    return NOTHING_TAKEN if len(wrong) == len(lines) else 0


COMMANDS: tuple[Command, ...] = (
    Command(
        ("procedures", "services"), "ghi quyết định một cửa, liên thông, mức độ trực tuyến từ tệp CSV", run_services,
        _service_arguments, examples=("motcua procedures services cach-phuc-vu.csv",),
    ),
    Command(
        ("procedures", "import"), "nhập thủ tục hành chính từ Cổng Dịch vụ công quốc gia", run, _arguments,
        examples=EXAMPLES,
    ),
)
