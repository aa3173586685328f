"""Making an exercise from nothing: the province, its procedures, its dossiers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from motcua.demonstration import catalogue, needles, programme, reports, world
from motcua.demonstration.actions import open_exercise
from motcua.demonstration.guests import Guest, invite
from motcua.demonstration.haste import in_haste
from motcua.demonstration.lives import Simulation
from motcua.demonstration.world import SYSTEM
from motcua.foundation.calendar import actions as calendar
from motcua.foundation.calendar.seed import standard_working_time
from motcua.foundation.calendar.selectors import remembering
from motcua.foundation.core import time
from motcua.foundation.core.outbox.sending import as_history
from motcua.foundation.law import actions as law

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What an exercise holds."""

    agencies: int
    procedures: int
    dossiers: int
    guests: list[Guest]


def make(
    *, shape: str, seed: int, dossiers: int, days: int, skew: float = 1.0, until: datetime | None = None,
    report: Report = lambda _: None,
) -> Made:
    """Make an exercise in an empty store: so many dossiers over so many days, up to an instant (now).

    Raises Conflict where the store is not empty, OutsideCalendar where the days are; then nothing was written.
    """
    chance = Random(seed)  # noqa: S311 - a simulation, to be repeated from its seed
    ended = until or time.now()
    began = ended - timedelta(days=days)
    for instant in (began, ended):
        standard_working_time().plan(time.local_day(instant))
    with in_haste(), as_history(), remembering():
        with time.travelling(began - timedelta(days=60)):
            open_exercise(SYSTEM, shape=shape, seed=seed, began=began.date(), ended=ended.date())
            report("Nạp văn bản, bộ quy tắc, danh mục cơ quan…")
            law.load_shipped(SYSTEM)
            calendar.load_seed(SYSTEM)
            world.load_register(shape)
            report("Mở các cơ quan, tài khoản…")
            place = world.furnish(shape, chance)
            guests = invite(shape, place)
            report("Công bố thủ tục, quy trình…")
            offers = catalogue.publish_all(place, time.today())
            if shape == programme.SHAPE:
                report("Nạp chương trình cải cách hành chính…")
                reform = programme.load(place, Random(seed), ended)  # noqa: S311 - a chance of its own
                needles.load(reform, Random(seed))  # noqa: S311 - dossiers stay as they were
        life = Simulation(
            place, offers, chance, began, ended, report=lambda n: report(f"Hồ sơ {n}/{dossiers}"), skew=skew
        )
        reports.schedule(life, seed)
        life.run(dossiers)
    if shape == programme.SHAPE:
        needles.finish(reform)
    return Made(len(place.offices), len(offers), life.made, guests)
