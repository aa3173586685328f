"""Commands: building the kept sums anew, comparing them with the rows, and reading a number."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from motcua.foundation.core.cli import Command, CommandError, say, say_json

if TYPE_CHECKING:
    from motcua.foundation.indicators.types import Number


def _json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def _recompute(options: Namespace) -> int:
    from motcua.foundation.indicators import building, comparing

    built = [building.build(source) for source in comparing.kept_sources()]
    for source in comparing.kept_sources():
        comparing.compare(source)
    if options.json:
        say_json({"sources": [asdict(one) for one in built]})
        return 0
    for one in built:
        more = f", bổ sung {one.completed} hồ sơ cũ" if one.completed else ""
        say(f"{one.source}: tính lại {one.cells} ô trong {one.seconds:.1f} giây{more}.")
    return 0


def _verify(options: Namespace) -> int:
    """Exit code 1 where something differs."""
    from motcua.foundation.indicators import comparing

    found = {source.code: comparing.differences(source) for source in comparing.kept_sources()}
    for source in comparing.kept_sources():
        comparing.compare(source)
    total = sum(map(len, found.values()))
    if options.json:
        say_json({
            "agrees": total == 0,
            "sources": [{"source": code, "differences": [asdict(one) for one in rows]} for code, rows in found.items()],
        })
        return int(total > 0)
    for code, rows in found.items():
        say(f"{code}: {'khớp với dữ liệu gốc' if not rows else f'{len(rows)} ô khác dữ liệu gốc'}.")
        for one in rows[:20]:
            say(f"  {one.measure} · cơ quan {one.agency} · {one.field or '(chưa ghi lĩnh vực)'} · {one.when}: "
                f"cộng dồn {one.kept}, đếm lại {one.counted}")
    if total:
        say("Số trên màn hình có ghi chú chênh lệch. Chạy `motcua indicators recompute` để tính lại từ dữ liệu gốc.")
    return int(total > 0)


def _read_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", nargs="*", metavar="MÃ", help="mã chỉ tiêu; để trống là tất cả")
    parser.add_argument("--period", metavar="KỲ", help="2026, 2026-Q1, 2026-03 hoặc 2026-01-01..2026-03-31")
    parser.add_argument("--as-of", metavar="NGÀY", help="số liệu tại cuối ngày này, ví dụ 2026-03-31")
    parser.add_argument("--level", default="", metavar="CẤP", help="chỉ cơ quan của cấp này, ví dụ commune")
    parser.add_argument("--field", default="", metavar="LĨNH_VỰC", help="chỉ lĩnh vực này")
    _json(parser)


def _read(options: Namespace) -> int:
    from motcua.foundation.core.errors import Refusal
    from motcua.foundation.indicators import registry, selectors
    from motcua.foundation.indicators.presenting import value_words
    from motcua.foundation.indicators.types import Period, Scope

    try:
        period = Period.parse(options.period) if options.period else None
        as_of = date.fromisoformat(options.as_of) if options.as_of else None
        scope = Scope(level=options.level, field=options.field)
        numbers = selectors.ask_many(options.code or registry.codes(), scope, period, as_of)
    except Refusal as refusal:
        raise CommandError(refusal.message) from refusal
    except ValueError:
        raise CommandError(f"--as-of “{options.as_of[:20]}” không phải là ngày; viết 2026-03-31.") from None
    if options.json:
        say_json({"numbers": [_plain(code, number) for code, number in numbers.items()]})
        return 0
    for code, number in numbers.items():
        say(f"{code:34} {value_words(number):>14}  {registry.indicator(code).name}")
    return 0


def _plain(code: str, number: Number) -> dict[str, object]:
    from motcua.foundation.indicators import registry

    of = registry.indicator(code)
    return {
        "code": code, "name": of.name, "unit": of.unit.value, "value": None if number.value is None else
        float(number.value), "numerator": number.numerator, "denominator": number.denominator,
        "unstated": number.unstated, "unknown": number.unknown or None, "as_of": number.as_of.isoformat(),
        "period": number.period.key, "read_at": number.read_at.isoformat(),
        "compared_at": number.compared_at and number.compared_at.isoformat(),
        "disagreement": number.disagreement and {
            "kept": number.disagreement.kept, "counted": number.disagreement.counted
        },
    }


def _fold(options: Namespace) -> int:
    from motcua.foundation.indicators import folding

    folded = folding.fold()
    if options.json:
        say_json({"folded": folded})
    else:
        say(f"Đã cộng dồn {folded} thay đổi.")
    return 0


COMMANDS = (
    Command(
        ("indicators", "read"), "đọc số liệu theo phạm vi, kỳ và ngày", _read, _read_arguments, makes_store=False,
        examples=("motcua indicators read --period 2026-Q3", "motcua indicators read dossiers-open --json"),
    ),
    Command(
        ("indicators", "recompute"), "tính lại mọi số cộng dồn từ dữ liệu gốc", _recompute, _json, makes_store=False,
        examples=("motcua indicators recompute --json",),
    ),
    Command(
        ("indicators", "verify"), "so số cộng dồn với dữ liệu gốc; khác nhau thì mã thoát là 1", _verify, _json,
        makes_store=False, examples=("motcua indicators verify --json",),
    ),
    Command(
        ("indicators", "fold"), "cộng dồn ngay những thay đổi đang chờ", _fold, _json, makes_store=False,
        examples=("motcua indicators fold",),
    ),
)
