"""Queries and inserts compiled once a process: the hot path of the counter does not build the same SQL again each time.

    BY_ID = Prepared(lambda public_id: Dossier.objects.filter(public_id=public_id), "")
    dossier = BY_ID.first("2ythn598374p6x")

The query set is an ordinary one; only its compilation is kept, by finding where each argument stands among the
parameters. What may be prepared has as many parameters whatever its arguments are (no `__in`, no None).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators

from motcua.foundation.core import plans

M = TypeVar("M", bound=Model)
# One stand-in a kind of argument and place: nobody's key, name or day.
_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda n: 2_011_000_000 + n,
    str: lambda n: f"~stand-in-{n}~",
    date: lambda n: date(9998, 1, 1 + n),
    datetime: lambda n: datetime(9998, 1, 1 + n, 1, 2, 3, 4, tzinfo=UTC),
}

_AS_IT_STANDS = {
    models.BigAutoField, models.BigIntegerField, models.BinaryField, models.BooleanField, models.CharField,
    models.DateTimeField, models.DecimalField, models.ForeignKey, models.IntegerField, models.PositiveIntegerField,
    models.PositiveSmallIntegerField, models.SmallIntegerField, models.TextField,
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
        found = fetch(plan.sql, params)
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
        for name, place in compiler.annotation_col_map.items():
            setattr(made, name, row[place])
        yield made


def fetch_one(sql: str, params: Sequence[Any]) -> tuple[Any, ...]:
    """Return the first row of a statement written by hand, run by a kept plan where there are any (1 query)."""
    return fetch(sql, params)[0]


def fetch(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement written by hand, run by a kept plan where there are any (1 query)."""
    connection = connections[DEFAULT_DB_ALIAS]
    if plans.keeps(connection):
        return plans.rows(connection, sql, params)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class _Table:
    """How rows of a model are written: the columns of an INSERT and what prepares each value."""

    into: str
    places: str
    arrays: str
    columns: tuple[tuple[str, Any], ...]


@cache
def _table(model: type[Model], vendor: str, with_key: bool) -> _Table:
    connection = connections[DEFAULT_DB_ALIAS]
    fields = tuple(field for field in model._meta.concrete_fields if with_key or not _is_auto(field))
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column or "") for field in fields)
    # A length in a cast would cut a text short in silence; without it the column itself refuses what is too long.
    kinds = [re.sub(r"\(.*?\)", "", field.db_type(connection) or "") for field in fields]
    return _Table(
        into=f"INSERT INTO {quote(model._meta.db_table)} ({names}) ",
        places=f"({', '.join(['%s'] * len(fields))})",
        arrays=f"SELECT * FROM unnest({', '.join(f'%s::{kind}[]' for kind in kinds)})",  # noqa: S608
        columns=tuple((field.attname, _preparation(field, vendor)) for field in fields),
    )


def _preparation(field: Any, vendor: str) -> Callable[[Model], Any] | None:
    """Return what makes a column's value of a row, or None where the driver takes the row's own as it stands.

    Asking each field for it costs the counter more than the INSERT itself; plain texts, numbers and instants of our own
    verbs need nothing done.
    """
    sets_itself = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    if vendor == "postgresql" and type(field) in _AS_IT_STANDS and not sets_itself:
        return None
    return lambda row: field.get_db_prep_save(field.pre_save(row, True), connections[DEFAULT_DB_ALIAS])


def _is_auto(field: Any) -> bool:
    return field.primary_key and field.get_internal_type() in {"BigAutoField", "AutoField"}


@cache
def _defaults(model: type[Model]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    plain, made = {}, []
    for field in model._meta.concrete_fields:
        if callable(field.default) and field.default is not models.NOT_PROVIDED:
            made.append((field.attname, field.default))
        else:
            plain[field.attname] = field.get_default()
    return plain, tuple(made)


def fresh(model: type[M], beside: Mapping[str, Model | None] | None = None, **values: Any) -> M:
    """Return a new row that is only to be inserted: as `model(**values)`, in a fifth of the time; keys by `…_id`.

    `beside` are related rows, which give their keys and are at hand as `row.name`. It speaks to no signal and no
    descriptor. Raises TypeError on a name that is no column.
    """
    plain, made = _defaults(model)
    row = model.__new__(model)
    held = row.__dict__
    held["_state"] = ModelState()
    held.update(plain)
    for name, default in made:
        if name not in values:
            held[name] = default()
    held.update(values)
    for name, related in (beside or {}).items():
        held[f"{name}_id"] = related.pk if related is not None else None
        row._state.fields_cache[name] = related
    if len(held) != len(plain) + len(made) + 1:
        raise TypeError(f"{model.__name__} has other columns than {sorted(values)}")
    return row


def insert_one(row: Model) -> None:
    """Insert one row and set the key that the database gave it (1 query)."""
    connection = connections[DEFAULT_DB_ALIAS]
    table = _table(type(row), connection.vendor, False)
    key = row._meta.pk
    assert key is not None and key.column is not None
    sql = f"{table.into}VALUES {table.places} RETURNING {connection.ops.quote_name(key.column)}"
    ((row.pk,),) = fetch(sql, _values(table, row))
    _is_stored([row])


def insert(*groups: Sequence[Model]) -> None:
    """Insert groups of rows, each of one model, without asking for their keys; a key that a row has is kept.

    One query a group; on PostgreSQL one in all.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    pending = [rows for rows in groups if rows]
    if not pending:
        return
    if connection.vendor == "postgresql":
        parts = [_in_one_plan(rows) for rows in pending]
        aside = ", ".join(f"g{at} AS ({sql})" for at, (sql, _) in enumerate(parts[:-1]))
        sql = f"WITH {aside} {parts[-1][0]}" if aside else parts[-1][0]
        _written(sql, [value for _, params in parts for value in params])
    else:
        for rows in pending:
            table = _table(type(rows[0]), connection.vendor, rows[0].pk is not None)
            values = [value for row in rows for value in _values(table, row)]
            _written(f"{table.into}VALUES {', '.join([table.places] * len(rows))}", values)
    for rows in pending:
        _is_stored(rows)


def _in_one_plan(rows: Sequence[Model]) -> tuple[str, list[Any]]:
    """Return an INSERT whose text is the same for however many rows there are beyond one, and its parameters."""
    table = _table(type(rows[0]), "postgresql", rows[0].pk is not None)
    if len(rows) == 1:
        return f"{table.into}VALUES {table.places}", _values(table, rows[0])
    columns = zip(*(_values(table, row) for row in rows), strict=True)
    return f"{table.into}{table.arrays}", [_array(column) for column in columns]


def _array(column: Sequence[Any]) -> Any:
    """Return a column's values as PostgreSQL spells an array: for plain ones we are much faster than the driver."""
    words = []
    for value in column:
        if value is None:
            words.append("NULL")
        elif type(value) is int:
            words.append(str(value))
        elif isinstance(value, str):
            words.append('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"')
        elif type(value) is bytes:
            words.append('"\\\\x' + value.hex() + '"')
        else:
            return list(column)
    return "{" + ",".join(words) + "}"


def _values(table: _Table, row: Model) -> list[Any]:
    held = row.__dict__
    return [held[name] if prepare is None else prepare(row) for name, prepare in table.columns]


def _written(sql: str, params: Sequence[Any]) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    if plans.keeps(connection):
        plans.rows(connection, sql, params)
    else:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)


def _is_stored(rows: Sequence[Model]) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


__all__ = ["Prepared", "fetch", "fetch_one", "fresh", "insert", "insert_one"]
