"""Form 05, since July 2025 form 06: the control slip, one row for each hand-over (one-stop.md 2.8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import Verdict
from motcua.foundation.core.papers import keeping
from motcua.foundation.core.settings_rows import exercise_note
from motcua.foundation.core.time import local
from motcua.foundation.core.words import clock, percent
from motcua.service.dossiers import clockwork, selectors
from motcua.service.dossiers.models import Dossier, HandOver
from motcua.service.dossiers.papers import forms, words
from motcua.service.dossiers.papers.types import Sheet
from motcua.service.dossiers.presenting import stays
from motcua.service.dossiers.presenting.stays import StepLine
from motcua.service.procedures.models import Step

TEMPLATE = "service/dossiers/papers/control.typ"


def occasion(dossier: Dossier) -> str:
    """Return what tells this control slip from the one before: how far the chain of the dossier had come (1 query)."""
    return keeping.short_head(dossier.ref).partition(".")[0]


def sheet(dossier: Dossier, occasion: str) -> Sheet:
    """Return the control slip as it stands now (8 queries)."""
    full = selectors.full().get(pk=dossier.pk)
    rows, events = list(full.hand_overs.all()), list(full.clock.all())
    form = forms.on("form.control_slip", dossier.received_at)
    standing = forms.standing(dossier.receiving.public_id, dossier.received_at)
    at = max(event.at for event in events)
    working = working_time_for(dossier.receiving_id).time
    steps = stays.lines(full, clockwork.moments_of(full), events, at, working)
    judged, due = {step.number: step for step in steps}, dossier.first_due_at
    data: dict[str, Any] = {
        "title": f"Phiếu kiểm soát quá trình giải quyết hồ sơ {dossier.code}", "form": form.printed,
        "agency": words.heading(standing.title), "place_date": words.place_date(standing.place, at),
        "code": dossier.code, "applicant": dossier.applicant, "subject": dossier.version_of.name,
        "received": _moment(dossier.received_at), "due": _moment(due) if due else "chưa xác định thời hạn",
        "lead": dossier.competent.name, "others": ", ".join(_others(dossier, rows)),
        "rows": [_row(row, judged[number]) for number, row in enumerate(rows, 1)],
        "steps": [_step(step) for step in steps], "as_of": _moment(at), "exercise": exercise_note(),
    }
    name = f"phieu-kiem-soat-{dossier.code}.pdf"
    return Sheet(TEMPLATE, data, at, "control", name, form, keeping.short_head(dossier.ref), occasion)


def _moment(at: datetime) -> str:
    return f"{clock(at)} ngày {local(at):%d/%m/%Y}"


def _others(dossier: Dossier, rows: list[HandOver]) -> list[str]:
    """Return the agencies beside the leading and the receiving one, in the order in which the dossier met them."""
    named = dict.fromkeys(row.to_agency for row in rows)
    return [agency.name for agency in named if agency not in {dossier.competent, dossier.receiving}]


def _step(step: StepLine) -> dict[str, str]:
    return {
        "who": step.who, "person": step.person, "began": _moment(step.began),
        "left": _moment(step.left) if step.left else "", "promised": _moment(step.promised) if step.promised else "",
        "due": _moment(step.due) if step.due else "", "used": step.used, "share": percent(step.share, 0),
        "late_share": percent(step.late_share, 0) if step.late_share else "", "says": step.says,
    }


def _row(row: HandOver, step: StepLine) -> dict[str, str]:
    answer = row.accepted_at or row.declined_at
    said = [row.note.words] if row.note else []
    said += [f"Trả lại: {row.reason.words}"] if row.reason else []
    return {
        "giver": _side(row.from_agency.name, row.from_step), "giver_name": str(row.giver),
        "receiver": _side(row.to_agency.name, row.to_step),
        "receiver_name": str(row.receiver) if row.receiver else "",
        "given": _moment(row.given_at), "answered": _moment(answer) if answer else "", "note": "\n".join(said),
        "verdict": Verdict(step.verdict).label.capitalize() if step.verdict else "",
    }


def _side(agency: str, step: Step | None) -> str:
    return f"{agency} – {step.name}" if step else agency
