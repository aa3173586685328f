"""Form 01, receipt and appointment: its data (one-stop.md 2.7 and 2.8; Decree 61/2018/NĐ-CP, article 17)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import Unit
from motcua.foundation.core.papers import qr
from motcua.foundation.core.settings_rows import exercise_note
from motcua.foundation.core.time import local
from motcua.foundation.core.words import clock, masked, number
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.papers import forms, words
from motcua.service.dossiers.papers.loading import PaperRow, Slip
from motcua.service.dossiers.papers.types import Form, Sheet
from motcua.service.procedures.types import CopyKind

TEMPLATE = "service/dossiers/papers/slip.typ"
NO_DUE = "Thủ tục này chưa có thời hạn được công bố cho cách nộp đã chọn. Cơ quan sẽ báo khi xác định được."


def sheet(of: Slip, layout: str = "pair") -> Sheet:
    """Return the slip of a dossier: what it says, and what is kept beside it.

    No query, or 2 once a minute; 1 more where the date is only expected. It says what was promised at receipt: the
    first due date, never a later one. `layout` is "pair" for two copies on one A4 where they fit, or "pages" for a
    page each.
    """
    dossier = of.dossier
    form = forms.on("form.receipt", dossier.received_at)
    address = settings.PUBLIC_ADDRESS
    data = _office(of, form) | _person(dossier) | _time(dossier) | {
        "papers": [_paper(paper) for paper in of.papers], "layout": layout, "head": of.head,
        "exercise": exercise_note(), "signs_receiver": of.receiver, "check_word": dossier.check_word,
        "track_address": f"{address.partition('://')[2]}/tra-cuu",
        "qr": qr.svg(words.tracking_url(address, dossier.code, dossier.check_word, of.head)),
    }
    return Sheet(TEMPLATE, data, dossier.received_at, "slip", f"giay-hen-{dossier.code}.pdf", form, of.head)


def _office(of: Slip, form: Form) -> dict[str, Any]:
    dossier, standing = of.dossier, forms.standing(of.agency_public_id, of.dossier.received_at)
    return {
        "title": f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả {dossier.code}", "code": dossier.code, "form": form.printed,
        "agency": words.heading(standing.title), "place_date": words.place_date(standing.place, dossier.received_at),
        "subject": dossier.request or f"{of.procedure_name} ({of.procedure_code})", "sets": str(of.sets),
        "return_place": f"Bộ phận Tiếp nhận và Trả kết quả, {standing.title}",
        # The register is one book a year and agency; its running number is the code without the agency.
        "book": str(local(dossier.received_at).year), "running": dossier.code.partition("-")[2],
    }


def _person(dossier: Dossier) -> dict[str, Any]:
    return {
        "applicant": dossier.applicant, "submitted_by": dossier.submitted_by, "address": dossier.applicant_address,
        "phone": dossier.applicant_phone, "identity": masked(dossier.applicant_identity),
        "signs_submitter": dossier.submitted_by or dossier.applicant,
    }


def _time(dossier: Dossier) -> dict[str, Any]:
    limit, due = "chưa xác định thời hạn", dossier.first_due_at
    if dossier.limit_amount is not None:
        limit = f"{number(dossier.limit_amount)} {Unit(dossier.limit_unit).label}"
    return {
        "limit": limit, "no_due_words": NO_DUE,
        "received": f"{clock(dossier.received_at)}, {words.date_words(dossier.received_at)}",
        "due": None if due is None else {
            "clock": clock(due), "day": words.date_words(due), "expected": _expected(dossier, due),
        },
    }


def _expected(dossier: Dossier, due: datetime) -> str:
    """Return which days the appointment leans on that are only expected; mostly none, and then nothing is asked."""
    if not dossier.due_is_provisional:
        return ""
    days = working_time_for(dossier.receiving_id).time.expected_days(
        local(dossier.received_at).date(), local(due).date()
    )
    return words.expected(days)


def _paper(paper: PaperRow) -> dict[str, Any]:
    is_certified = paper.copy_kind == CopyKind.CERTIFIED
    return {
        "name": paper.name, "originals": paper.originals,
        "certified": paper.copies if is_certified else 0, "copies": 0 if is_certified else paper.copies,
    }
