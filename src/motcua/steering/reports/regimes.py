"""Regimes, forms and titles of signers as data: what ships, and what a province has set in its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.registers import Kept
from motcua.foundation.identity.types import Role
from motcua.steering.reports.errors import BadBook
from motcua.steering.reports.types import (
    Cell,
    CellKind,
    Check,
    Form,
    Occasion,
    Rank,
    Regime,
    RegimeVersion,
    Section,
    Sentence,
    YearDay,
)

_PLACE = re.compile(r"line (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class Book:
    """All regimes and forms by code, the forms also as they are written, and what heads and deputies are called."""

    regimes: Mapping[str, Regime]
    forms: Mapping[str, Form]
    form_rows: Mapping[str, dict[str, Any]]
    titles: Mapping[str, tuple[str, str]]


def shipped(name: str) -> str:
    """Return the text of a data file of this room."""
    return resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")


@cache
def read(own: str) -> Book:
    """Return what ships, with a province's own regimes and forms in the place of those of the same code.

    Raises BadBook with the line or the key that cannot be right.
    """
    try:
        mine = tomllib.loads(own)
        files = [tomllib.loads(shipped(name)) for name in ("regimes.toml", "forms.toml")] + [mine]
        rows = {kind: [row for file in files for row in file.get(kind, ())] for kind in ("regime", "form", "signer")}
        unknown = set(mine) - set(rows)
        if unknown:
            raise BadBook(f"không có mục {', '.join(sorted(unknown))}")
        book = Book(
            regimes={row["code"]: _regime(row) for row in rows["regime"]},
            forms={row["code"]: form_of(row) for row in rows["form"]},
            form_rows={row["code"]: row for row in rows["form"]},
            titles={form: (row["head"], row["deputy"]) for row in rows["signer"] for form in row["forms"]},
        )
        _check(book)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        where = f" ở dòng {place[1]}, cột {place[2]}" if place else ""
        raise BadBook(f"sai cú pháp TOML{where}") from error
    except KeyError as error:
        raise BadBook(f"thiếu mục {error.args[0]}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise BadBook("có mục viết sai kiểu: chữ, số, ngày hoặc danh sách") from error
    return book


def _check(book: Book) -> None:
    """Raise BadBook where a form names a cell that does not stand before, or a regime a form that is not there."""
    for form in book.forms.values():
        before = set[str]()
        for cell in form.figures:
            missing = {*cell.over, *cell.under} - before
            if missing or cell.is_derived != bool(cell.over):
                raise BadBook(f"biểu {form.code}, ô {cell.code}: các ô để tính phải đứng trước nó")
            before.add(cell.code)
        if len({cell.code for cell in form.cells}) != len(form.cells):
            raise BadBook(f"biểu {form.code}: có hai ô cùng mã")
        if any({*check.left, *check.right} - before for check in form.checks):
            raise BadBook(f"biểu {form.code}: phép đối chiếu nêu ô không có")
    for regime in book.regimes.values():
        if regime.form not in book.forms:
            raise BadBook(f"chế độ {regime.code} dùng biểu {regime.form}, biểu này không có")


def _own_text(_key: str) -> str:
    from motcua.steering.reports.models import RegimeFile

    return RegimeFile.objects.order_by("-pk").values_list("text", flat=True).first() or ""


# Asked for each line of a list; loading another file leaves another mark of the registers.
_OWN = Kept(_own_text)


def book() -> Book:
    """Return the regimes and forms of this store (1 query, none again in the same request)."""
    return read(_OWN(""))


def regimes() -> Mapping[str, Regime]:
    """Return all regimes by code."""
    return book().regimes


def forms() -> Mapping[str, Form]:
    """Return all forms by code."""
    return book().forms


def form_rows() -> Mapping[str, dict[str, Any]]:
    """Return the forms as they are written, by code: what a period keeps of its own."""
    return book().form_rows


def titles() -> Mapping[str, tuple[str, str]]:
    """Return what head and deputy are called, by the form of an agency."""
    return book().titles


def regime(code: str) -> Regime:
    """Return a regime. Raises NotFound."""
    found = regimes().get(code)
    if found is None:
        raise NotFound(f"Không có chế độ báo cáo “{code[:40]}”. Chưa có gì thay đổi; anh/chị chọn trong danh sách.")
    return found


def _regime(row: Mapping[str, Any]) -> Regime:
    versions = tuple(
        RegimeVersion(
            valid_from=one["valid_from"], valid_to=one.get("valid_to"), basis=one["basis"], trust=one["trust"],
            kinds=tuple(one["kinds"]), outside=tuple(one["outside"]), prepared_by=one.get("prepared_by", {}),
            occasions=tuple(_occasion(inner) for inner in one["occasion"]),
        )
        for one in row["version"]
    )
    return Regime(row["code"], row["name"], Role(row["opened_by"]), row["form"], versions)


def _occasion(row: Mapping[str, Any]) -> Occasion:
    due = {Rank(rank): YearDay(*day) for rank, day in row["due"].items()}
    found = Occasion(row["code"], row["name"], YearDay(*row["first"]), YearDay(*row["last"]), due)
    if set(due) != set(Rank):
        raise BadBook(f"báo cáo {found.code}: cần đủ ba hạn top, direct, below")
    if not found.first.of(2020) <= found.last.of(2020) < min(day.of(2020) for day in due.values()):
        raise BadBook(f"báo cáo {found.code}: ngày đầu, ngày cuối và hạn không theo thứ tự")
    return found


def form_of(row: Mapping[str, Any]) -> Form:
    """Return a form from its data; every cell that another one names stands before it."""
    sections = tuple(
        Section(one["title"], tuple(_cell(inner) for inner in one["cell"])) for one in row["section"]
    )
    checks = tuple(Check(one["name"], tuple(one["left"]), tuple(one["right"])) for one in row.get("check", ()))
    return Form(row["code"], row["name"], row["title"], row["basis"], sections, checks)


def _cell(row: Mapping[str, Any]) -> Cell:
    draft = tuple(
        Sentence(one["say"], one.get("otherwise", ""), one.get("unless_zero", "")) for one in row.get("draft", ())
    )
    return Cell(
        code=row["code"], name=row["name"], kind=CellKind(row["kind"]), unit=row.get("unit", ""),
        indicator=row.get("indicator", ""), before=row.get("before", False), over=tuple(row.get("over", ())),
        under=tuple(row.get("under", ())),
        adds=row.get("adds", True), gathers=row.get("gathers", False), required=row.get("required", False),
        draft=draft,
    )


def years(today: date) -> range:
    """Return the years a period may be opened for: this one and the two before."""
    return range(today.year - 2, today.year + 1)
