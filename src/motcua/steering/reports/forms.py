"""What the screens of this room ask for; each form gives the values of one verb."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from motcua.foundation.core import time, words
from motcua.foundation.core.days import DayField
from motcua.foundation.core.policies import Actor
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import at_work
from motcua.steering.reports import regimes, rules
from motcua.steering.reports.actions import Plan
from motcua.steering.reports.content import Content, draft
from motcua.steering.reports.types import Cell, CellKind, PeriodKind, Rank, Window

_WHOLE = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+")
_WRITTEN = re.compile(rf"({_WHOLE.pattern})(?:,([0-9]{{1,3}}))?")
BAD_NUMBER = "Số này không đọc được; viết như 1.234 hoặc 97,5."


def read_number(text: str) -> Decimal | None:
    """Return a number as people write it, None for nothing: dots between thousands, a comma before decimals.

    Raises ValidationError: 1.5 may be meant either way, so it is asked again.
    """
    text = text.replace("\N{NO-BREAK SPACE}", " ").strip()
    if not text:
        return None
    found = _WRITTEN.fullmatch(text)
    if found is None or len(text) > 20:
        raise ValidationError(BAD_NUMBER)
    return Decimal(re.sub(r"[. ]", "", found[1]) + (f".{found[2]}" if found[2] else ""))


class NumberField(forms.CharField):
    """A number as Vietnamese offices write it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Return the number, or None."""
        return read_number(super().clean(value))


class OwedField(forms.CharField):
    """Words that must stand before the report is sent, though not each time it is saved."""

    def validate(self, value: Any) -> None:
        """Let it be empty for now."""


class Contest(forms.Form):
    """The unit's own figure and why it differs."""

    value = NumberField(label="Số của đơn vị")
    reason = forms.CharField(
        label="Lý do", max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="Ghi nguồn của số và vì sao khác; cấp trên đọc kèm hai số.",
    )


class Reason(forms.Form):
    """Why a report is given back or corrected."""

    reason = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea({"rows": 3}))


