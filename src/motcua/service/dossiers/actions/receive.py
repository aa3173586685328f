"""Receiving a dossier at the counter: code, first due date, papers handed in. No receipt without these."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.foundation.core import ledger, numbering, time
from motcua.foundation.core.crypto import blind_index
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.prepared import fresh, insert_one
from motcua.foundation.core.refs import new_public_id
from motcua.foundation.core.search.store import words_of
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import register_day
from motcua.service.dossiers import clockwork, counting, vouching
from motcua.service.dossiers.errors import NotReceivable
from motcua.service.dossiers.models import ClockEvent, Dossier, DossierPaper
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import Channel, Happening, Holder, Moment, State
from motcua.service.procedures.models import ChannelLimit, ProcedureVersion, Process, Step

CHECK_WORD = 6


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whose matter it is, and who brought it where that is somebody else."""

    name: str
    address: str = ""
    identity: str = ""
    phone: str = ""
    submitted_by: str = ""


@dataclass(frozen=True, slots=True)
class PaperIn:
    """A paper as ticked at the counter. `paper_id` is a published one of the procedure."""

    name: str
    paper_id: int | None = None
    originals: int = 0
    copies: int = 0


@verb("dossier.receive", policy=DOSSIERS, on="agency")
def receive(
    act: Act, *, agency: Agency, competent: Agency, version: ProcedureVersion, limit: ChannelLimit | None,
    process: Process | None, first_step: Step | None, applicant: Applicant, papers: Sequence[PaperIn],
    channel: Channel = Channel.DIRECT, case: str = "", request: str = "", rule_set: str = "",
) -> Dossier:
    """Receive a dossier and return it with its code and first due date.

    Legal source: Decree 61/2018/NĐ-CP, articles 17 and 26; the code counts per receiving agency and local day.
    Raises NotReceivable where the procedure is not in force, Invalid where the applicant has no name.
    """
    if not applicant.name.strip():
        raise Invalid("Chưa có họ tên người nộp nên chưa tiếp nhận. Anh/chị nhập rồi bấm Tiếp nhận.", field="applicant")
    if version.state != "in-force":
        raise NotReceivable("Thủ tục này không còn hiệu lực tại ngày tiếp nhận, nên không nhận hồ sơ theo thủ tục này.")
    _check_agencies(agency, competent)
    _check_belongs(version, limit, process, first_step)
    dossier = _dossier(
        act, agency=agency, competent=competent, version=version, limit=limit, process=process, first_step=first_step,
        applicant=applicant,
    )
    dossier.channel, dossier.case, dossier.request, dossier.rule_set = channel, case, request, rule_set
    _set_first_due(dossier)
    # The number comes last: whoever else receives at this agency today waits for it until we commit.
    day = time.local_day(act.happened_at)
    number = numbering.take_for(dossier, numbering.dossier_series(agency.code, day))
    dossier.code = f"{agency.code}-{day:%y%m%d}-{number:04d}"
    if dossier.pk is None:
        insert_one(dossier)
    else:
        act.put(dossier)
    event = fresh(
        ClockEvent, dossier_id=dossier.pk, sequence=1, what=Happening.RECEIVE, at=act.happened_at,
        holder=dossier.holder, agency_id=agency.pk, step_id=dossier.at_step_id, account_id=dossier.at_account_id,
    )
    act.put(event)
    act.put(*(
        fresh(
            DossierPaper, dossier_id=dossier.pk, of_id=p.paper_id, name=p.name, originals=p.originals, copies=p.copies
        )
        for p in papers
    ))
    act.put(*words_of(dossier.ref, dossier.applicant, rank=int(act.happened_at.timestamp())))
    counting.received(act, dossier, version)
    act.record(
        dossier, first=True, code=dossier.code, procedure=version.ref, channel=channel, papers=len(papers),
        receiving=agency.ref, competent=competent.ref, rule_set=rule_set,
        due=dossier.due_at.isoformat() if dossier.due_at else None,
        people=ledger.digest(dossier.salt, vouching.people(dossier)),
        handed=ledger.digest(dossier.salt, vouching.papers(papers)), clock=vouching.clock(event),
    )
    return dossier


def _check_agencies(*agencies: Agency) -> None:
    """Raise NotReceivable where an agency is at work no more: its heir receives, under its own code."""
    day = register_day()
    for one in agencies:
        if one.valid_to is not None and one.valid_to <= day:
            raise NotReceivable(
                f"{one.name} đã kết thúc hoạt động từ {one.valid_to:%d/%m/%Y}, nên không nhận hồ sơ. Chưa ghi gì; "
                "anh/chị nhận tại cơ quan kế thừa."
            )


def _check_belongs(
    version: ProcedureVersion, limit: ChannelLimit | None, process: Process | None, first_step: Step | None
) -> None:
    """Raise Invalid where limit or process are another procedure's, whichever door brought them."""
    fits = (
        limit is None or limit.of_id == version.pk,
        process is None or process.procedure_id == version.procedure_id,
        first_step is None or (process is not None and first_step.process_id == process.pk),
    )
    if not all(fits):
        raise Invalid("Thời hạn hoặc quy trình không thuộc thủ tục này. Anh/chị chọn lại thủ tục; chưa ghi gì.")


def _dossier(
    act: Act, *, agency: Agency, competent: Agency, version: ProcedureVersion, limit: ChannelLimit | None,
    process: Process | None, first_step: Step | None, applicant: Applicant,
) -> Dossier:
    beside = {
        "version_of": version, "process": process, "receiving": agency, "competent": competent, "at_agency": agency,
        "at_step": first_step,
    }
    return fresh(
        Dossier, beside, check_word=new_public_id(CHECK_WORD), state=State.RECEIVED, received_at=act.happened_at,
        limit_amount=limit.amount if limit else None, limit_unit=limit.unit if limit else "",
        applicant=applicant.name.strip(), applicant_address=applicant.address.strip(),
        applicant_identity=applicant.identity.strip(), applicant_phone=applicant.phone.strip(),
        identity_index=blind_index("identity", applicant.identity),
        phone_index=blind_index("phone", applicant.phone), submitted_by=applicant.submitted_by.strip(),
        holder=Holder.COUNTER, at_account_id=clockwork.account_of(act),
        held_since=act.happened_at, salt=secrets.token_hex(16),
    )


def _set_first_due(dossier: Dossier) -> None:
    """Work out the due date from the reception alone. Without a known limit there is none."""
    moment = Moment(Happening.RECEIVE, dossier.received_at, Holder.COUNTER)
    clockwork.set_due(dossier, [moment])
    dossier.first_due_at = dossier.due_at
