"""The local day of an instant, counted by the database itself: a number like 20250424."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, IntegerField


class LocalDay(Func):
    """The local day in which an instant falls, `ahead` hours later. SQLite keeps instants as texts in UTC."""

    output_field = IntegerField()

    def __init__(self, instant: Any, *, ahead: int = 0) -> None:
        super().__init__(instant)
        self.ahead = ahead

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Vietnam has been seven hours before UTC since 1975."""
        template = f"CAST(REPLACE(date(%(expressions)s, '+{7 + self.ahead} hours'), '-', '') AS INTEGER)"
        return super().as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        moved = f"(%(expressions)s + INTERVAL '{self.ahead} hours')" if self.ahead else "%(expressions)s"
        template = f"to_char({moved} AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYYMMDD')::integer"
        return super().as_sql(compiler, connection, template=template, **context)
