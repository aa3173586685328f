"""A process that breaks a ledger in many ways and lets one process and several look at it each time.

Started by `test_verifying_together`. Prints JSON: for each way what one process said, what several said, and how many
helpers they had.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

TABLES = ("core_ledgerevent", "core_ledgerhead", "core_seal", "dossiers_dossierpaper", "dossiers_clockevent")
SEVERAL = 3


def ways(names: list[str]) -> dict[str, Callable[[], object]]:
    """Return the ways to break a ledger of these subjects. Both ends of the alphabet are hit, so different parts."""
    from motcua.foundation.core.tests.factories import rewrite_chain, tamper

    low, high = min(names), max(names)
    event, head = "core_ledgerevent", "core_ledgerhead"

    def everywhere(what: str) -> Callable[[], object]:
        return lambda: [tamper(what, name) for name in (low, high)]

    def a_subject(name: str) -> None:
        for table in (event, head):
            tamper(f"DELETE FROM {table} WHERE subject = %s", name)  # noqa: S608 - the forger's own

    return {
        "untouched": lambda: None,
        "bytes": lambda: tamper(
            f"UPDATE {event} SET canonical = %s WHERE subject = %s AND sequence = 2", b"another", high  # noqa: S608
        ),
        "column": everywhere(f"UPDATE {event} SET agency = 'agency:x' WHERE subject = %s AND sequence = 3"),  # noqa: S608
        "hash": lambda: tamper(f"UPDATE {event} SET hash = %s WHERE subject = %s AND sequence = 1", b"x" * 32, low),  # noqa: S608
        "gap": everywhere(f"DELETE FROM {event} WHERE subject = %s AND sequence = 3"),  # noqa: S608
        "tail": everywhere(f"DELETE FROM {event} WHERE subject = %s AND sequence = 4"),  # noqa: S608
        "head gone": everywhere(f"DELETE FROM {head} WHERE subject = %s"),  # noqa: S608
        "head back": everywhere(f"UPDATE {head} SET sequence = 2 WHERE subject = %s"),  # noqa: S608
        "head's seal": everywhere(f"UPDATE {head} SET sealed_sequence = 9 WHERE subject = %s"),  # noqa: S608
        "subject gone": lambda: a_subject(high),
        "first subject gone": lambda: a_subject(low),
        "rewritten": lambda: rewrite_chain(high),  # type: ignore[arg-type]
        "dated back": lambda: tamper(f"UPDATE {event} SET entered_us = 1 WHERE subject = %s AND sequence = 2", low),  # noqa: S608
        "moved": lambda: tamper(
            f"UPDATE {event} SET subject = %s WHERE subject = %s AND sequence = 4", low + "x", high  # noqa: S608
        ),
        "seal gone": lambda: tamper("DELETE FROM core_seal WHERE number = 1"),
        "seal's root": lambda: tamper("UPDATE core_seal SET root = %s WHERE number = 2", b"z" * 32),
    }


def beside(public_ids: list[str]) -> dict[str, Callable[[], object]]:
    """Return the ways to break rows for which the ledger vouches, of these dossiers."""
    from motcua.foundation.core.tests.factories import tamper

    low, high = min(public_ids), max(public_ids)

    def rows(what: str, *of: str) -> Callable[[], object]:
        return lambda: [tamper(what.replace("{its}", MINE), name) for name in of or (low, high)]

    return {
        "applicant": rows("UPDATE dossiers_dossier SET applicant = 'x' WHERE public_id = %s"),
        "salt": rows("UPDATE dossiers_dossier SET salt = '' WHERE public_id = %s", high),
        "sealed": rows("UPDATE dossiers_dossier SET applicant_phone = NULL WHERE public_id = %s", low),
        "paper": rows("UPDATE dossiers_dossierpaper SET copies = copies + 1 WHERE {its}"),
        "papers gone": rows("DELETE FROM dossiers_dossierpaper WHERE {its}", high),
        "clock": rows("UPDATE dossiers_clockevent SET holder = 'citizen' WHERE sequence = 2 AND {its}", low),
        "clock cut": rows("DELETE FROM dossiers_clockevent WHERE sequence = 2 AND {its}"),
    }


MINE = "dossier_id = (SELECT id FROM dossiers_dossier WHERE public_id = %s)"


@contextmanager
def put_right() -> Iterator[None]:
    """Put the ledger back as it was, and what it vouches for."""
    from django.db import connection

    from motcua.foundation.core.tests.factories import unguarded

    kept = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT applicant, salt, applicant_phone, id FROM dossiers_dossier")
        dossiers = cursor.fetchall()
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - a name of this module
            kept[table] = cursor.fetchall()
    try:
        yield
    finally:
        with unguarded(), connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE dossiers_dossier SET applicant = %s, salt = %s, applicant_phone = %s WHERE id = %s", dossiers
            )
            for table, rows in kept.items():
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608


def looked_at(copy: Path) -> dict[str, Any]:
    """Return what one process says and what several say, and how many helpers were there."""
    from motcua.foundation.core.verification import crew, verify

    met, forked = [], crew._forked

    def counted(parts: list[Any]) -> Any:
        met.append(len(parts))
        return forked(parts)

    crew._forked = counted
    try:
        one, several = (verify(copy, processes=count).as_json() for count in (1, SEVERAL))
    finally:
        crew._forked = forked
    return {"one": one, "several": several, "helpers": met}


def moved(at: datetime, count: int) -> list[str]:
    """Return dossiers that were received and handed over."""
    from motcua.foundation.core import time
    from motcua.foundation.core.verbs import Call
    from motcua.service.dossiers import actions
    from motcua.service.dossiers.tests.factories import office, received

    place = office()
    with time.travelling(at):
        made = [actions.hand_over(Call(place.counter), dossier=received(place)) for _ in range(count)]
    return [dossier.public_id for dossier in made]


def main(folder: Path) -> None:
    """Make a sealed ledger and break it in every way."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    from motcua.site.command import open_store

    open_store()
    from motcua.foundation.core.tests.factories import START, outside_copy, sealed_history

    dossiers = moved(START, 8)
    names, told = sealed_history(20), {}
    copy = outside_copy(folder)
    for name, breaking in (ways([str(name) for name in names]) | beside(dossiers)).items():
        with put_right():
            breaking()
            told[name] = looked_at(copy)
    told["put right"] = looked_at(copy)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
