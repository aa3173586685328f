"""The field for a day, as Vietnamese offices write one: day, month, year.

A browser's own date box speaks the language that the browser was installed in. On an English one the fifth of
November reads 11/05, and the officer who types 05/11 promises a citizen the eleventh of May. So a day is text here,
read leniently and written back in one way; the browser's calendar stands beside it and only fills it in.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.foundation.core import time, words
from motcua.foundation.core.templatetags.kit import icon

_WRITTEN = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})(?:\s*[/.\-\s]\s*(\d{4}))?", re.ASCII)
_RUN_TOGETHER = re.compile(r"(\d\d)(\d\d)(\d{4})", re.ASCII)
_OF_MACHINES = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
MESSAGES = {
    "required": "Anh/chị nhập ngày, ví dụ 24/4/2025.",
    "invalid": "Ngày này không đọc được; viết ngày/tháng/năm, ví dụ 24/4/2025.",
    "impossible": "Trên lịch không có ngày này; xem lại ngày, tháng và năm.",
}


def read_day(text: str, today: date) -> date | None:
    """Return the day that was written, of this year where no year stands; None when it is not written as a day.

    A day that no calendar has raises ValueError.
    """
    text = text.strip()
    if machine := _OF_MACHINES.fullmatch(text):
        return date(int(machine["year"]), int(machine["month"]), int(machine["day"]))
    if (written := _RUN_TOGETHER.fullmatch(text) or _WRITTEN.fullmatch(text)) is None:
        return None
    day, month, year = written.groups()
    return date(int(year or today.year), int(month), int(day))


def _key() -> SafeString:
    drawn = icon("calendar", "Chọn trên lịch")
    return format_html('<button type="button" class="btn btn-plain" data-day-open hidden>{}</button>', drawn)


class DayInput(forms.TextInput):
    """A line for the day, and the key to the browser's calendar, which the page's script shows where there is one."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "ngày/tháng/năm"}
        super().__init__({**own, "maxlength": 14, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Return the day as people write it; what could not be read stands as it was typed."""
        if isinstance(value, str):
            try:
                read = read_day(value, time.today())
            except ValueError:
                read = None
            return words.day(read) if read else value
        return words.day(value) if isinstance(value, date | datetime) else ""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Draw the line and the key."""
        line = super().render(name, value, attrs, renderer)
        return format_html('<span class="day-row">{}{}</span>', line, _key())


class DayField(forms.DateField):
    """A day: 24/4/2025, 24-4-2025, 24042025, 24/4 of this year, or 2025-04-24 in a link."""

    widget = DayInput
    default_error_messages = {**MESSAGES}

    def to_python(self, value: Any) -> date | None:
        """Return the day; what cannot be read is said with the field."""
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            day = read_day(value, time.today())
        except ValueError:
            raise ValidationError(self.error_messages["impossible"], code="impossible") from None
        if day is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day
