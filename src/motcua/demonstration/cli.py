"""`motcua demo load` and `motcua simulate`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import date, datetime
from datetime import time as hour

from motcua.foundation.core import time
from motcua.foundation.core.cli import Command, CommandError, say, say_json, warn

SHAPES = ("2016", "2025")
DEMO_DOSSIERS, DEMO_DAYS, DEMO_SEED, DEMO_SKEW = 320, 60, 860, 0.5
MIDNIGHT = hour()
HISTORY_DAYS = 3 * 365


def _demo_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--shape", choices=SHAPES, default="2016", help="tỉnh ba cấp 2016 hoặc hai cấp 2025")
    parser.add_argument("--dossiers", type=int, default=DEMO_DOSSIERS, metavar="N", help="số hồ sơ")
    parser.add_argument("--if-empty", action="store_true", help="không làm gì nếu kho đã có dữ liệu")


def _demo(chosen: Namespace) -> int:
    from motcua.demonstration.models import Exercise

    if chosen.if_empty and not _is_empty():
        if Exercise.objects.exists():
            _print_guests()
        return 0
    return _make(chosen.shape, DEMO_SEED, chosen.dossiers, DEMO_DAYS, skew=DEMO_SKEW, as_json=False)


def _is_empty() -> bool:
    from motcua.foundation.core.models import LedgerEvent

    return not LedgerEvent.objects.exists()


def _simulate_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--dossiers", type=int, required=True, metavar="N", help="số hồ sơ")
    parser.add_argument("--seed", type=int, required=True, metavar="S", help="hạt giống: cùng S cho cùng lịch sử")
    parser.add_argument("--shape", choices=SHAPES, default="2016", help="tỉnh ba cấp 2016 hoặc hai cấp 2025")
    parser.add_argument("--days", type=int, default=HISTORY_DAYS, metavar="D", help="trải trên bao nhiêu ngày")
    parser.add_argument("--until", metavar="NĂM-THÁNG-NGÀY", help="lịch sử dừng ở đầu ngày này; mặc định hôm nay")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def _simulate(chosen: Namespace) -> int:
    until = _midnight(chosen.until)
    return _make(chosen.shape, chosen.seed, chosen.dossiers, chosen.days, as_json=chosen.json, until=until)


def _midnight(text: str | None) -> datetime:
    """Return where a history ends: a midnight, so that the same seed gives the same history at any hour of the day."""
    try:
        day = date.fromisoformat(text) if text else time.today()
    except ValueError:
        raise CommandError(f"“{text}” không phải một ngày; hãy viết theo mẫu 2025-06-30. Chưa ghi gì.") from None
    if day > time.today():
        raise CommandError(f"Lịch sử không thể kết thúc sau hôm nay, mà {day:%d/%m/%Y} chưa tới. Chưa ghi gì.")
    return time.at_local(day, MIDNIGHT)


def _make(
    shape: str, seed: int, dossiers: int, days: int, *, as_json: bool, skew: float = 1.0, until: datetime | None = None
) -> int:
    from motcua.demonstration.load import make

    if not 1 <= dossiers <= 1_000_000:
        raise CommandError(f"Số hồ sơ phải từ 1 đến 1.000.000, không phải {dossiers}.")
    if not 1 <= days <= 3_000:
        raise CommandError(f"Số ngày phải từ 1 đến 3.000, không phải {days}.")
    if not _is_empty():
        raise CommandError(
            "Kho này đã có dữ liệu nên không nạp dữ liệu mô phỏng vào, chưa có gì thay đổi. "
            "Hãy đặt MOTCUA_HOME trỏ tới một thư mục trống rồi chạy lại."
        )
    made = make(shape=shape, seed=seed, dossiers=dossiers, days=days, skew=skew, until=until, report=_progress)
    if sys.stderr.isatty():
        warn("")
    if as_json:
        say_json({"agencies": made.agencies, "procedures": made.procedures, "dossiers": made.dossiers, "seed": seed})
        return 0
    say(f"Đã nạp dữ liệu mô phỏng: {made.agencies} cơ quan, {made.procedures} thủ tục, {made.dossiers} hồ sơ.")
    _print_guests()
    return 0


def _print_guests() -> None:
    from motcua.demonstration.entrance import PASSWORD
    from motcua.demonstration.guests import listed, walks
    from motcua.demonstration.models import Exercise

    say(f"\nTài khoản dùng thử (mật khẩu chung: {PASSWORD})")
    for guest in listed():
        say(f"  {guest.username:<21} {guest.what} – {guest.agency}")
    for walk in walks(Exercise.objects.get().shape):
        say(f"Thử đường đi liên thông: {walk}.")
    say("")


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


COMMANDS: tuple[Command, ...] = (
    Command(
        ("demo", "load"), "nạp tỉnh mẫu để dùng thử", _demo, _demo_arguments,
        examples=("motcua demo load", "motcua demo load --shape 2025 --dossiers 500"),
    ),
    Command(
        ("simulate",), "mô phỏng nhiều năm hồ sơ theo cùng quy tắc", _simulate, _simulate_arguments,
        examples=("motcua simulate --dossiers 2000 --seed 7", "motcua simulate --dossiers 100 --seed 7 --days 60"),
    ),
)
