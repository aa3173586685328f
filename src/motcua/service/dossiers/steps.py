"""Where a dossier goes next, and how the step it leaves has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.calendar import rules as clock
from motcua.foundation.calendar.types import Unit
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import carrier, has_ended
from motcua.service.dossiers import clockwork, rules
from motcua.service.dossiers.errors import NoSuchStep
from motcua.service.dossiers.models import Dossier, HandOver
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


def judge_step(dossier: Dossier, at: datetime) -> None:
    """Write on the control slip how the step that ends now has kept its own time (form 05).

    While the dossier's clock stood, the step's stood too, in the same way; `step_due_at` stays what was promised first.
    """
    accepted = HandOver.objects.filter(dossier=dossier, accepted_at__isnull=False)
    row = accepted.select_related("to_step").order_by("-id").first()
    if row is None or row.to_step is None or row.step_due_at is None or row.step_verdict:
        return
    here = [moment for moment in clockwork.moments_of(dossier) if moment.at >= row.given_at]
    due = clockwork.step_due(row.to_step, row.to_agency_id, row.given_at, rules.pauses(here))
    row.step_verdict = clock.judge(at, due.due_at, Unit(row.to_step.unit), ran_out=due.ran_out)
    row.save(update_fields=["step_verdict"])
