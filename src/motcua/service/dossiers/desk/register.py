"""The register of this counter, or of one it took over: two days asked for, then on paper or as a workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import cast
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from motcua.foundation.core import journal, time
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.files.types import FileKind
from motcua.foundation.core.views import DeskRequest, require, screen
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import carried_by
from motcua.service.dossiers.forms import Book
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.register import loading, sheet, workbook
from motcua.service.dossiers.register.types import MOST, Entry, Range, Total, Way


@screen("dossier.register", policy=DOSSIERS)
def register(request: DeskRequest) -> HttpResponse:
    """Ask for two days; with `dang` give the register out, else show how many lines it has."""
    officer = request.actor
    assert isinstance(officer, Officer)
    own = Agency.objects.get(pk=officer.agency_id)
    require(DOSSIERS, officer, "dossier.register", own)
    first = {"tu": time.today().replace(day=1), "den": time.today()}
    form = Book(own, carried_by(own), request.GET if "tu" in request.GET else first)
    if not form.is_valid():
        return render(request, "dossiers/register.html", {"form": form, "book": form.book}, status=422)
    of = Range(form.cleaned_data["tu"], form.cleaned_data["den"])
    said = loading.total(form.book.pk, of)
    way = request.GET.get("dang", "")
    if way in set(Way):
        return cast(HttpResponse, _given(officer, form.book, of, said, Way(way)))
    context = {"form": form, "book": form.book, "total": said, "range": of} | _links(form, of)
    return render(request, "dossiers/register.html", context)


def _links(form: Book, of: Range) -> dict[str, str]:
    asked = {"tu": of.first.isoformat(), "den": of.last.isoformat()}
    if len(form.books) > 1:
        asked["quay"] = form.book.public_id
    return {f"{way}_url": "?" + urlencode(asked | {"dang": way.value}) for way in Way}


def _given(officer: Officer, book: Agency, of: Range, said: Total, way: Way) -> HttpResponseBase:
    require(DOSSIERS, officer, "dossier.register", book)
    if said.received > MOST[way]:
        raise Invalid(
            f"Khoảng ngày này có {said.received} hồ sơ, quá {MOST[way]} dòng cho một lần. Chưa in gì; anh/chị chọn "
            "khoảng ngày ngắn hơn" + (", hoặc tải Excel." if way is Way.PDF else ".")
        )
    entries = _noted(officer, book, of)
    of_whom = "" if book.pk == officer.agency_id else f"-{book.code}"
    name = f"so-theo-doi-ho-so{of_whom}-{of.first:%Y%m%d}-{of.last:%Y%m%d}.{way}"
    if way is Way.PDF:
        content = sheet.render(officer, book, of, entries, said=said, at=time.now())
        answer: HttpResponseBase = HttpResponse(content, content_type="application/pdf")
        answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    else:
        answer = _workbook(f"Sổ theo dõi hồ sơ, {book.name}, {sheet.range_words(of)}", entries, said)
    answer.headers["Content-Disposition"] = content_disposition_header(way is Way.XLSX, name) or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _noted(officer: Officer, book: Agency, of: Range) -> Iterator[Entry]:
    """Yield the lines, each person's noted in the access journal before it is given out."""
    for dossiers, entries in loading.pages(book.pk, of):
        journal.read_all(officer, [dossier.ref for dossier in dossiers], "dossier.register")
        yield from entries


def _workbook(title: str, entries: Iterator[Entry], said: Total) -> FileResponse:
    into = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    workbook.write(into, title, entries, said)
    into.seek(0)
    return FileResponse(into, content_type=FileKind.XLSX.media_type)
