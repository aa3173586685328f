"""For migrations: what Django adds to a table of the hot path without being asked."""

from __future__ import annotations

from collections.abc import Callable

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython


def without_pattern_indexes(*tables: str) -> RunPython:
    """Drop the second index that every unique text gets on PostgreSQL for `LIKE 'abc%'`: nobody asks that here.

    Each one is paid for by every reception.
    """
    return RunPython(_dropping(tables), RunPython.noop)


def _dropping(tables: tuple[str, ...]) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    def drop(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        with editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY(%s) "
                "AND indexname LIKE '%%\\_like'", [list(tables)],
            )
            names = [name for (name,) in cursor.fetchall()]
        for name in names:
            editor.execute(f"DROP INDEX {editor.quote_name(name)}")

    return drop
