"""A programme at work whose measures are counted from procedures and agencies."""

from __future__ import annotations

from datetime import date
from typing import Any

from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.service.procedures import actions as procedures
from motcua.service.procedures.models import ProcedureVersion
from motcua.service.procedures.tests.factories import ProcedureVersionFactory
from motcua.steering.programme.models import Measure, Programme
from motcua.steering.programme.needles import actions
from motcua.steering.programme.needles.actions import Offered
from motcua.steering.programme.tests.factories import SYSTEM, Province

BOUND = date(2016, 6, 15)
NESTED = Offered("long-nhau", "Mức độ 3 gồm cả mức độ 4", "procedures-online-share", "Vì sao")
APART = Offered("tach-roi", "Chỉ đúng mức độ 3", "procedures-online-3-share")
ONE_STOP = Offered("dem-mot-lan", "Mỗi thủ tục đếm một lần", "procedures-one-stop-share")


def programme(province: Province) -> Programme:
    """Return a programme at work; its first measure wants at least 80%."""
    return Programme.objects.select_related("steward", "office", "issuer").get(pk=province.approved().pk)


def measure(code: str = "1.1") -> Measure:
    return Measure.objects.select_related("target__programme", "responsible").get(code=code)


def served(since: date = BOUND, **said: Any) -> ProcedureVersion:
    """Return a procedure of which a decision says how it is served."""
    found: ProcedureVersion = ProcedureVersionFactory()
    procedures.state_service(SYSTEM, procedure=found.procedure, valid_from=since, basis="Quyết định 1", **said)
    return found


def bind(of: Measure, *readings: Offered, on: date = BOUND) -> Measure:
    """Bind a measure to readings; the first holds."""
    return actions.offer(SYSTEM, measure=of, readings=readings or (NESTED, APART), on=on, basis="Quyết định 2")


def district(name: str, *, one_stop: bool) -> Agency:
    found: Agency = AgencyFactory(
        name=name, state__kind="district", state__level="district", state__has_one_stop=one_stop
    )
    return found
