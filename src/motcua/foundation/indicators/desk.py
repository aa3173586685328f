"""Officers' pages of numbers: the index, one number with its tables, the rows behind it, and the same for machines."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.views import DeskRequest, screen
from motcua.foundation.indicators import export, presenting, registry, selectors
from motcua.foundation.indicators.asking import Question, asked
from motcua.foundation.indicators.policies import NUMBERS
from motcua.foundation.indicators.types import By, Indicator, Side, Table

PAGE = 50
SIDES = {"tu-so": Side.NUMERATOR, "mau-so": Side.DENOMINATOR}


def _by(request: DeskRequest, of: Indicator) -> By:
    """Return what the table has a line for; what is unknown shows the first."""
    known = {presenting.SLUGS[by]: by for by in of.by}
    return known.get(request.GET.get("theo", ""), of.by[0])


def _table(of: Indicator, question: Question, by: By) -> Table:
    return selectors.table(of.code, question.scope, question.period, question.as_of, by=by)


@screen("indicator.read", policy=NUMBERS)
def index(request: DeskRequest) -> HttpResponse:
    """Show all numbers with their values for what is asked."""
    form, question = asked(request.GET, request.actor)
    numbers = selectors.ask_many(registry.codes(), question.scope, question.period, question.as_of)
    context = {
        "form": form, "question": question, "groups": presenting.grouped(registry.declared(), numbers),
        "differs": any(number.disagreement for number in numbers.values()),
    }
    return render(request, "indicators/index.html", context, status=422 if form.errors else 200)


@screen("indicator.read", policy=NUMBERS)
def indicator(request: DeskRequest, code: str) -> HttpResponse:
    """Show one number: what it means, its value, and a table that adds up."""
    of = registry.indicator(code)
    form, question = asked(request.GET, request.actor)
    by = _by(request, of)
    table = _table(of, question, by)
    context = {
        "of": of, "form": form, "question": question, "shown": presenting.Shown(of, table.total),
        "bars": presenting.bars(of, table), "by_words": presenting.BY_WORDS[by],
        "ways": [(presenting.SLUGS[one], presenting.BY_WORDS[one], one is by) for one in of.by],
        "download": f"{question.again}&{urlencode({'theo': presenting.SLUGS[by]})}",
    }
    return render(request, "indicators/indicator.html", context, status=422 if form.errors else 200)


@screen("indicator.read", policy=NUMBERS)
def rows(request: DeskRequest, code: str, side: str) -> HttpResponse:
    """Show the rows behind a side of a number: those the reader may open; all are counted."""
    if side not in SIDES:
        raise NotFound("Không có danh sách như vậy. Anh/chị mở lại từ trang của chỉ tiêu.")
    of = registry.indicator(code)
    form, question = asked(request.GET, request.actor)
    number = selectors.ask(code, question.scope, question.period, question.as_of)
    page = selectors.opened_page(
        code, SIDES[side], request.actor, question.scope, question.period, question.as_of,
        after=request.GET.get("sau", ""), size=PAGE,
    )
    context = {
        "of": of, "question": question, "shown": presenting.Shown(of, number), "lines": page.lines, "form": form,
        "total": number.numerator if SIDES[side] is Side.NUMERATOR else number.denominator, "side": side,
        "next": f"?{question.again}&sau={page.after}" if page.after else "",
    }
    return render(request, "indicators/rows.html", context)


@screen("indicator.read", policy=NUMBERS)
def download(request: DeskRequest, code: str, form: str) -> HttpResponse:
    """Give a number's table out as CSV or JSON."""
    of = registry.indicator(code)
    _, question = asked(request.GET, request.actor)
    table = _table(of, question, _by(request, of))
    if form == "json":
        answer: HttpResponse = JsonResponse(
            export.as_json(of, table, question.place), json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
    else:
        answer = HttpResponse(export.as_csv(of, table), content_type="text/csv; charset=utf-8")
    name = f"{of.code}-{table.total.as_of:%Y%m%d}.{form}"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
