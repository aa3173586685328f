"""`motcua organisations list`: the register as of a day; `load`: a place's register into a store that begins."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from motcua.foundation.core.cli import Command, CommandError, say, say_json, warn
from motcua.foundation.organisations.types import ListedUnit, Register


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="NĂM-THÁNG-NGÀY", help="ngày cần xem; mặc định là hôm nay")
    parser.add_argument("--kind", metavar="LOẠI", help="chỉ một loại cơ quan, ví dụ commune")
    parser.add_argument("--json", action="store_true", help="in ra JSON cho chương trình khác đọc")


def _day(text: str | None) -> date:
    from motcua.foundation.organisations.selectors import register_day

    if text is None:
        return register_day()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}” không phải một ngày; hãy viết theo mẫu 2016-06-15.") from None


def _register() -> Register:
    """Return the store's register; an empty store lists the data file that is shipped, and says so."""
    from motcua.foundation.organisations import datafile, rules, selectors

    register = selectors.register()
    if register.units:
        return register
    warn("Kho này chưa có cơ quan nào: liệt kê theo tệp dữ liệu Bắc Kạn đi kèm phần mềm.")
    known = datafile.read_catalogue(datafile.shipped("kinds.toml"))
    return rules.replay(known, datafile.read_events(datafile.shipped("bac-kan.csv"), known))


def _as_json(unit: ListedUnit) -> dict[str, object]:
    return {
        "code": unit.code, "name": unit.name, "kind": unit.kind, "level": unit.level, "parent": unit.parent,
        "valid_from": unit.valid_from.isoformat(), "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "successors": list(unit.successors),
    }


def list_units(chosen: Namespace) -> int:
    """Print the agencies that exist on a day."""
    from motcua.foundation.organisations import readings

    day, register = _day(chosen.as_of), _register()
    if chosen.kind is not None and chosen.kind not in register.catalogue.kinds:
        known = ", ".join(register.catalogue.kinds)
        raise CommandError(f"không có loại cơ quan “{chosen.kind}”; các loại: {known}.")
    units = readings.list_units(register, day, chosen.kind)
    if chosen.json:
        say_json({"as_of": day.isoformat(), "units": [_as_json(unit) for unit in units]})
        return 0
    for unit in units:
        say(f"{'  ' * unit.depth}{unit.code}  {unit.title}")
    say(f"{len(units)} cơ quan ngày {day:%d/%m/%Y}")
    return 0


def _file(parser: ArgumentParser) -> None:
    parser.add_argument(
        "path", nargs="?", type=Path, metavar="TỆP", help="tệp .csv các sự kiện có ngày; bỏ trống: tệp Bắc Kạn đi kèm"
    )


def load_register(chosen: Namespace) -> int:
    """Enter the events of a data file; what the store knows already is passed over."""
    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.verbs import Call
    from motcua.foundation.organisations import actions, datafile

    path: Path | None = chosen.path
    try:
        text = path.read_text(encoding="utf-8") if path else datafile.shipped("bac-kan.csv")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"Không đọc được tệp {path}: cần một tệp .csv mã UTF-8.") from error
    count = actions.load_place(Call(SYSTEM_ACTOR), text)
    say(f"Đã ghi {count} sự kiện mới vào danh mục cơ quan." if count else "Danh mục đã có đủ, không có gì mới.")
    return 0


COMMANDS: tuple[Command, ...] = (
    Command(
        ("organisations", "list"), "liệt kê cơ quan ở một ngày", list_units, _arguments,
        examples=("motcua organisations list --as-of 2016-06-15 --kind commune --json",),
    ),
    Command(
        ("organisations", "load"), "nạp danh mục cơ quan từ một tệp sự kiện", load_register, _file,
        examples=("motcua organisations load tinh.csv",),
    ),
)
