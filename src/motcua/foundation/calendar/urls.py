"""Addresses of the calendar, under /lich."""

from datetime import date

from django.urls import path, register_converter

from motcua.foundation.calendar import desk
from motcua.foundation.calendar.policies import CALENDAR
from motcua.foundation.core.menu import MenuEntry, declare


class DayConverter:
    """A day in an address: 2026-01-02."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the day; ValueError makes the address unknown."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Return the day as text."""
        return value if isinstance(value, str) else value.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("", desk.year, name="calendar-year"),
    path("nap", desk.load, name="calendar-load"),
    path("ngay/<day:day>", desk.day, name="calendar-day"),
    path("hoan-doi", desk.swap, name="calendar-swap"),
    path("tuan", desk.week, name="calendar-week"),
    path("nam/<int:year>/xac-nhan", desk.confirm_year, name="calendar-confirm-year"),
    path("nam-moi", desk.add_year, name="calendar-add-year"),
]

declare(MenuEntry("Lịch làm việc", "calendar-year", "calendar", 70, "calendar.read", CALENDAR))
