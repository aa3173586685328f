"""The shipped regimes, forms and titles of signers as data, read into values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from motcua.foundation.core.errors import NotFound
from motcua.foundation.identity.types import Role
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


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8"))


@cache
def regimes() -> Mapping[str, Regime]:
    """Return all regimes by code."""
    return {row["code"]: _regime(row) for row in _data("regimes.toml")["regime"]}


@cache
def forms() -> Mapping[str, Form]:
    """Return all forms by code."""
    return {row["code"]: form_of(row) for row in _data("forms.toml")["form"]}


@cache
def form_rows() -> Mapping[str, dict[str, Any]]:
    """Return the forms as they are written, by code: what a period keeps of its own."""
    return {row["code"]: row for row in _data("forms.toml")["form"]}


def regime(code: str) -> Regime:
    """Return a regime. Raises NotFound."""
    if code not in regimes():
        raise NotFound(f"Không có chế độ báo cáo “{code[:40]}”. Chưa có gì thay đổi; anh/chị chọn trong danh sách.")
    return regimes()[code]


@cache
def titles() -> Mapping[str, tuple[str, str]]:
    """Return what head and deputy are called, by the form of an agency."""
    return {form: (row["head"], row["deputy"]) for row in _data("regimes.toml")["signer"] for form in row["forms"]}


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
    assert set(due) == set(Rank) and found.first.of(2020) < found.last.of(2020) < min(d.of(2020) for d in due.values())
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
