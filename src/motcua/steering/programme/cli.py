"""Commands of this room: `motcua programme import FILE`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.foundation.core import words
from motcua.foundation.core.cli import Command, CommandError, say, say_json

if TYPE_CHECKING:
    from motcua.steering.programme.importing import Imported


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="TỆP", help="quyết định dạng .txt, .docx, .html hoặc .pdf có chữ")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và báo cáo, không ghi gì")
    parser.add_argument("--json", action="store_true", help="in báo cáo dạng JSON")


def run(chosen: Namespace) -> int:
    """Import a decision and report. Exit code 2 where the file is not there or is no decision."""
    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.verbs import Call
    from motcua.steering.programme import importing

    path: Path = chosen.file
    content = _content(path)
    if chosen.dry_run:
        found = importing.read_file(path.name, content)
    else:
        found = importing.import_file(Call(SYSTEM_ACTOR), path.name, content)
    if chosen.json:
        say_json(importing.report(found.reading))
    else:
        _say(found)
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise CommandError(f"{path} là một thư mục; hãy chỉ một tệp quyết định. Chưa ghi gì.") from None
    except OSError as error:
        raise CommandError(f"không đọc được {path} ({words.refused(error)}); chưa ghi gì") from error


def _say(found: Imported) -> None:
    """Print the report for people."""
    from motcua.steering.programme.words import ANOMALY_WORDS

    reading = found.reading
    header, totals = reading.header, reading.totals
    day = f"{header.issue_date:%d/%m/%Y}" if header.issue_date else "chưa rõ ngày"
    say(f"{header.type or 'Văn bản'} {header.number or '(không số)'}, {header.issuing_body}, {day}")
    say(f"  {header.title}")
    measures = sum(len(target.measures) for target in reading.targets)
    groups = len({task.group for task in reading.tasks})
    say(f"  {len(reading.bases)} căn cứ, {len(reading.targets)} mục tiêu gồm {measures} chỉ tiêu đo được")
    say(f"  {len(reading.tasks)} nhiệm vụ trong {groups} nhóm, tổng các dòng {_money(totals.sum_vnd)}")
    if totals.printed_vnd is not None:
        say(f"  tổng in trong văn bản {_money(totals.printed_vnd)}, chênh lệch {_money(totals.difference_vnd or 0)}")
    if reading.anomalies:
        say(f"Có {len(reading.anomalies)} chỗ cần xem; phần mềm không tự sửa:")
    for one in reading.anomalies:
        say(f"  {one.where}: {ANOMALY_WORDS[one.kind]} – {one.text[:100]}")
        for value in one.values:
            say(f"      {value}")
    if found.programme is None:
        say("Chạy thử: chưa ghi gì.")
    else:
        say(_OUTCOMES[found.outcome.value])


_OUTCOMES = {
    "nothing": "Tệp này đã nhập từ trước nên không ghi gì thêm. Thường trực mở trang Chương trình để xem.",
    "draft": "Đã ghi thành bản nháp. Thường trực mở trang Chương trình để xem lại và duyệt.",
    "anew": "Bản nháp của văn bản này đã có; đã đọc lại theo tệp mới, giữ các câu trả lời còn khớp. "
            "Thường trực mở trang Chương trình để xem lại và duyệt.",
    "waits": "Chương trình theo văn bản này đã duyệt nên chưa thay đổi gì; bản đọc mới đang chờ. "
             "Thường trực mở trang Chương trình để so sánh và áp dụng.",
}  # fmt: skip


def _money(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")


COMMANDS: tuple[Command, ...] = (
    Command(
        ("programme", "import"), "nhập một quyết định phê duyệt đề án, kế hoạch", run, _arguments,
        examples=("motcua programme import 860-qd-ubnd.docx --dry-run", "motcua programme import 860.txt --json"),
    ),
)
