"""Citizens come and officers work, in the order of time: a small event-driven simulation over the real verbs."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from motcua.demonstration import people
from motcua.demonstration.catalogue import Offer
from motcua.demonstration.world import Office, World
from motcua.foundation.calendar.minutes import instant_of
from motcua.foundation.calendar.rules import WorkingTime
from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import PausePolicy, Unit
from motcua.foundation.core import time
from motcua.foundation.core.seals import make_seal
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Officer, Role
from motcua.service.dossiers import actions
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.types import Channel, Ground
from motcua.service.procedures.models import Step
from motcua.service.procedures.places import Place

MINUTES = {Unit.HOUR: 60, Unit.WORKING_DAY: 450, Unit.CALENDAR_DAY: 320, Unit.MONTH: 9_500}
CHANNELS = ((Channel.DIRECT, 80), (Channel.ONLINE, 14), (Channel.POST, 6))
PATIENCE = 40  # working minutes until a unit accepts what was handed over, on average


@dataclass(slots=True)
class Life:
    """One dossier's fate: where it is settled, and who works on it."""

    dossier: Dossier
    offer: Offer
    receiving: Office
    competent: Office
    step: int = 0
    by: Officer | None = None
    is_slow: bool = False
    waits: bool = False


@dataclass(slots=True)
class Simulation:
    """The days from `began` to `ended`. The same seed gives the same dossiers, dates and verdicts."""

    world: World
    offers: list[Offer]
    chance: Random
    began: datetime
    ended: datetime
    report: Callable[[int], None] = lambda _: None
    skew: float = 1.0  # below 1, more of them come towards the end, so that the desks of today are not empty
    working: WorkingTime = field(init=False)
    tasks: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    made: int = 0
    counter: int = 0

    def __post_init__(self) -> None:
        self.working = working_time_for(next(iter(self.world.offices))).time

    def run(self, dossiers: int) -> None:
        """Let that many dossiers come and be worked on; seal at the end of each simulated day."""
        first, last = (self.working.elapsed(self.working.minute(at)) for at in (self.began, self.ended))
        for _ in range(dossiers):
            share = self.chance.random() ** self.skew
            self.at(self._instant(first + 1 + int(share * (last - first - 2))), self.arrive)
        day = None
        while self.tasks and self.tasks[0][0] < self.ended:
            at, _, task = heapq.heappop(self.tasks)
            if day is not None and time.local_day(at) != day:
                self._close_day(at)
            day = time.local_day(at)
            with time.travelling(at):
                task(at)
        with time.travelling(self.ended):
            make_seal()

    def _close_day(self, before: datetime) -> None:
        with time.travelling(before - timedelta(seconds=1)):
            make_seal()

    def at(self, when: datetime, task: Callable[[datetime], None]) -> None:
        """Put a task on the time line; the counter keeps two of one minute in their order."""
        self.counter += 1
        heapq.heappush(self.tasks, (when, self.counter, task))

    def after(self, now: datetime, minutes: float, task: Callable[[datetime], None]) -> None:
        """Put a task so many working minutes later."""
        here = self.working.elapsed(self.working.minute(now))
        self.at(max(now, self._instant(here + max(1, round(minutes)))), task)

    def _instant(self, elapsed: int) -> datetime:
        return instant_of(self.working.at_elapsed(elapsed)) + timedelta(seconds=self.chance.randrange(60))

    def arrive(self, now: datetime) -> None:
        """Somebody comes to a counter."""
        offer = self.chance.choices(self.offers, [offer.weight for offer in self.offers])[0]
        receiving = self._counter_of(offer)
        competent = self._settling(offer, receiving)
        who = people.person(self.chance, is_firm=offer.is_for_firms)
        channel = self.chance.choices([c for c, _ in CHANNELS], [w for _, w in CHANNELS])[0]
        officer = receiving.anyone(Role.RECEPTION, self.chance)
        dossier = actions.receive(
            Call(officer), agency=receiving.agency, competent=competent.agency, version=offer.version,
            limit=offer.limits[channel], process=offer.process, first_step=offer.steps[0], channel=channel,
            applicant=actions.Applicant(
                name=who.name, address=f"{who.village}, {receiving.agency.name.removeprefix('UBND ')}",
                identity=who.identity, phone=who.phone,
            ),
            papers=[
                actions.PaperIn(name=p.name, paper_id=p.pk, originals=p.originals or 0, copies=p.copies or 0)
                for p in offer.version.papers.all()
            ],
        )
        self.made += 1
        self.report(self.made)
        life = Life(dossier, offer, receiving, competent, by=officer)
        life.is_slow = self.chance.random() < (0.25 if receiving.agency.key == "bk-058" else 0.09)
        life.waits = self.chance.random() < 0.08
        self.after(now, self._work(life), lambda at: self.move(life, at))

    def _counter_of(self, offer: Offer) -> Office:
        level, _, short = offer.receives.partition(":")
        # Since Decree 118/2025 a commune's counter receives for the province's departments too.
        if short and not (self.world.is_two_tier and self.chance.random() < 0.3):
            return self.world.department(short)
        offices = self.world.busiest("commune" if short else level) or self.world.busiest("commune")
        # A few places see most people: the town is overloaded while some communes see nobody for a week.
        rank = min(int(self.chance.expovariate(6 / len(offices))), len(offices) - 1)
        return offices[rank]

    def _settling(self, offer: Offer, receiving: Office) -> Office:
        _, _, short = offer.receives.partition(":")
        above = self.world.offices.get(receiving.parent_id or 0)
        if offer.settles == "parent" and above is not None and above.kind == "district":
            return above
        return self.world.department(short) if short else receiving

    def _work(self, life: Life) -> float:
        """Return how many working minutes the present step takes this time."""
        step = life.offer.steps[life.step]
        given = float((step.amount or Decimal(1)) * MINUTES[Unit(step.unit)])
        share = self.chance.uniform(1.3, 2.6) if life.is_slow and life.step else self.chance.uniform(0.2, 0.85)
        return given * share

    def _office(self, life: Life, step: Step) -> Office:
        if step.place == Place.FIXED:
            return self.world.offices[step.agency_id or 0]
        return life.receiving if step.place == Place.RECEIVING else life.competent

    def move(self, life: Life, now: datetime) -> None:
        """The one who holds it has done his step: a pause, the next step, or the end."""
        assert life.by is not None
        if life.waits and life.step == 1:
            self.wait(life, now)
        elif self.chance.random() < 0.006:
            counter = life.receiving.anyone(Role.RECEPTION, self.chance)
            actions.withdraw(Call(counter), dossier=life.dossier, reason="Người nộp có đơn xin rút hồ sơ")
        elif life.step + 1 == len(life.offer.steps):
            self.finish(life, now)
        else:
            life.dossier = actions.hand_over(Call(life.by), dossier=life.dossier)
            life.step += 1
            self.after(now, self.chance.expovariate(1 / PATIENCE), lambda at: self.accept(life, at))

    def accept(self, life: Life, now: datetime) -> None:
        """The next unit takes it; now and then it gives it back once."""
        step = life.offer.steps[life.step]
        office = self._office(life, step)
        officer = office.anyone(Role(step.role) if Role(step.role) in office.staff else Role.HEAD, self.chance)
        if life.step == 1 and self.chance.random() < 0.02:
            reason = "Hồ sơ giấy chưa kèm đủ bản chính"
            life.dossier = actions.decline(Call(officer), dossier=life.dossier, reason=reason)
            life.step = 0
            self.after(now, 90, lambda at: self.move(life, at))
            return
        life.by = officer
        life.dossier = actions.accept(Call(officer), dossier=life.dossier)
        self.after(now, self._work(life), lambda at: self.move(life, at))

    def wait(self, life: Life, now: datetime) -> None:
        """Stop the clock for a paper, a payment or another agency's answer."""
        assert life.by is not None
        life.waits = False
        ground = self.chance.choice(list(Ground))
        life.dossier = actions.suspend(
            Call(life.by), dossier=life.dossier, ground=ground, policy=PausePolicy.RESUME, reason=REASONS[ground]
        )
        self.after(now, self.chance.uniform(400, 4_000), lambda at: self.go_on(life, at))

    def go_on(self, life: Life, now: datetime) -> None:
        assert life.by is not None
        life.dossier = actions.resume(Call(life.by), dossier=life.dossier)
        self.after(now, self._work(life), lambda at: self.move(life, at))

    def finish(self, life: Life, now: datetime) -> None:
        """The result is ready; the citizen comes for it some days later, or not yet."""
        assert life.by is not None
        life.dossier = actions.finish(Call(life.by), dossier=life.dossier)
        if self.chance.random() < 0.93:
            self.after(now, self.chance.expovariate(1 / 500), lambda at: self.hand_back(life, at))

    def hand_back(self, life: Life, _now: datetime) -> None:
        officer = life.receiving.anyone(Role.RECEPTION, self.chance)
        life.dossier = actions.return_result(Call(officer), dossier=life.dossier)


REASONS = {
    Ground.SUPPLEMENT: "Đề nghị bổ sung giấy tờ còn thiếu theo phiếu hướng dẫn",
    Ground.PAYMENT: "Chờ người nộp thực hiện nghĩa vụ tài chính theo thông báo thuế",
    Ground.VERIFICATION: "Chờ cơ quan khác trả lời văn bản xác minh",
}
