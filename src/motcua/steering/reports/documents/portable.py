"""The report as PDF/A, set with Typst; that of a version is kept for ever."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from motcua.foundation.core.papers import keeping, rendering
from motcua.foundation.core.papers.keeping import Issue
from motcua.foundation.core.papers.models import Paper
from motcua.foundation.core.verbs import Call
from motcua.steering.reports.actions.printing import keep_paper
from motcua.steering.reports.documents import sheet as sheets
from motcua.steering.reports.documents.sheet import ROMAN, Sheet
from motcua.steering.reports.models import Edition, Report
from motcua.steering.reports.printable import all_printable

TEMPLATE = "steering/reports/documents/report.typ"


def set_portable(sheet: Sheet) -> bytes:
    """Return the PDF's bytes."""
    return rendering.render(TEMPLATE, all_printable(_data(sheet)), sheet.at)


def paper_of(call: Call, report: Report, edition: Edition) -> Paper:
    """Return the kept PDF of a version, set now if nobody has asked for it yet."""
    occasion = str(edition.number)
    found = keeping.find(report.ref, "report", occasion)
    if found is not None:
        return found
    sheet = sheets.of_edition(report, edition)
    issue = Issue(
        of=report.ref, what="report", name=f"{sheet.file}.pdf", happened_at=sheet.at, occasion=occasion,
        head=keeping.short_head(report.ref),
    )
    return keeping.once(issue, set_portable(sheet), lambda put: keep_paper(call, report=report, issue=issue, put=put))


def _data(sheet: Sheet) -> dict[str, Any]:
    parts = [
        {
            "title": f"{number}. {part.title.upper()}",
            "paragraphs": [[f"{at}. {name}", text.split("\n")] for at, (name, text) in enumerate(part.paragraphs, 1)],
            "rows": [
                [row.code, row.name, row.unit, row.first_words, row.second_words, row.note]
                for row in part.rows
            ],
        }
        for number, part in zip(ROMAN, sheet.parts, strict=False)
    ]
    kept = asdict(sheet)
    del kept["units"], kept["at"], kept["file"], kept["contested"]
    return kept | {"parts": parts}
