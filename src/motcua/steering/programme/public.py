"""Everybody's pages of open data: the sets with their downloads and metadata, and programmes with their needles."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_response_headers
from django.utils.http import http_date

from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.policies import EVERYONE
from motcua.foundation.core.views import DeskRequest, screen
from motcua.steering.programme import presenting as rows
from motcua.steering.programme import selectors, today
from motcua.steering.programme.models import Programme
from motcua.steering.programme.needles import datasets, giving, leading, presenting, rules
from motcua.steering.programme.needles import selectors as needles
from motcua.steering.programme.needles.datasets import Dataset

FRESH = 300
"""Seconds for which a taken set may be shown again without asking."""


def _publisher() -> str:
    programme = leading.newest()
    issuer = programme.issuer if programme else None
    return issuer.name if issuer else "Một cửa"


def _set(slug: str) -> Dataset:
    found = datasets.find(slug)
    if found is None:
        raise NotFound("Không có bộ dữ liệu như vậy. Bạn chọn trong danh sách dữ liệu mở.")
    return found


@screen("open-data.read", policy=EVERYONE, public=True)
def index(request: DeskRequest) -> HttpResponse:
    """List what is given out."""
    context = {
        "sets": [(one, one.changed()) for one in datasets.declared()], "licence": giving.LICENCE,
        "licence_words": giving.LICENCE_WORDS, "programmes": selectors.approved(), "publisher": _publisher(),
    }
    return render(request, "programme/open_index.html", context)


@screen("open-data.read", policy=EVERYONE, public=True)
def dataset(request: DeskRequest, slug: str) -> HttpResponse:
    """Show one set: what it holds, its columns, where to take it."""
    found = _set(slug)
    context = {
        "set": found, "changed": found.changed(), "columns": found.columns.items(), "licence": giving.LICENCE,
        "licence_words": giving.LICENCE_WORDS,
    }
    return render(request, "programme/open_dataset.html", context)


@screen("open-data.read", policy=EVERYONE, public=True)
def download(request: DeskRequest, slug: str, form: str) -> HttpResponse:
    """Give a set out as CSV or JSON."""
    found = _set(slug)
    body = giving.as_csv(found) if form == "csv" else giving.as_json(found)
    answer = _given(request, body, f"{giving.FORMS[form][0]}; charset=utf-8", found.changed())
    if form == "csv":
        answer.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    return answer


@screen("open-data.read", policy=EVERYONE, public=True)
def catalog(request: DeskRequest) -> HttpResponse:
    """Give the catalogue out as JSON-LD by DCAT-AP."""
    start = request.build_absolute_uri(reverse("open-data"))
    content = giving.catalog(datasets.declared(), lambda path: f"{start}{path}", _publisher())
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return _given(request, body, "application/ld+json; charset=utf-8", None)


@screen("open-data.read", policy=EVERYONE, public=True)
def programme(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show a programme at work to everybody: its needles, its tasks and how they stand."""
    found = selectors.approved().filter(public_id=public_id).first()
    if found is None:
        raise NotFound("Không có chương trình như vậy, hoặc chương trình chưa được duyệt.")
    day = today.day()
    stand = needles.needles(found, day)
    context = {
        "programme": found, "day": day, "targets": presenting.by_target(stand), "sums": presenting.sums(stand),
        "groups": _groups(found), "method": rules.METHOD,
    }
    return render(request, "programme/open_programme.html", context)


def _groups(found: Programme) -> list[tuple[str, list[rows.Row]]]:
    by_name: dict[str, list[rows.Row]] = {}
    for row in rows.rows(selectors.lines(found, today.day())):
        by_name.setdefault(row.line.task.group.name, []).append(row)
    return list(by_name.items())


def _given(request: HttpRequest, body: bytes, media: str, changed: datetime | None) -> HttpResponse:
    """Return a body that may be kept for a while, with its mark; “not modified” for who has it already."""
    answer = HttpResponse(body, content_type=media)
    answer.headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if changed is not None:
        answer.headers["Last-Modified"] = http_date(changed.astimezone(UTC).timestamp())
    answer.headers["Cache-Control"] = f"public, max-age={FRESH}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    patch_response_headers(answer, FRESH)
    unchanged = get_conditional_response(request, etag=answer.headers["ETag"], response=answer)
    return unchanged if isinstance(unchanged, HttpResponse) else answer
