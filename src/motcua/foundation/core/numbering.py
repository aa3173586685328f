"""Numbers without gap or double: the counter's row is held until the transaction that took the number ends.

A series is named by what it counts and when it starts anew: dossier codes per agency and day, letters per agency,
series and calendar year, books per year. A rolled-back act gives its number back; a cancelled paper keeps it as void.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

NEXT = """
INSERT INTO core_counter (series, value) VALUES (%s, %s)
ON CONFLICT (series) DO UPDATE SET value = core_counter.value + %s
RETURNING value
"""


def take(series: str, count: int = 1) -> int:
    """Return the next number of a series (the last of `count` numbers). Call it late: others wait for the commit."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [series, count, count])
        (value,) = cursor.fetchone()
    return int(value)


def dossier_series(agency_code: str, day: date) -> str:
    """Return the series of dossier codes: per receiving agency and local day (Decree 61/2018, article 26)."""
    return f"dossier:{agency_code}:{day:%y%m%d}"


def letter_series(agency_code: str, series: str, year: int) -> str:
    """Return the series of letters and decisions: per agency, kind of paper and calendar year, from 01."""
    return f"letter:{agency_code}:{series}:{year}"
