"""Every verb of procedures, done once with marked words in every text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.foundation.calendar.types import Limit, Unit
from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.service.procedures import actions
from motcua.service.procedures.actions import PaperPlan
from motcua.service.procedures.models import ProcedureVersion
from motcua.service.procedures.places import Place
from motcua.service.procedures.reading import read_record
from motcua.service.procedures.reading.tests.samples import record
from motcua.service.procedures.rules import StepPlan
from motcua.service.procedures.tests.factories import ProcedureVersionFactory
from motcua.service.procedures.tests.test_publishing import WHOLE, at
from motcua.service.procedures.types import FeeKind, RunState

#: The texts of procedures are public; an import keeps names of files and findings.
HOMES = frozenset({
    "procedures_procedure", "procedures_procedureversion", "procedures_procedurepaper", "procedures_channellimit",
    "procedures_procedurebasis", "procedures_procedurefee", "procedures_process", "procedures_step",
    "procedures_importrun", "procedures_procedureservice",
})
BY = Call(SYSTEM_ACTOR)
DAY, LATER, LAST = date(2026, 3, 2), date(2026, 4, 1), date(2026, 6, 1)


def walk(mark: str) -> None:
    """Draft, publish, replace and end a procedure; add what an imported one lacks; import records."""
    _life(mark)
    _additions(mark)
    _service(mark)
    _imports(mark)


def _life(mark: str) -> None:
    content = replace(
        WHOLE, name=f"Cấp thẻ cho bà {mark}", field=f"Thư viện {mark}", steps=f"Hỏi bà {mark}.", bases=[f"Luật {mark}"],
        papers=(PaperPlan(f"Đơn của bà {mark}"),), requirements=f"Quen bà {mark}", fees=f"Theo bà {mark}",
    )
    with time.travelling(at(DAY)):
        version = actions.draft(BY, code="1.900777", content=content)
        version = actions.edit_draft(BY, version=version, content=content)
        actions.publish(
            BY, procedure=version.procedure, version=version, decision=f"5/QĐ-{mark}", decided_on=DAY, valid_from=DAY,
        )
        second = actions.draft(BY, code="1.900777", content=content)
        second = actions.publish(
            BY, procedure=second.procedure, version=second, decision=f"6/QĐ-{mark}", decided_on=DAY, valid_from=LATER,
        )
        steps = [StepPlan(f"Việc của bà {mark}", Place.COMPETENT, "specialist", Limit(Decimal(2), Unit.WORKING_DAY))]
        process = actions.draft_process(BY, procedure=version.procedure, steps=steps)
        process = actions.edit_process(BY, process=process, steps=steps)
        actions.publish_process(
            BY, procedure=process.procedure, process=process, decision=f"7/QĐ-{mark}", valid_from=DAY,
        )
    with time.travelling(at(LATER)):
        second = actions.take_effect(BY, procedure=second.procedure, version=second)
    with time.travelling(at(LAST)):
        actions.expire(BY, procedure=second.procedure, version=second, decision=f"9/QĐ-{mark}", valid_to=LAST)


def _additions(mark: str) -> None:
    version: ProcedureVersion = ProcedureVersionFactory()
    row = version.limits.get()
    row.amount, row.unit, row.unknown = None, "", "no-unit"
    row.save()
    version = actions.set_limit(
        BY, version=version, limits=[row], amount=Decimal(1), unit=Unit.WORKING_DAY, basis=f"Hỏi bà {mark}"
    )
    version = actions.set_fee(
        BY, version=version, limits=[version.limits.get()], kind=FeeKind.FEE, amount=Decimal(1000), per=f"lần {mark}",
        basis=f"Nghị quyết {mark}",
    )
    actions.record_dates(
        BY, version=version, decided_on=DAY, requested_on=DAY, published_on=DAY, sent_on=DAY, shown_on=DAY
    )


def _service(mark: str) -> None:
    procedure = ProcedureVersionFactory().procedure
    actions.state_service(BY, procedure=procedure, valid_from=DAY, one_stop=True, basis=f"Quyết định của bà {mark}")


def _imports(mark: str) -> None:
    whole = record(ten_thu_tuc=f"Cấp giấy cho bà {mark}", trinh_tu_thuc_hien=f"Hỏi bà {mark}.")
    actions.import_record(BY, reading=read_record(whole))
    content = json.dumps([whole]).encode()
    run = actions.start_import(BY, files=[SimpleUploadedFile(f"{mark}.json", content)], is_trial=True)
    run.refresh_from_db()
    if run.state not in {RunState.DONE, RunState.FAILED}:
        actions.end_import(BY, run=run, problem=f"Tệp của bà {mark} hỏng")
