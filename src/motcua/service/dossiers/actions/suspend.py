"""Stopping the clock on a legal ground, and letting it run on."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import notes
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity.types import Role
from motcua.service.dossiers import clockwork, counting, letters, rules, telling, vouching
from motcua.service.dossiers.models import ClockEvent, Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import Ground, Happening, LetterKind, Missing, State

ASKED = (
    "Hồ sơ này đã được yêu cầu bổ sung bằng phiếu số {number} ngày {day}; chỉ được yêu cầu một lần. Chưa ghi gì; "
    "anh/chị giải quyết theo giấy tờ đang có, hoặc dừng giải quyết kèm lý do."
)


@verb("dossier.suspend", policy=DOSSIERS, locks=("dossier",))
def suspend(
    act: Act, *, dossier: Dossier, ground: Ground, policy: PausePolicy, reason: str, missing: Sequence[Missing] = ()
) -> Dossier:
    """Suspend the dossier: from now on the citizen, the payment or another agency holds it, as the ground says.

    Waiting for papers, a numbered request goes to the applicant, once, with all that is missing (form 02).
    Legal source: one-stop.md 2.3 and 5.7 (national status codes 5, 6 and 8). Raises NotNow, Invalid, AskedAlready.
    """
    if not reason.strip():
        raise Invalid(
            "Tạm dừng phải ghi rõ lý do và căn cứ; đồng hồ vẫn chạy, chưa ghi gì. Anh/chị nhập lý do rồi bấm lại.",
            field="reason",
        )
    rules.check("dossier.suspend", State(dossier.state), awaited=dossier.is_awaited)
    if ground is Ground.SUPPLEMENT:
        letters.check_first(dossier, LetterKind.SUPPLEMENT, "reception.supplement_requests", ASKED)
    clockwork.hold(
        dossier, act, holder=ground.holder, agency_id=dossier.at_agency_id, step=dossier.at_step,
        account_id=dossier.at_account_id,
    )
    dossier.state = State.SUSPENDED
    note = notes.keep(act, dossier, reason)
    event = clockwork.happen(act, dossier, Happening.SUSPEND, policy=policy, ground=ground, note=note)
    before = counting.due_of(dossier)
    clockwork.set_due(dossier, clockwork.moments_of(dossier))
    dossier.save()
    counting.due_moved(act, dossier, before)
    act.record(dossier, what="suspend", ground=ground, policy=policy, clock=vouching.clock(event), **notes.facts(note))
    if ground is Ground.SUPPLEMENT:
        letters.write(act, LetterKind.SUPPLEMENT, dossier.at_agency, letters.Contents(
            reason=event, dossier=dossier, missing=letters.checked(dossier, missing)
        ))
    telling.tell(act, dossier, telling.WAITS.get(ground))
    return dossier


@verb("dossier.resume", policy=DOSSIERS, locks=("dossier",))
def resume(act: Act, *, dossier: Dossier) -> Dossier:
    """Let the clock run on and work the due date out anew; the first due date stays as it was."""
    rules.check("dossier.resume", State(dossier.state), awaited=dossier.is_awaited)
    stopped = ClockEvent.objects.filter(dossier=dossier, what=Happening.SUSPEND).order_by("-sequence")[0]
    if act.happened_at < stopped.at:
        raise Invalid(
            "Thời điểm tiếp tục không thể trước lúc tạm dừng; chưa ghi gì. Anh/chị kiểm tra lại giờ.",
            field="at",
        )
    is_counter = dossier.at_step is not None and dossier.at_step.role == Role.RECEPTION
    clockwork.hold(
        dossier, act, holder=rules.holder_of_step(is_counter), agency_id=dossier.at_agency_id, step=dossier.at_step,
        account_id=dossier.at_account_id,
    )
    dossier.state = State.IN_PROCESS
    event = clockwork.happen(act, dossier, Happening.RESUME)
    before = counting.due_of(dossier)
    clockwork.set_due(dossier, clockwork.moments_of(dossier))
    dossier.save()
    counting.due_moved(act, dossier, before)
    due = dossier.due_at.isoformat() if dossier.due_at else None
    act.record(dossier, what="resume", due=due, clock=vouching.clock(event))
    return dossier
