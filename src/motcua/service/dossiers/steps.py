"""Where a dossier goes next, and how the step it leaves has ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.calendar import rules as clock
from motcua.foundation.calendar.types import Unit, Verdict
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import carrier, has_ended
from motcua.service.dossiers import clockwork, rules
from motcua.service.dossiers.errors import NoSuchStep
from motcua.service.dossiers.models import Dossier, HandOver, StepTime
from motcua.service.dossiers.types import Given, Stay
from motcua.service.procedures.models import Step
from motcua.service.procedures.places import Place


@dataclass(frozen=True, slots=True)
class Target:
    """A step at an agency."""

    agency: Agency
    step: Step | None

    @property
    def agency_id(self) -> int:
        return self.agency.pk


def target(dossier: Dossier, step: Step | None, agency: Agency | None) -> Target:
    """Return where a hand-over leads. Raises NoSuchStep where neither process nor officer tells."""
    chosen = step or next_step(dossier)
    if chosen is None:
        if agency is None:
            message = "Thủ tục này chưa có quy trình nội bộ. Anh/chị chọn cơ quan nhận hồ sơ."
            raise NoSuchStep(message, field="to_agency")
        return Target(_at_work(agency), None)
    if chosen.process_id != dossier.process_id:
        raise NoSuchStep("Bước này không thuộc quy trình của hồ sơ.", field="to_step")
    return Target(_at_work(agency) if agency else agency_of(dossier, chosen), chosen)


def next_step(dossier: Dossier) -> Step | None:
    """Return the step after the present one, or None at the end or without a process."""
    if dossier.process_id is None:
        return None
    here = dossier.at_step.position if dossier.at_step else 0
    return Step.objects.filter(process=dossier.process_id, position__gt=here).order_by("position").first()


def agency_of(dossier: Dossier, step: Step) -> Agency:
    """Return at which agency a step of this dossier stands today: where it ended, at its heir."""
    if step.place == Place.FIXED and step.agency is not None:
        return carrier(step.agency)
    return carrier(dossier.receiving if step.place == Place.RECEIVING else dossier.competent)


def _at_work(agency: Agency) -> Agency:
    """Return an agency that an officer chose. Raises NoSuchStep where it ended while he chose."""
    if not has_ended(agency):
        return agency
    heir = carrier(agency)
    told = f"Việc của cơ quan này nay do {heir.name} giải quyết. " if heir != agency else ""
    raise NoSuchStep(f"{agency.name} đã kết thúc hoạt động. {told}Anh/chị chọn lại cơ quan nhận.", field="to_agency")


def given(rows: Iterable[HandOver]) -> list[Given]:
    """Return the rows of a control slip as the rules see them."""
    return [Given(row.given_at, row.accepted_at or row.declined_at, row.declined_at is not None) for row in rows]


def leave(dossier: Dossier, at: datetime) -> Verdict | None:
    """Judge the step that is left now by its own time (form 05); None where it has none. Call it before moving on."""
    step, agency_id = dossier.at_step, dossier.at_agency_id
    if step is None or step.amount is None:
        return None
    rows, moments = list(HandOver.objects.filter(dossier=dossier)), clockwork.moments_of(dossier)
    row, stay = _present(dossier, rows, at)
    pauses = rules.pauses_of(stay, rules.pauses(moments))
    # Who took the step over from an ended agency keeps what that one had promised, and answers for it (ADR 11).
    began_at = clockwork.began_at(moments, rules.stay_numbers(moments, given(rows)), stay.number)
    due = clockwork.step_due(step, began_at, stay.began, pauses)
    verdict = clock.judge(at, due.due_at, Unit(step.unit), ran_out=due.ran_out)
    kept = StepTime.objects.filter(dossier=dossier, hand_over=row)
    # Only what was declined back has been left before.
    if not stay.away or not kept.update(agency=agency_id, due_at=due.due_at, left_at=at, verdict=verdict):
        promised = row.step_due_at if row else clockwork.step_due(step, began_at, stay.began).due_at
        assert promised is not None and due.due_at is not None, "a step with a time, left while no pause is open"
        StepTime.objects.create(
            dossier=dossier, hand_over=row, agency_id=agency_id, step=step, began_at=stay.began,
            promised_at=promised, due_at=due.due_at, left_at=at, verdict=verdict,
        )
    return verdict


def reopen(dossier: Dossier) -> None:
    """Take the verdict back of the step to which a hand-over was declined: it goes on."""
    row, _ = _present(dossier, list(HandOver.objects.filter(dossier=dossier)), None)
    StepTime.objects.filter(dossier=dossier, hand_over=row).update(left_at=None, verdict="")


def _present(
    dossier: Dossier, rows: Sequence[HandOver], left: datetime | None
) -> tuple[HandOver | None, Stay]:
    stay = rules.present(rules.stays(dossier.received_at, given(rows), left))
    return (rows[stay.number - 1] if stay.number else None), stay
