"""What the pages of numbers are asked: whose, in which field, over which days, as of which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from motcua.foundation.core import time, words
from motcua.foundation.core.days import DayField
from motcua.foundation.core.policies import Actor
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.indicators import registry
from motcua.foundation.indicators.types import Period, Scope
from motcua.foundation.organisations.models import Agency, Level
from motcua.foundation.organisations.selectors import at_work, family

MINE, ALL, CHOSEN = "cua-toi", "tat-ca", "chon"
WATCHERS = (Role.STEWARD, Role.CONTROLLER, Role.AUDITOR)
PERIODS = (
    ("nam", "Năm nay"), ("quy", "Quý này"), ("thang", "Tháng này"), ("nam-truoc", "Năm trước"),
    ("quy-truoc", "Quý trước"), ("thang-truoc", "Tháng trước"), (CHOSEN, "Tự chọn ngày"),
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, with the words for it and the address part that asks it again."""

    scope: Scope
    period: Period
    as_of: date | None
    place: str
    again: str

    @property
    def words(self) -> str:
        """Return what is asked in words."""
        parts = [self.place, self.period.label, f"tính đến hết {words.day(self.as_of)}" if self.as_of else ""]
        return " · ".join(part for part in parts if part)


class AskForm(forms.Form):
    """Whose numbers, which field, which days."""

    co_quan = forms.ChoiceField(label="Cơ quan")
    duoi = forms.BooleanField(label="Gồm cả cơ quan trực thuộc", required=False)
    cap = forms.ChoiceField(label="Cấp")
    linh_vuc = forms.ChoiceField(label="Lĩnh vực")
    ky = forms.ChoiceField(label="Kỳ", choices=PERIODS)
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)
    ngay = DayField(label="Số liệu tại cuối ngày", required=False)

    def __init__(self, data: Mapping[str, Any], actor: Actor) -> None:
        super().__init__(data)
        agencies = [(row.public_id, row.name) for row in at_work()]
        own = [(MINE, f"Cơ quan tôi: {actor.agency_name}")] if _works(actor) else []  # type: ignore[attr-defined]
        self.choose("co_quan", [(ALL, "Cả tỉnh"), *own, *agencies])
        self.choose("cap", [(ALL, "Mọi cấp"), *Level.objects.order_by("order").values_list("code", "name")])
        self.choose("linh_vuc", [(ALL, "Mọi lĩnh vực"), *((name, name) for name in registry.fields())])

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set the choices of a field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse days that cannot be counted, with the field they stand in."""
        given: dict[str, Any] = super().clean() or {}
        first, last, day = given.get("tu"), given.get("den"), given.get("ngay")
        if given.get("ky") == CHOSEN and not (first and last):
            self.add_error("tu" if not first else "den", "Tự chọn ngày thì nhập cả ngày đầu và ngày cuối.")
        if first and last and last < first:
            self.add_error("den", "Ngày cuối trước ngày đầu; anh/chị chọn lại.")
        if day and day > time.today():
            self.add_error("ngay", "Ngày này chưa tới nên chưa có số liệu; anh/chị chọn ngày khác.")
        return given


def _works(actor: Actor) -> bool:
    return isinstance(actor, Officer) and bool(actor.works_at)


def default_place(actor: Actor) -> str:
    """Return whose numbers are shown first: who watches over the province sees all of it."""
    watches = isinstance(actor, Officer) and actor.has_anywhere(*WATCHERS)
    return MINE if _works(actor) and not watches else ALL


def asked(said: QueryDict, actor: Actor) -> tuple[AskForm, Question]:
    """Return the form to draw and what is asked; what cannot be read asks as if nothing had been said (4 queries)."""
    initial = {"co_quan": default_place(actor), "ky": "nam", "cap": ALL, "linh_vuc": ALL}
    form = AskForm({**initial, **{name: said for name, said in said.dict().items() if said}}, actor)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {**initial}
    place, agencies, under = _place(given, actor, form)
    question = Question(
        Scope(agencies=agencies, under=under, level=_narrowed(given, "cap"), field=_narrowed(given, "linh_vuc")),
        _period(given), given.get("ngay"), place, urlencode(_said(given)),
    )
    return form, question


def _said(given: Mapping[str, Any]) -> dict[str, str]:
    """Return what was said as it stands in a link: days as machines write them."""
    found = {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items() if value}
    return {name: "1" if value is True else value for name, value in found.items()}


def _place(given: Mapping[str, Any], actor: Actor, form: AskForm) -> tuple[str, frozenset[int] | None, int | None]:
    chosen = given.get("co_quan") or ALL
    if chosen == ALL:
        place, agencies, under = "Cả tỉnh", None, None
    else:
        own = actor.agency_id if chosen == MINE and isinstance(actor, Officer) else None
        key = own or Agency.objects.values_list("pk", flat=True).get(public_id=chosen)
        named = dict(form.fields["co_quan"].choices)[chosen]  # type: ignore[attr-defined]
        below = bool(given.get("duoi"))
        place = f"{named.removeprefix('Cơ quan tôi: ')}{' và cơ quan trực thuộc' if below else ''}"
        agencies, under = (None, key) if below else (frozenset(family(key)), None)
    level = dict(form.fields["cap"].choices).get(_narrowed(given, "cap"), "")  # type: ignore[attr-defined]
    return " · ".join(filter(None, [place, level, _narrowed(given, "linh_vuc")])), agencies, under


def _narrowed(given: Mapping[str, Any], name: str) -> str:
    chosen: str = given.get(name, ALL)
    return "" if chosen == ALL else chosen


def _period(given: Mapping[str, Any]) -> Period:
    day, kind = given.get("ngay") or time.today(), given.get("ky") or "nam"
    if kind == CHOSEN:
        return Period(given["tu"], given["den"])
    if kind.endswith("-truoc"):
        kind = kind.removesuffix("-truoc")
        day = _named(kind, day).first - timedelta(days=1)
    return _named(kind, day)


def _named(kind: str, day: date) -> Period:
    if kind == "quy":
        return Period.quarter(day.year, (day.month + 2) // 3)
    return Period.month(day.year, day.month) if kind == "thang" else Period.year(day.year)
