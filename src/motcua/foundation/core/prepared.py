"""Queries and inserts compiled once a process: the hot path of the counter does not build the same SQL again each time.

    BY_ID = Prepared(lambda public_id: Dossier.objects.filter(public_id=public_id), "")
    dossier = BY_ID.first("2ythn598374p6x")

The query set is an ordinary one; only its compilation is kept, by finding where each argument stands among the
parameters. What may be prepared has as many parameters whatever its arguments are (no `__in`, no None).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
# One stand-in a kind of argument and place: nobody's key, name or day.
_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda n: 2_011_000_000 + n,
    str: lambda n: f"~stand-in-{n}~",
    date: lambda n: date(9998, 1, 1 + n),
    datetime: lambda n: datetime(9998, 1, 1 + n, 1, 2, 3, 4, tzinfo=UTC),
}


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is kept of a compiled query."""

    compiler: Any
    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int, bool], ...]  # (parameter, argument, as text)
    converters: dict[Any, Any]


class Prepared(Generic[M]):
    """A query set compiled once. `samples` tell the kinds of its arguments: an int, a text, a day, an instant."""

    def __init__(self, build: Callable[..., QuerySet[M]], *samples: Any) -> None:
        self.build = build
        self.samples = samples
        self._plans: dict[str, _Plan] = {}

    def rows(self, *values: Any) -> list[M]:
        """Return all rows for these arguments (1 query)."""
        plan = self._plans.get(connections[DEFAULT_DB_ALIAS].vendor) or self._compile()
        params = list(plan.params)
        for place, which, as_text in plan.places:
            params[place] = _as_text(values[which]) if as_text else values[which]
        found = _fetched(plan.sql, params)
        return [cast(M, row) for row in _models(plan, found)]

    def first(self, *values: Any) -> M | None:
        """Return the first row for these arguments, or None (1 query)."""
        found = self.rows(*values)
        return found[0] if found else None

    def _compile(self) -> _Plan:
        connection = connections[DEFAULT_DB_ALIAS]
        marks = [_STAND_INS[type(sample)](at) for at, sample in enumerate(self.samples)]
        compiler = self.build(*marks).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        places = []
        for place, param in enumerate(params):
            for which, mark in enumerate(marks):
                if param == mark or (isinstance(param, str) and param == _as_text(mark)):
                    places.append((place, which, type(param) is not type(mark)))
        if {which for _, which, _ in places} != set(range(len(marks))):
            raise ValueError("an argument of the prepared query is nowhere among its parameters")
        converters = compiler.get_converters([column[0] for column in compiler.select])
        plan = self._plans[connection.vendor] = _Plan(compiler, sql, tuple(params), tuple(places), converters)
        return plan


def _as_text(mark: Any) -> str:
    """Return how SQLite is given the argument: days and instants are texts there."""
    return str(mark.astimezone(UTC).replace(tzinfo=None)) if isinstance(mark, datetime) else str(mark)


def _models(plan: _Plan, found: Sequence[Sequence[Any]]) -> Iterable[Model]:
    """Build rows as Django's own iterator does, related ones with them."""
    compiler, info = plan.compiler, plan.compiler.klass_info
    rows = compiler.apply_converters(found, plan.converters) if plan.converters else found
    fields = info["select_fields"]
    start, end = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    populators = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
    for row in rows:
        made = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[start:end])
        for populator in populators:
            populator.populate(row, made)
        yield made


def _fetched(sql: str, params: Sequence[Any]) -> list[Any]:
    """Run a kept query. PostgreSQL keeps its plan, too, unless something watches the queries or the URL says not to."""
    connection = connections[DEFAULT_DB_ALIAS]
    watched = connection.queries_logged or connection.execute_wrappers
    if connection.vendor != "postgresql" or watched or not connection.settings_dict.get("KEEP_PLANS", True):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return list(cursor.fetchall())
    from psycopg import Cursor

    connection.ensure_connection()
    with connection.wrap_database_errors:
        return list(Cursor(connection.connection).execute(sql, params, prepare=True).fetchall())


@cache
def _columns(model: type[Model], vendor: str) -> tuple[str, str, tuple[Any, ...]]:  # noqa: ARG001 - part of the key
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key or not _is_auto(field))
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    names = ", ".join(quote(field.column or "") for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ", f"({places})", fields  # noqa: S608


def _is_auto(field: Any) -> bool:
    return field.get_internal_type() in {"BigAutoField", "AutoField"}


def insert_one(row: Model) -> None:
    """Insert one row and set the key that the database gave it (1 query)."""
    connection = connections[DEFAULT_DB_ALIAS]
    sql, params = _insertion([row])
    key = row._meta.pk
    assert key is not None and key.column is not None
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} RETURNING {connection.ops.quote_name(key.column)}", params)
        row.pk = cursor.fetchone()[0]
    _is_stored([row])


def insert(*groups: Sequence[Model]) -> None:
    """Insert groups of rows, each of one model, without asking for their keys.

    One query a group; on PostgreSQL one in all.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    pending = [(_insertion(rows), rows) for rows in groups if rows]
    if not pending:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statements = "; ".join(sql for (sql, _), _ in pending)
            cursor.execute(statements, [value for (_, params), _ in pending for value in params])
        else:
            for (sql, params), _ in pending:
                cursor.execute(sql, params)
    for _, rows in pending:
        _is_stored(rows)


def _insertion(rows: Sequence[Model]) -> tuple[str, list[Any]]:
    connection = connections[DEFAULT_DB_ALIAS]
    head, values, fields = _columns(type(rows[0]), connection.vendor)
    params = [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields]
    return head + ", ".join([values] * len(rows)), params


def _is_stored(rows: Sequence[Model]) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


__all__ = ["Prepared", "insert"]
