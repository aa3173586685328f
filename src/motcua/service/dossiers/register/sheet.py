"""The register on A4: the data of its template. It is set anew each time, for its lines go on living, and not kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from datetime import datetime

from motcua.foundation.core.papers import rendering
from motcua.foundation.core.refs import split
from motcua.foundation.core.settings_rows import exercise_note
from motcua.foundation.core.time import local
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers.papers import forms, words
from motcua.service.dossiers.register.types import Entry, Range, Total

TEMPLATE = "service/dossiers/register/register.typ"


def render(
    officer: Officer, book: Agency, of: Range, entries: Iterable[Entry], *, said: Total, at: datetime
) -> bytes:
    """Return the PDF (no query, or 2 once a minute). The head names who prints it, the title whose book it is."""
    standing = forms.standing(split(officer.agency_ref)[1], at)
    is_own = book.ref == officer.agency_ref
    form = forms.on("form.register", at)
    years = f"{of.first.year}" if of.first.year == of.last.year else f"{of.first.year}–{of.last.year}"
    data = {
        "title": f"Sổ theo dõi hồ sơ {standing.title if is_own else book.name}",
        "whose": "" if is_own else f"của {book.name}, nay do {standing.title} giữ",
        "agency": words.heading(standing.title), "form": form.printed,
        "place_date": words.place_date(standing.place, at), "volume": years, "range": range_words(of),
        "rows": [[str(cell) for cell in astuple(entry)] for entry in entries], "closing": said.words,
        "printed": f"In lúc {local(at):%H:%M ngày %d/%m/%Y}, {officer.name}", "exercise": exercise_note(),
    }
    return rendering.render(TEMPLATE, data, at)


def range_words(of: Range) -> str:
    """Return "từ ngày 01/04/2025 đến ngày 30/04/2025"."""
    return f"từ ngày {of.first:%d/%m/%Y} đến ngày {of.last:%d/%m/%Y}"
