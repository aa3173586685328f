"""Forms of the calendar. Each turns what was typed into changes; nothing is written before the preview is confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from motcua.foundation.calendar import seed
from motcua.foundation.calendar.errors import CalendarError
from motcua.foundation.calendar.notation import read_line, write_line
from motcua.foundation.calendar.rules import AddYear, Change, ClearDay, ConfirmYear, SetDay, SetWeek, WorkingTime
from motcua.foundation.calendar.rules.book import Whose
from motcua.foundation.calendar.types import DayException, DayKind, Sessions, WeeklySessions
from motcua.foundation.core.days import DayField
from motcua.foundation.core.words import WEEKDAYS

ORDINARY = "ordinary"
_HOURS_HINT = (
    "Ví dụ 07:00–11:30, 13:30–17:00. Thêm “chỉ mở cửa” sau giờ của buổi chỉ tiếp nhận, không tính thời hạn. "
    "Để trống là nghỉ."
)


class HoursField(forms.CharField):
    """Sessions of one day, as people write them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=200, **options)

    def clean(self, value: Any) -> Sessions:
        """Return the sessions; what cannot be read is said with the field."""
        try:
            return read_line(super().clean(value))
        except CalendarError as error:
            raise forms.ValidationError(error.message) from None


class BasisForm(forms.Form):
    """The paper every change rests on, and the version its screen was drawn from."""

    version = forms.CharField(widget=forms.HiddenInput)
    basis = forms.CharField(
        label="Căn cứ",
        max_length=300,
        help_text="Số, ngày và tên văn bản, ví dụ “Thông báo 6150/TB-BLĐTBXH ngày 3/12/2024”.",
    )

    def __init__(self, *args: Any, whose: Whose, working_time: WorkingTime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.whose, self.working_time = whose, working_time
        self.order_fields([name for name in self.fields if name != "basis"] + ["basis"])

    def changes(self) -> tuple[Change, ...]:
        """Return what the cleaned form changes."""
        raise NotImplementedError


class DayForm(BasisForm):
    """What one day is."""

    kind = forms.ChoiceField(label="Ngày này là")
    name = forms.CharField(label="Tên gọi", max_length=200, required=False, help_text="Ví dụ “Quốc khánh”.")
    sessions = HoursField(label="Giờ làm việc của ngày", help_text=_HOURS_HINT)
    in_place_of = DayField(
        label="Thay cho ngày", required=False, help_text="Ngày lễ được nghỉ bù, hoặc ngày đổi cho ngày này."
    )
    expected = forms.BooleanField(label="Mới là dự kiến, chưa có thông báo chính thức", required=False)

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.day = day
        kinds = [DayKind.OWN] if self.whose else list(DayKind)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(ORDINARY, "Ngày thường theo lịch tuần"), *((kind.value, kind.label) for kind in kinds)]
        if self.whose:
            del self.fields["in_place_of"], self.fields["expected"]

    def changes(self) -> tuple[Change, ...]:
        """Return the one change of the day."""
        data = self.cleaned_data
        if data["kind"] == ORDINARY:
            return (ClearDay(self.day, self.whose),)
        kind = DayKind(data["kind"])
        entry = DayException(
            day=self.day,
            kind=kind,
            name=data["name"] or kind.label,
            sessions=data["sessions"] or (() if kind is DayKind.OWN else None),
            in_place_of=data.get("in_place_of"),
            source=data["basis"],
            expected=data.get("expected", False),
        )
        return (SetDay(entry, self.whose),)


class SwapForm(BasisForm):
    """A working day off, given for a day of rest that is worked."""

    off = DayField(label="Ngày làm việc được nghỉ")
    worked = DayField(label="Ngày nghỉ đi làm bù", help_text="Làm theo giờ của ngày được nghỉ.")

    def clean(self) -> dict[str, Any]:
        """See that the one counts and the other does not."""
        data = super().clean() or self.cleaned_data
        for name, must_count, text in (
            ("off", True, "Ngày này vốn đã nghỉ, không có gì để đổi."),
            ("worked", False, "Ngày này vốn là ngày làm việc, không có gì để làm bù."),
        ):
            if data.get(name) and self._counts(name, data[name]) is not must_count:
                self.add_error(name, text)
        return data

    def _counts(self, name: str, day: date) -> bool | None:
        try:
            return self.working_time.plan(day).counts
        except CalendarError as error:
            self.add_error(name, error.message)
            return None

    def changes(self) -> tuple[Change, ...]:
        """Return both halves of the swap."""
        off, worked, source = (self.cleaned_data[name] for name in ("off", "worked", "basis"))
        text = f"Làm bù cho ngày {off:%d/%m/%Y}"
        return (
            SetDay(DayException(off, DayKind.SWAPPED_OFF, "Nghỉ hoán đổi", in_place_of=worked, source=source)),
            SetDay(DayException(worked, DayKind.SWAPPED_WORK, text, in_place_of=off, source=source)),
        )


class WeekForm(BasisForm):
    """The sessions of the seven weekdays from a day on."""

    valid_from = DayField(label="Áp dụng từ ngày")

    def __init__(self, *args: Any, week: WeeklySessions, **options: Any) -> None:
        super().__init__(*args, **options)
        for number, (name, sessions) in enumerate(zip(WEEKDAYS, week.days, strict=True)):
            initial = write_line(sessions) if sessions else ""
            self.fields[f"day{number}"] = HoursField(label=name, initial=initial)
        self.fields["day0"].help_text = _HOURS_HINT
        self.order_fields(["valid_from", *(f"day{number}" for number in range(7)), "basis"])

    def changes(self) -> tuple[Change, ...]:
        """Return the new week."""
        days = tuple(self.cleaned_data[f"day{number}"] for number in range(7))
        return (SetWeek(WeeklySessions(self.cleaned_data["valid_from"], days), self.whose),)


class ConfirmYearForm(BasisForm):
    """The notice of a year has come."""

    def __init__(self, *args: Any, year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.year = year

    def changes(self) -> tuple[Change, ...]:
        """Return the confirmation."""
        return (ConfirmYear(self.year),)


class AddYearForm(ConfirmYearForm):
    """The calendar grows by a year."""

    def changes(self) -> tuple[Change, ...]:
        """Return the new year with the days off that law and moon let expect."""
        return (AddYear(self.year, seed.expected_year(self.year)),)
