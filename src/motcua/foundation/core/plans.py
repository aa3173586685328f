"""Statements whose plans a PostgreSQL connection keeps: parsed and planned once, from then on given the values alone.

The driver's cursors would send the text of a statement each time; for the few statements of the counter's hot path we
speak to `libpq` through the driver's own `pgconn` instead. Values are adapted and rows loaded by the driver, so types
are those of every other query.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    from psycopg import Connection

_names: WeakKeyDictionary[Connection[Any], dict[str, bytes]] = WeakKeyDictionary()
_PLACE = re.compile(r"%(s|%)")


def keeps(connection: BaseDatabaseWrapper) -> bool:
    """Return whether plans may be kept: on PostgreSQL, unless something watches the queries or the URL says not to."""
    if connection.vendor != "postgresql" or not connection.settings_dict.get("KEEP_PLANS", True):
        return False
    return not (connection.queries_logged or connection.execute_wrappers)


def rows(connection: BaseDatabaseWrapper, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a statement by its kept plan and return its rows. Raises Django's database errors.

    A connection lost between two requests is opened anew, once, where only a read can have been lost with it.
    """
    connection.ensure_connection()
    try:
        return _run(connection, sql, params)
    except Exception:
        if connection.in_atomic_block or not sql.lstrip().startswith("SELECT") or connection.is_usable():
            raise
    connection.close()
    connection.ensure_connection()
    return _run(connection, sql, params)


def _run(connection: BaseDatabaseWrapper, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.wrap_database_errors:
        return _perform(connection.connection, sql, params)


@cache
def _driver() -> Any:
    """Return the driver, which an embedded store never loads."""
    import psycopg
    import psycopg.adapt
    import psycopg.errors
    import psycopg.pq

    return psycopg


def _perform(raw: Connection[Any], sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    driver = _driver()
    wire, adapter, text = raw.pgconn, driver.adapt.Transformer(raw), driver.adapt.PyFormat.TEXT
    if not raw.autocommit and wire.transaction_status == driver.pq.TransactionStatus.IDLE:
        _checked(raw, wire.exec_(b"BEGIN"))
    known = _names.setdefault(raw, {})
    name = known.get(sql)
    if name is None:
        name = b"motcua_%d" % len(known)
        _checked(raw, wire.prepare(name, _numbered(sql)))
        known[sql] = name
    values = adapter.dump_sequence(params, [text] * len(params)) if params else None
    result = _checked(raw, wire.exec_prepared(name, values))
    if not result.nfields:
        return []
    adapter.set_pgresult(result)
    found: list[tuple[Any, ...]] = adapter.load_rows(0, result.ntuples, tuple)
    return found


def _checked(raw: Connection[Any], result: Any) -> Any:
    driver = _driver()
    if result.status in {driver.pq.ExecStatus.COMMAND_OK, driver.pq.ExecStatus.TUPLES_OK}:
        return result
    if raw.pgconn.status == driver.pq.ConnStatus.BAD:
        raise driver.OperationalError(raw.pgconn.get_error_message())
    raise driver.errors.error_from_result(result)


@lru_cache(maxsize=1000)
def _numbered(sql: str) -> bytes:
    """Return a statement with the server's numbered places instead of the driver's."""
    count = 0

    def place(found: re.Match[str]) -> str:
        nonlocal count
        if found[1] == "%":
            return "%"
        count += 1
        return f"${count}"

    return _PLACE.sub(place, sql).encode()
