"""Statements by kept plans say what the driver's cursors say; a connection lost between requests is opened anew."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction

from motcua.foundation.core import plans

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL keeps plans")
EVERYTHING = (
    "SELECT %s::text, %s::bigint, %s::numeric, %s::bytea, %s::timestamptz, %s::date, %s::boolean, %s::text[], 7 %% 4"
)
VALUES: list[Any] = [
    "Nông “Văn” Minh\\n%s", 2**40, Decimal("2.50"), b"\x00\xff", datetime(2025, 4, 24, 9, tzinfo=UTC),
    date(2025, 4, 24), True, ["một, \"hai\"", None, "{ba}"],
]


def lose() -> None:
    """End the connection from the server's side, as a restart of the database does."""
    assert connection.connection is not None
    key = connection.connection.info.backend_pid
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [key])
    other.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("values", [VALUES, [None] * len(VALUES)])
def test_a_kept_plan_says_what_a_cursor_says(values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING, values)
        said = cursor.fetchall()
    assert [plans.rows(connection, EVERYTHING, values) for _ in range(7)] == [said] * 7


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_between_two_requests_is_opened_anew() -> None:
    assert plans.rows(connection, "SELECT %s::int", [1]) == [(1,)]
    lose()
    assert plans.rows(connection, "SELECT %s::int", [2]) == [(2,)]


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_within_an_act_is_told() -> None:
    with pytest.raises(OperationalError), transaction.atomic():
        plans.rows(connection, "SELECT %s::int", [1])
        lose()
        plans.rows(connection, "SELECT %s::int", [2])
    assert plans.rows(connection, "SELECT %s::int", [3]) == [(3,)]


@pytest.mark.django_db(transaction=True)
def test_the_first_statement_of_an_act_is_inside_its_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        plans.rows(connection, "INSERT INTO core_counter (series, value) VALUES (%s, 1)", ["plans"])
        raise RuntimeError
    assert plans.rows(connection, "SELECT value FROM core_counter WHERE series = %s", ["plans"]) == []


@pytest.mark.django_db(transaction=True)
def test_a_fault_is_one_of_django() -> None:
    with pytest.raises(ProgrammingError):
        plans.rows(connection, "SELECT nothing FROM nowhere WHERE %s::int = 1", [1])
    assert plans.rows(connection, "SELECT %s::int", [4]) == [(4,)]
