"""Form 05, since July 2025 form 06: the control slip, one row for each hand-over (one-stop.md 2.8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.foundation.calendar.types import Verdict
from motcua.foundation.core.papers import keeping
from motcua.foundation.core.settings_rows import exercise_note
from motcua.foundation.core.time import local
from motcua.foundation.core.words import clock
from motcua.service.dossiers.models import Dossier, HandOver
from motcua.service.dossiers.papers import forms, words
from motcua.service.dossiers.papers.types import Sheet
from motcua.service.procedures.models import Step

TEMPLATE = "service/dossiers/papers/control.typ"
VERDICTS = {Verdict.EARLY: "Trước hạn", Verdict.ON_TIME: "Đúng hạn", Verdict.LATE: "Quá hạn"}


def occasion(dossier: Dossier) -> str:
    """Return what tells this control slip from the one before: how far the chain of the dossier had come (1 query)."""
    return keeping.short_head(dossier.ref).partition(".")[0]


def sheet(dossier: Dossier, occasion: str) -> Sheet:
    """Return the control slip as it stands now (5 queries)."""
    rows = list(
        HandOver.objects.filter(dossier=dossier).select_related(
            "from_agency", "to_agency", "from_step", "to_step", "giver", "receiver", "note", "reason"
        )
    )
    form = forms.on("form.control_slip", dossier.received_at)
    standing = forms.standing(dossier.receiving.public_id, dossier.received_at)
    at = max([dossier.received_at, *(row.accepted_at or row.declined_at or row.given_at for row in rows)])
    due = dossier.first_due_at
    data: dict[str, Any] = {
        "title": f"Phiếu kiểm soát quá trình giải quyết hồ sơ {dossier.code}", "form": form.printed,
        "agency": words.heading(standing.title), "place_date": words.place_date(standing.place, at),
        "code": dossier.code, "applicant": dossier.applicant, "subject": dossier.version_of.name,
        "received": _moment(dossier.received_at), "due": _moment(due) if due else "chưa xác định thời hạn",
        "lead": dossier.competent.name, "others": ", ".join(_others(dossier, rows)),
        "rows": [_row(row) for row in rows], "exercise": exercise_note(),
    }
    name = f"phieu-kiem-soat-{dossier.code}.pdf"
    return Sheet(TEMPLATE, data, at, "control", name, form, keeping.short_head(dossier.ref), occasion)


def _moment(at: datetime) -> str:
    return f"{clock(at)} ngày {local(at):%d/%m/%Y}"


def _others(dossier: Dossier, rows: list[HandOver]) -> list[str]:
    """Return the agencies beside the leading and the receiving one, in the order in which the dossier met them."""
    named = dict.fromkeys(row.to_agency for row in rows)
    return [agency.name for agency in named if agency not in {dossier.competent, dossier.receiving}]


def _row(row: HandOver) -> dict[str, str]:
    verdict = VERDICTS.get(Verdict(row.step_verdict), "") if row.step_verdict else ""
    answer = row.accepted_at or row.declined_at
    said = [row.note.words] if row.note else []
    said += [f"Trả lại: {row.reason.words}"] if row.reason else []
    return {
        "giver": _side(row.from_agency.name, row.from_step), "giver_name": str(row.giver),
        "receiver": _side(row.to_agency.name, row.to_step),
        "receiver_name": str(row.receiver) if row.receiver else "",
        "given": _moment(row.given_at), "answered": _moment(answer) if answer else "", "verdict": verdict,
        "note": "\n".join(said),
    }


def _side(agency: str, step: Step | None) -> str:
    return f"{agency} – {step.name}" if step else agency
