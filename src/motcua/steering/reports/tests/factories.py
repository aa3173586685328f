"""A small province with its people: a department that gathers, a district, two communes, and a stranger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal

from motcua.foundation.core import time as clock
from motcua.foundation.core.time import at_local
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.steering.reports import actions
from motcua.steering.reports.actions import Plan
from motcua.steering.reports.models import Period, Report

OPENED = at_local(date(2026, 9, 15), time(8))
SENT = at_local(date(2026, 9, 16), time(9))
IN_PERIOD = at_local(date(2026, 7, 6), time(8, 30))
Q3 = Plan(regime="cchc", year=2026, occasion="q3")


@dataclass
class Province:
    """Agencies, and those who work there."""

    top: Agency
    gatherer: Agency
    district: Agency
    communes: list[Agency]
    chairman: Officer
    steward: Officer
    director: Officer
    deputy: Officer
    district_head: Officer
    district_officer: Officer
    heads: list[Officer]
    officers: list[Officer]
    stranger: Officer
    auditor: Officer


def agency(name: str, kind: str, parent: Agency | None, code: str = "", form: str = "") -> Agency:
    """Return an agency under another one."""
    level = {"department": "province"}.get(kind, kind)
    given, bare = {"code": code} if code else {}, name.removeprefix("UBND ")
    return AgencyFactory(
        name=name, **given, state__kind=kind, state__level=level, state__parent=parent, state__form=form,
        state__title=name, state__name=bare[:1].upper() + bare[1:],
    )


def province() -> Province:
    """Return the agencies and their people."""
    top = agency("UBND tỉnh Bắc Kạn", "province", None, "06", "tỉnh")
    gatherer = agency("Sở Nội vụ", "department", top, "06-SNV", "sở")
    district = agency("UBND huyện Bạch Thông", "district", top, "063", "huyện")
    communes = [agency(f"UBND xã số {n}", "commune", district, f"0197{n}", "xã") for n in (1, 2)]
    with clock.travelling(OPENED):
        return Province(
            top, gatherer, district, communes,
            chairman=officer(Role.CHAIRMAN, home_agency=top, full_name="Dương Hữu Phong"),
            steward=officer(Role.STEWARD, Role.SPECIALIST, home_agency=gatherer),
            director=officer(Role.HEAD, home_agency=gatherer), deputy=officer(Role.DEPUTY, home_agency=gatherer),
            district_head=officer(Role.CHAIRMAN, home_agency=district, full_name="Sằm Văn Giang"),
            district_officer=officer(Role.SPECIALIST, home_agency=district),
            heads=[officer(Role.CHAIRMAN, home_agency=commune) for commune in communes],
            officers=[officer(Role.SPECIALIST, home_agency=commune) for commune in communes],
            stranger=officer(Role.SPECIALIST, Role.CHAIRMAN), auditor=officer(Role.AUDITOR, home_agency=top),
        )


def dossiers(of: Agency, count: int, when: datetime = IN_PERIOD) -> None:
    """Let so many dossiers be received at an agency."""
    base = office()
    at: Office = replace(base, commune=of, counter=officer(Role.RECEPTION, home_agency=of))
    for _ in range(count):
        received(at, when=when)


def opened(at: Province, plan: Plan = Q3) -> Period:
    """Open the third quarter of 2026 on the day after its last."""
    with clock.travelling(OPENED):
        return actions.open_period(Call(at.steward), plan=plan, drafter=at.gatherer)


def report_of(period: Period, unit: Agency) -> Report:
    """Return a unit's report."""
    return period.reports.select_related("period", "unit", "drafter", "above").get(unit=unit)


WORDS = {"W1": "Đã ban hành kế hoạch.", "W2": "Giải quyết đúng hẹn."}


def sent(period: Period, unit: Agency, head: Officer, when: datetime = SENT, **texts: str) -> Report:
    """Write the words of a unit's report and send it."""
    with clock.travelling(when):
        report = actions.write(Call(head), report=report_of(period, unit), texts={**WORDS, **texts})
        return actions.send(Call(head), report=report)


def contested(
    period: Period, unit: Agency, by: Officer, cell: str, value: int
) -> Report:
    """Set the unit's own figure beside the registry's."""
    with clock.travelling(SENT):
        report = report_of(period, unit)
        return actions.contest(Call(by), report=report, cell=cell, value=Decimal(value), reason="Sổ giấy ghi khác")


def numbers(*values: Decimal | int | None) -> list[int | None]:
    """Return whole figures as they are compared with plain ones."""
    return [None if value is None else int(value) for value in values]