class Words(forms.Form):
    """All that a unit writes into its report: words, beginning with the draft, and numbers no record holds."""

    use_required_attribute = False

    def __init__(self, content: Content, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.content = content
        for cell in content.form.cells:
            if cell.kind is CellKind.WORDS:
                self.fields[cell.code] = _words_field(content, cell)
            elif cell.kind is CellKind.MANUAL:
                said = content.figure(cell.code)
                stated = said.stated if said else None
                self.fields[cell.code] = NumberField(
                    label=f"{cell.name} ({cell.unit})", required=False,
                    initial="" if stated is None else words.number(stated),
                    help_text="Để trống là chưa rõ, không phải 0.",
                )

    def texts(self) -> dict[str, str]:
        """Return the words by cell."""
        return {cell.code: self.cleaned_data[cell.code] for cell in self.content.form.texts}

    def values(self) -> dict[str, Decimal | None]:
        """Return the typed numbers by cell."""
        cells = self.content.form.figures
        return {cell.code: self.cleaned_data[cell.code] for cell in cells if cell.kind is CellKind.MANUAL}


def _words_field(content: Content, cell: Cell) -> forms.CharField:
    """Return the field of a text: what was written, else the draft that the machine made."""
    written, drafted = content.texts.get(cell.code, ""), draft(content, cell)
    owed = "Phải có trước khi ký gửi." if cell.required else ""
    said = "Bản nháp máy viết từ số liệu; anh/chị sửa rồi lưu." if drafted and not written else ""
    text = written or drafted
    rows = min(14, max(3, 2 + len(text) // 90 + text.count("\n")))
    kind = OwedField if cell.required else forms.CharField
    return kind(
        label=cell.name, required=cell.required, max_length=20_000, initial=text,
        widget=forms.Textarea({"rows": rows}), help_text=f"{said} {owed}".strip(),
    )


class OpenPeriod(forms.Form):
    """Which period is opened. Days left empty are the regime's."""

    what = forms.ChoiceField(label="Báo cáo")
    year = forms.TypedChoiceField(label="Năm", coerce=int)
    name = forms.CharField(
        label="Tên báo cáo", required=False, max_length=200, help_text="Chỉ cần cho báo cáo đột xuất, chuyên đề."
    )
    first = DayField(label="Số liệu từ ngày", required=False)
    last = DayField(label="Số liệu đến hết ngày", required=False)
    due_below = DayField(label="Hạn gửi cấp trên trực tiếp (xã gửi huyện)", required=False)
    due_direct = DayField(label="Hạn gửi cơ quan tổng hợp của tỉnh", required=False)
    due_top = DayField(label="Hạn của báo cáo cả tỉnh", required=False)
    units = forms.ModelMultipleChoiceField(
        label="Đơn vị phải báo cáo", queryset=Agency.objects.none(), required=False,
        help_text="Không chọn là mọi đơn vị. Chỉ dùng cho báo cáo đột xuất, chuyên đề.",
    )

    def __init__(self, actor: Actor, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        today = time.today()
        self.choice("what").choices = _choices(actor)
        self.choice("year").choices = [(year, str(year)) for year in reversed(regimes.years(today))]
        units = self.fields["units"]
        assert isinstance(units, forms.ModelMultipleChoiceField)
        units.queryset = at_work()

    def choice(self, name: str) -> forms.ChoiceField:
        """Return a field of choices."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def clean(self) -> dict[str, Any]:
        """Work out the window; a report without a fixed one needs all of its days."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            regime, _, code = str(data["what"]).partition(":")
            kind = PeriodKind(code) if code in {PeriodKind.AD_HOC, PeriodKind.THEMATIC} else PeriodKind.PERIODIC
            data["plan"] = Plan(
                regime=regime, year=data["year"], what=kind, occasion=code if kind is PeriodKind.PERIODIC else "",
                name=data["name"].strip(), form="thematic" if kind is PeriodKind.THEMATIC else "",
                units=frozenset(unit.pk for unit in data["units"]) if kind is not PeriodKind.PERIODIC else frozenset(),
                window=self._window(regime, code, kind, data),
            )
        return data

    def _window(self, regime: str, code: str, kind: PeriodKind, data: Mapping[str, Any]) -> Window | None:
        dues: dict[Rank, date | None] = {rank: data[f"due_{rank.value}"] for rank in Rank}
        given = {rank: day for rank, day in dues.items() if day is not None}
        if kind is not PeriodKind.PERIODIC:
            return self._own_window(data, given)
        version = regimes.regime(regime).on(date(data["year"], 12, 31))
        occasion = version.occasion(code) if version else None
        if occasion is None:
            return None
        usual = rules.window(occasion, data["year"])
        return replace(
            usual, first=data["first"] or usual.first, last=data["last"] or usual.last, due={**usual.due, **given}
        )

    def _own_window(self, data: Mapping[str, Any], given: Mapping[Rank, date]) -> Window | None:
        missing = [name for name in ("first", "last") if not data[name]]
        missing += [f"due_{rank.value}" for rank in Rank if rank not in given]
        for name in missing:
            self.add_error(name, "Báo cáo đột xuất, chuyên đề cần đủ các ngày; anh/chị ghi ngày này.")
        return None if missing else Window(data["first"], data["last"], given)


def _choices(actor: Actor) -> list[Any]:
    """Return what a person may open: the occasions of his regimes, ad-hoc and thematic reports."""
    found = []
    for regime in regimes.regimes().values():
        if isinstance(actor, Officer) and not actor.has_anywhere(regime.opened_by):
            continue
        version = regime.on(time.today())
        fixed = version.occasions if version else ()
        occasions = [(f"{regime.code}:{one.code}", f"Báo cáo {one.name}") for one in fixed]
        others = [(f"{regime.code}:{kind.value}", f"Báo cáo {kind.label.lower()}") for kind in list(PeriodKind)[1:]]
        found.append((regime.name, [*occasions, *others]))
    return found
