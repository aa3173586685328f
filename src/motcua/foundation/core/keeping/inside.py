"""What `doctor` sees in the open store: shape, triggers, settings of the database, clock, work, seals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import F, Max

from motcua.foundation.core import keyring, keys, seal_file, settings_rows, time
from motcua.foundation.core.jobs import signs
from motcua.foundation.core.keeping.backup import pending
from motcua.foundation.core.keeping.types import Finding, fault, ok, warn
from motcua.foundation.core.models import LedgerEvent, LedgerHead, Seal

SKEW = timedelta(minutes=15)
UNSEALED_FOR = timedelta(hours=1)
_TRIGGERS = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%append-only%' "
              "AND tbl_name IN ('core_ledgerevent', 'core_seal')",
    "postgresql": "SELECT count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal "
                  "AND t.tgenabled = 'O' AND p.proname = 'core_append_only' "
                  "AND t.tgrelid IN ('core_ledgerevent'::regclass, 'core_seal'::regclass)",
}
_EXPECTED = 4
_SETTINGS = {
    "sqlite": (("PRAGMA journal_mode", "wal"), ("PRAGMA synchronous", "2"), ("PRAGMA foreign_keys", "1")),
    "postgresql": (("SHOW fsync", "on"), ("SHOW synchronous_commit", "on"), ("SHOW full_page_writes", "on")),
}


def _one(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def database() -> Iterator[Finding]:
    """Check that the database answers and keeps what it is given, even when the power goes."""
    version = _one("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
    yield ok("database", f"{connection.vendor} {version} trả lời.")
    loose = [f"{sql.split()[1]}={_one(sql)}" for sql, wanted in _SETTINGS[connection.vendor] if _one(sql) != wanted]
    if loose:
        yield fault("durability", f"Mất điện có thể mất dữ liệu vừa ghi: {', '.join(loose)}. Sửa cấu hình.")
    else:
        yield ok("durability", "Dữ liệu đã báo ghi xong thì mất điện vẫn còn.")


def migrations() -> Iterator[Finding]:
    """Check that the tables have the shape this version needs."""
    count = pending()
    if count:
        yield fault("migrations", f"Còn {count} bước nâng cấp chưa chạy. Sao lưu rồi chạy “motcua serve”.")
    else:
        yield ok("migrations", "Cơ sở dữ liệu đúng phiên bản.")


def triggers() -> Iterator[Finding]:
    """Check the triggers that refuse changes in the ledger."""
    found = int(_one(_TRIGGERS[connection.vendor]))
    if found < _EXPECTED:
        text = f"Chỉ còn {found}/{_EXPECTED} khóa chống sửa sổ sự kiện: có người đã gỡ. Chạy “motcua ledger verify”."
        yield fault("triggers", text)
    else:
        yield ok("triggers", "Sổ sự kiện có khóa chống sửa, xóa.")


def keys_fit() -> Iterator[Finding]:
    """Check that the keys are those under which the store was written."""
    try:
        wrong = keys.lacking(settings_rows.read(keyring.ROW) or {}, settings.HOME.keys)
    except (ValueError, OSError):
        return  # said where the key files are checked
    if wrong:
        yield fault("keys", str(keyring.WrongKeys(wrong, settings.HOME.keys)))
    else:
        yield ok("keys", "Khóa đúng là khóa của dữ liệu này.")


def clock() -> Iterator[Finding]:
    """Check that the machine's clock is not behind what was written already."""
    last = LedgerEvent.objects.aggregate(last=Max("id"))["last"]
    entered = LedgerEvent.objects.filter(id=last).values_list("entered_us", flat=True).first()
    now = time.now()
    words = f"{time.local(now):%d/%m/%Y %H:%M:%S} (giờ Việt Nam)"
    if entered is not None and time.from_microseconds(entered) > now + SKEW:
        yield fault("clock", f"Đồng hồ máy {words} chậm hơn sự kiện đã ghi. Chỉnh đồng hồ, bật đồng bộ NTP.")
    else:
        yield ok("clock", f"Đồng hồ máy {words}.")


def work() -> Iterator[Finding]:
    """Check that worker and scheduler are alive."""
    standing = signs.standing()
    if not standing.workers or not standing.schedulers:
        yield warn("worker", "Bộ xử lý nền hoặc bộ lập lịch không chạy. Chạy “motcua serve”.")
    else:
        yield ok("worker", f"{standing.workers} bộ xử lý nền, {standing.schedulers} bộ lập lịch đang chạy.")
    if standing.failed:
        yield warn("worker", f"{standing.failed} việc nền thất bại trong thời gian gần đây; xem nhật ký.")


def sealing() -> Iterator[Finding]:
    """Check that the outside copy is in step with the database, and that sealing goes on."""
    path: Path = settings.HOME.seals
    older = sorted(kept.name for kept in path.parent.glob("seals-*.jsonl"))
    if older:
        yield warn("seals", f"Có tệp niêm phong của kho cũ được giữ riêng: {', '.join(older)}.")
    try:
        behind = seal_file.behind(path)
    except seal_file.SealsDisagree as error:
        yield fault("seals", str(error))
        return
    newest = Seal.objects.order_by("-number").values_list("made_us", flat=True).first()
    waiting = LedgerHead.objects.filter(sequence__gt=F("sealed_sequence")).exists()
    if behind:
        yield warn("seals", f"Tệp niêm phong còn thiếu {behind} dòng; lần niêm phong tới sẽ ghi bù.")
    elif waiting and (newest is None or time.now() - time.from_microseconds(newest) > UNSEALED_FOR):
        yield warn("seals", "Có sự kiện chưa niêm phong đã quá một giờ. Bộ lập lịch có đang chạy không?")
    else:
        yield ok("seals", f"{Seal.objects.count()} niêm phong; tệp {path} khớp với cơ sở dữ liệu.")


#: Where one of these is at fault, those behind it would only say the same again.
FIRST = (database, migrations)
CHECKS = (database, migrations, triggers, keys_fit, clock, work, sealing)
