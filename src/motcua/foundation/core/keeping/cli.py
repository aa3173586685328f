"""Commands of keeping: ledger verify, doctor, backup, restore, privacy erase-note."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.foundation.core import home as homes
from motcua.foundation.core import words
from motcua.foundation.core.cli import Command, CommandError, say, say_json, warn

MARKS = {"ok": "tốt ", "warn": "chú ý", "fault": "LỖI "}


def _verify_arguments(parser: ArgumentParser) -> None:
    meant = "bản sao niêm phong giữ bên ngoài; không nêu thì đối chiếu với tệp seals.jsonl của chính kho"
    parser.add_argument("--against", metavar="TỆP", type=Path, help=meant)
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def _verify(chosen: Namespace) -> int:
    from motcua.foundation.core.keeping.verifying import verify_store
    from motcua.foundation.core.verification import BadSeals

    try:
        report = verify_store(homes.here().seals, chosen.against)
    except BadSeals as error:
        raise CommandError(str(error)) from error
    if chosen.json:
        say_json(report.as_json())
        return 0 if report.ok else 1
    counts = f"{report.subjects} đối tượng, {report.events} sự kiện, {report.seals} niêm phong"
    say(f"{counts}; {report.unsealed} sự kiện chưa niêm phong.")
    for fault in report.faults:
        say(f"LỖI [{fault.kind}] {fault.where}: {fault.text}")
    say("Sổ sự kiện nguyên vẹn." if report.ok else f"Tìm thấy {len(report.faults)} lỗi.")
    if report.ok and chosen.against is None:
        say("Đã đối chiếu với tệp niêm phong của chính kho. Chắc hơn: thêm --against và một bản sao giữ ở nơi khác.")
    return 0 if report.ok else 1


def _json_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def _doctor(chosen: Namespace) -> int:
    from motcua.foundation.core.keeping.doctor import examine, is_well

    findings = examine(homes.here())
    is_ok = is_well(findings)
    if chosen.json:
        checks = [{"name": found.name, "state": str(found.state), "text": found.text} for found in findings]
        say_json({"ok": is_ok, "checks": checks})
    else:
        for found in findings:
            say(f"{MARKS[found.state]}  {found.heading}: {found.text}")
    return 0 if is_ok else 1


def _backup_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", type=Path, help="tệp sao lưu sẽ ghi, ví dụ motcua.tar.gz")
    parser.add_argument("--replace", action="store_true", help="ghi đè tệp đã có; không nêu thì từ chối")


def _backup(chosen: Namespace) -> int:
    target: Path = chosen.file.absolute()
    home = homes.here()
    if not home.database.exists() and not os.environ.get("DATABASE_URL"):
        raise CommandError(f"Trong {home.root} chưa có kho dữ liệu nên không có gì để sao lưu. Đặt lại MOTCUA_HOME.")
    if not target.parent.is_dir() or target.is_dir():
        raise CommandError(f"Không ghi được {target}: thư mục chưa có, hoặc đó là một thư mục. Chưa ghi gì.")
    if target.exists() and not chosen.replace:
        raise CommandError(f"Đã có tệp {target}. Chưa ghi gì. Chọn tên khác, hoặc thêm --replace để ghi đè.")
    import django

    django.setup()
    from motcua.foundation.core.keeping.backup import backup
    from motcua.foundation.core.seal_file import SealsDisagree

    try:
        manifest = backup(target)
    except OSError as error:
        raise CommandError(f"Không ghi được bản sao lưu: {words.refused(error)}. Không để lại tệp dở dang.") from error
    except SealsDisagree as error:
        raise CommandError(str(error)) from error
    size = target.stat().st_size
    say(f"Đã sao lưu {len(manifest.parts)} phần ({size / 1e6:.1f} MB) vào {target}.")
    say(f"Bản sao lưu KHÔNG chứa khóa. Giữ riêng một bản thư mục khóa: {home.keys}")
    return 0


def _restore_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", type=Path, help="tệp do “motcua backup” ghi ra")
    meant = "phục hồi cả khi kho đã có dữ liệu; dữ liệu cũ được giữ riêng"
    parser.add_argument("--force", action="store_true", help=meant)


def _restore(chosen: Namespace) -> int:
    from motcua.foundation.core.keeping.restore import restore

    home = homes.here()
    try:
        database = homes.database_settings(home, os.environ.get("DATABASE_URL"))
    except ValueError as error:
        raise CommandError(str(error)) from error
    done = restore(chosen.file.absolute(), home, database, force=chosen.force)
    say(f"Đã phục hồi {len(done.manifest.parts)} phần, sao lưu {_made_at(done.manifest.facts)}.")
    if done.kept:
        say(f"Dữ liệu trước đó được giữ tại {done.kept}.")
    import django

    django.setup()
    from motcua.foundation.core.verification import verify

    report = verify(home.seals if home.seals.exists() else None)
    for fault in report.faults:
        warn(f"LỖI [{fault.kind}] {fault.where}: {fault.text}")
    say("Sổ sự kiện khớp với niêm phong." if report.ok else "Sổ sự kiện KHÔNG khớp với niêm phong, xem các lỗi trên.")
    return 0 if report.ok else 1


def _made_at(facts: dict[str, Any]) -> str:
    """Return when a backup was made as people say it; a manifest of another make may say it otherwise."""
    said = str(facts.get("made_at", ""))
    try:
        return f"lúc {words.moment(datetime.fromisoformat(said))}"
    except ValueError:
        return f"lúc {said or 'không rõ'}"


def _erase_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("note", metavar="MÃ", help="mã của nội dung, dạng note:…, ghi dưới ghi chú trên trang hồ sơ")
    parser.add_argument("--ground", required=True, metavar="CĂN_CỨ", help="số quyết định, ví dụ 12/QĐ-SNV")


def _erase(chosen: Namespace) -> int:
    from django.core.exceptions import ObjectDoesNotExist

    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.models import Note
    from motcua.foundation.core.papers.models import Paper
    from motcua.foundation.core.privacy import erase_note
    from motcua.foundation.core.verbs import Call

    try:
        note = Note.objects.get(public_id=chosen.note.removeprefix("note:"))
        erase_note(Call(SYSTEM_ACTOR), note=note, ground=chosen.ground)
    except ObjectDoesNotExist as error:
        raise CommandError(f"Không có nội dung nào mang mã {chosen.note}. Chưa xóa gì.") from error
    say(f"Đã xóa nội dung {note.ref}; sổ sự kiện vẫn nguyên vẹn.")
    printed = Paper.objects.filter(of=note.about).count()
    say(f"Còn giữ nguyên như khi phát hành: {printed} bản in của {note.about}, và mọi bản sao lưu trước lúc này.")
    return 0


COMMANDS: tuple[Command, ...] = (
    Command(
        ("ledger", "verify"), "kiểm tra sổ sự kiện", _verify, _verify_arguments, makes_store=False,
        examples=("motcua ledger verify", "motcua ledger verify --against /ban-giu-ngoai/seals.jsonl --json"),
    ),
    Command(
        ("doctor",), "khám kho dữ liệu và máy chủ", _doctor, _json_argument, needs_store=False,
        examples=("motcua doctor", "motcua doctor --json"),
    ),
    Command(
        ("backup",), "sao lưu kho vào một tệp (không gồm khóa)", _backup, _backup_arguments, needs_store=False,
        makes_store=False,
        examples=("motcua backup /noi-khac/motcua-2026-11-23.tar.gz",),
    ),
    Command(
        ("restore",), "phục hồi kho từ một tệp sao lưu", _restore, _restore_arguments, needs_store=False,
        examples=("motcua restore /noi-khac/motcua-2026-11-23.tar.gz",),
    ),
    Command(
        ("privacy", "erase-note"), "xóa một nội dung theo quyết định", _erase, _erase_arguments, makes_store=False,
        examples=("motcua privacy erase-note note:abcdefghjkmnpq --ground 12/QĐ-SNV",),
    ),
)
