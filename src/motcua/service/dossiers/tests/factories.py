"""Dossiers for tests, made through the verb, as every dossier is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.foundation.core import time
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.service.dossiers import actions
from motcua.service.dossiers.models import Dossier
from motcua.service.procedures.models import ProcedureVersion, Process
from motcua.service.procedures.tests.factories import ProcedureVersionFactory, ProcessFactory


@dataclass
class Office:
    """A commune that receives, a department that settles, and the people of both; and a stranger."""

    commune: Agency
    department: Agency
    counter: Officer
    colleague: Officer
    specialist: Officer
    head: Officer
    stranger: Officer
    version: ProcedureVersion
    process: Process


def office() -> Office:
    """Return two agencies at work on one procedure."""
    commune, department = AgencyFactory(), AgencyFactory(name="Sở Tư pháp")
    version = ProcedureVersionFactory()
    return Office(
        commune=commune,
        department=department,
        counter=officer(Role.RECEPTION, home_agency=commune),
        colleague=officer(Role.RECEPTION, home_agency=commune),
        specialist=officer(Role.SPECIALIST, home_agency=department),
        head=officer(Role.HEAD, home_agency=department),
        stranger=officer(Role.SPECIALIST, Role.RECEPTION),
        version=version,
        process=ProcessFactory(procedure=version.procedure),
    )


def received(at: Office, *, when: datetime | None = None, **more: Any) -> Dossier:
    """Return a dossier received at the commune's counter."""
    arguments: dict[str, Any] = {
        "agency": at.commune, "competent": at.department, "version": at.version, "limit": at.version.limits.get(),
        "process": at.process, "first_step": at.process.steps.all()[0],
        "applicant": actions.Applicant(name="Nông Văn Minh", identity="095088001234", phone="0912 345 678"),
        "papers": [actions.PaperIn(name="Tờ khai", originals=1)],
    }
    request_key = more.pop("request_key", None)
    by = more.pop("by", at.counter)
    call = Call(by, request_key=request_key)
    if when is None:
        return actions.receive(call, **(arguments | more))
    with time.travelling(when):
        return actions.receive(call, **(arguments | more))
