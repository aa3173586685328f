"""The local day of an instant, told by the database itself."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import DateField, Func


class LocalDay(Func):
    """The local day in which an instant falls, `ahead` hours later.

    Vietnam has been seven hours before UTC since 1975, and adding them is far cheaper than asking for a zone. SQLite
    keeps instants as texts in UTC and days as texts; both compare as days do.
    """

    output_field = DateField()

    def __init__(self, instant: Any, *, ahead: int = 0) -> None:
        super().__init__(instant)
        self.hours = 7 + ahead

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = f"date(%(expressions)s, '+{self.hours} hours')"
        return super().as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = f"(%(expressions)s AT TIME ZONE 'UTC' + INTERVAL '{self.hours} hours')::date"
        return super().as_sql(compiler, connection, template=template, **context)


def as_number(day: str) -> str:
    """Return the SQL that turns a day's column into a number like 20250424."""
    if connection.vendor == "postgresql":
        return f"to_char({day}, 'YYYYMMDD')::integer"
    return f"CAST(REPLACE({day}, '-', '') AS INTEGER)"
