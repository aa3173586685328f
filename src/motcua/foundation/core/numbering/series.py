"""Names of series. Pure."""

from __future__ import annotations

from datetime import date


def dossier_series(agency_code: str, day: date) -> str:
    """Return the series of dossier codes: per receiving agency and local day (Decree 61/2018, article 26)."""
    return f"dossier:{agency_code}:{day:%y%m%d}"


def letter_series(agency_code: str, series: str, year: int) -> str:
    """Return the series of letters and decisions: per agency, kind of paper and calendar year, from 01."""
    return f"letter:{agency_code}:{series}:{year}"


def book_series(agency_code: str, book: str, year: int) -> str:
    """Return the series of a book: per agency, kind of book and calendar year; on 1 January new books start."""
    return f"book:{agency_code}:{book}:{year}"
