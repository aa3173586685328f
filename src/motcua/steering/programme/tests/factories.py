"""A province of four agencies with its officers, and a programme at work there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.tests.factories import AccountFactory
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.steering.programme import actions
from motcua.steering.programme.models import Programme
from motcua.steering.programme.tests import samples
from motcua.steering.programme.types import Reading

SYSTEM = Call(SYSTEM_ACTOR)
DECIDED = date(2016, 6, 15)


def officer(agency: Agency, *roles: Role) -> Officer:
    """Return somebody who works at the agency in these roles."""
    account = AccountFactory(home_agency=agency)
    return Officer(
        account.ref, account.pk, account.full_name, agency.pk, agency.ref, agency.name,
        roles={agency.pk: frozenset(roles)},
    )


@dataclass
class Province:
    """Who is there: the issuer, the steward's department, the office, and two departments that lead rows."""

    issuer: Agency = field(default_factory=lambda: AgencyFactory(name="UBND tỉnh Mẫu"))
    steward: Agency = field(default_factory=lambda: AgencyFactory(name="Sở Nội vụ"))
    office: Agency = field(default_factory=lambda: AgencyFactory(name="Văn phòng UBND tỉnh"))
    justice: Agency = field(default_factory=lambda: AgencyFactory(name="Sở Tư pháp"))
    health: Agency = field(default_factory=lambda: AgencyFactory(name="Sở Y tế"))

    def reading(self) -> Reading:
        """Return a reading in which these agencies lead."""
        justice = samples.unit("Sở Tư pháp", self.justice.code)
        health = samples.unit("Sở Y tế", self.health.code)
        home = samples.unit("Sở Nội vụ", self.steward.code)
        return samples.reading(
            samples.task("1.1", samples.IN_2017, lead=(justice,), helps=(health, home)),
            samples.task("1.2", samples.ANNUAL, lead=(home,), helps=(justice,)),
            samples.task("1.3", samples.WHOLE, lead=(justice, health), product="Kết quả thực hiện"),
            samples.task("7.8", samples.FEBRUARY, lead=(home,), group="7. Chỉ đạo"),
            samples.task("3.4", samples.ONE_DAY, uid="3.4#1", lead=(justice,), group="3. Bộ máy"),
            samples.task("3.4", samples.UNSTATED, uid="3.4#2", lead=(), group="3. Bộ máy"),
        )

    def drafted(self) -> Programme:
        """Return the programme as a draft."""
        return actions.enter(SYSTEM, reading=self.reading(), sha256="a" * 64, name="860.txt")

    def approved(self) -> Programme:
        """Return the programme at work."""
        return actions.approve(
            SYSTEM, programme=self.drafted(), steward=self.steward, office=self.office, issuer=self.issuer, on=DECIDED,
        )
