"""A small town whose dossiers live at random, and whose numbers are written down at every midnight."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.foundation.indicators import building, folding, selectors
from motcua.foundation.indicators.types import Scope
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.service.dossiers import actions
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.tallying import SOURCE
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.types import Ground, State
from motcua.service.procedures.tests.factories import ProcedureVersionFactory, ProcessFactory

FIRST = datetime(2025, 4, 14, 8, tzinfo=time.LOCAL_ZONE)
STOCKS = ("dossiers-open", "dossiers-open-late", "dossiers-open-undetermined")


@dataclass
class Town:
    """Two communes, three procedures in two fields (days, hours, no limit), and what was written down."""

    chance: random.Random
    now: datetime = FIRST
    offices: list[Office] = field(default_factory=list)
    written: dict[tuple[date, str, Scope], int] = field(default_factory=dict)

    def scopes(self) -> list[Scope]:
        one, other = (place.commune.pk for place in self.offices[:2])
        return [Scope(), Scope.of(one), Scope.of(other), Scope(field="Đất đai"), Scope.of(one, field="Hộ tịch")]

    def live(self, steps: int) -> None:
        """Do so many things, hours between them; write down the numbers at each midnight that passes."""
        for _ in range(steps):
            with time.travelling(self.now):
                self._do()
            self._go_on(timedelta(minutes=self.chance.choice([1, 40, 90, 300, 900, 1600])))

    def _go_on(self, by: timedelta) -> None:
        until = self.now + by
        day = self.now.date()
        while day < until.date():
            end = datetime(day.year, day.month, day.day, 23, 59, 59, 999999, tzinfo=time.LOCAL_ZONE)
            with time.travelling(end):
                for code in STOCKS:
                    for scope in self.scopes():
                        self.written[day, code, scope] = selectors.recount(code, scope=scope)
            day += timedelta(days=1)
        self.now = until

    def _do(self) -> None:
        what: list[Callable[[], object]] = [self._receive, self._receive, *[self._move] * 7, folding.fold, self._build]
        self.chance.choice(what)()

    def _build(self) -> None:
        if self.chance.random() < 0.3:
            building.build(SOURCE)

    def _receive(self) -> None:
        place = self.chance.choice(self.offices)
        limit = place.version.limits.get() if self.chance.random() < 0.8 else None
        received(place, limit=limit)

    def _move(self) -> None:
        alive = list(Dossier.objects.exclude(state__in=[State.WITHDRAWN, State.STOPPED, State.RETURNED]))
        if alive:
            self._one(self.chance.choice(alive))

    def _one(self, dossier: Dossier) -> None:
        place = next(one for one in self.offices if one.department.pk == dossier.competent_id)
        by = Call(place.counter if dossier.at_agency_id == place.commune.pk else place.head)
        if dossier.state == State.FINISHED:
            actions.return_result(Call(place.counter), dossier=dossier)
        elif dossier.state == State.SUSPENDED:
            if self.chance.random() < 0.8:
                actions.resume(by, dossier=dossier)
            else:
                actions.withdraw(Call(place.counter), dossier=dossier, reason="dân rút")
        elif dossier.is_awaited:
            actions.accept(by, dossier=dossier)
        else:
            self._open(dossier, place, by)

    def _open(self, dossier: Dossier, place: Office, by: Call) -> None:
        roll = self.chance.random()
        if roll < 0.35:
            actions.finish(by, dossier=dossier)
        elif roll < 0.6:
            ground = self.chance.choice([Ground.PAYMENT, Ground.VERIFICATION])
            actions.suspend(
                by, dossier=dossier, ground=ground, policy=self.chance.choice(list(PausePolicy)), reason="chờ"
            )
        elif roll < 0.75 and dossier.at_agency_id == place.commune.pk:
            actions.hand_over(by, dossier=dossier)
        elif roll < 0.85:
            actions.recompute(Call(SYSTEM_ACTOR), dossier=dossier)
        elif roll < 0.93 and dossier.at_agency_id == place.department.pk:
            actions.stop(by, dossier=dossier, reason="không đủ điều kiện")
        else:
            actions.withdraw(Call(place.counter), dossier=dossier, reason="dân rút")


def town(seed: int) -> Town:
    """Return a town on its first morning."""
    found = Town(random.Random(seed))
    first = office()
    second = office()
    second.version = ProcedureVersionFactory(procedure__field="Đất đai")
    second.process = ProcessFactory(procedure=second.version.procedure)
    hours = second.version.limits.get()
    hours.amount, hours.unit = 6, "hour"
    hours.save()
    third = Office(
        commune=first.commune, department=AgencyFactory(name="Sở Xây dựng"), counter=first.counter,
        colleague=first.colleague, specialist=first.specialist, head=first.head, stranger=first.stranger,
        version=second.version, process=second.process,
    )
    third.head = officer(Role.HEAD, home_agency=third.department)
    found.offices = [first, second, third]
    return found
