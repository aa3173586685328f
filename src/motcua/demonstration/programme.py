"""The province's programme in the exercise: its rows from the data file, and three invented years of work on them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as hour
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from motcua.demonstration.annex import reading_of
from motcua.demonstration.world import SYSTEM, World
from motcua.foundation.core import settings_rows, time
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme import actions
from motcua.steering.programme.kinds import Money, Part, ProductKind, ProjectData, ProjectState, Source
from motcua.steering.programme.models import Measure, Occurrence, Programme, Task
from motcua.steering.programme.today import STANDS_ON

DATA = Path(__file__).with_name("data") / "programme.toml"
SHAPE = "2016"
"""The shape of the exercise whose agencies the programme names."""
MOCK = "số mô phỏng"
#: Rows that the invented years let go wrong: never handed in, handed in late, or dropped by a decision.
STUCK = frozenset({"4.7", "3.5", "4.8"})
LEFT = frozenset({("2.2", 2017), ("4.4", 2017), ("5.6", 2017), ("6.12", 2017), ("7.7", 2017)})
DROPPED = {"3.6": "512/QĐ-UBND"}
KINDS = {"5.3": ProductKind.STANDING}


@dataclass(slots=True)
class Works:
    """A programme at work in the exercise, and the chance that moves it."""

    world: World
    programme: Programme
    chance: Random
    today: date
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, of: str) -> str:
        """Return the next invented number of a series."""
        self.numbers[of] = self.numbers.get(of, 0) + self.chance.randint(1, 9)
        return f"{self.numbers[of]}/{of}"


def load(world: World, chance: Random, now: datetime) -> Programme:
    """Enter, approve and let work the programme, as of today's month and day in 2018, where it then stands still."""
    content = DATA.read_bytes()
    data = tomllib.loads(content.decode())
    today = date(2018, now.month, min(now.day, 28))
    settings_rows.write(STANDS_ON, today.isoformat())
    programme = actions.enter(
        SYSTEM, reading=reading_of(data), sha256=hashlib.sha256(content).hexdigest(), name=DATA.name
    )
    province = world.at("bk-06").agency
    programme = actions.approve(
        _at(data["document"]["issued"]), programme=programme, steward=world.department("SNV").agency,
        office=world.department("VP").agency, issuer=province, on=data["document"]["issued"],
        short=data["document"]["short"],
    )
    works = Works(world, programme, chance, today)
    _bind(works, data)
    for task in programme.tasks.select_related("programme"):
        _work_on(works, task)
    _build(works)
    actions.remind(_at(works.today), programme)
    return programme


def _at(day: date, by: Officer | None = None) -> Call:
    """Return a call of something that happened on a day and is entered now."""
    return Call(by or SYSTEM.actor, happened_at=time.at_local(day, hour(9)))


def _bind(works: Works, data: dict[str, Any]) -> None:
    measures = {row.code: row for row in Measure.objects.filter(target__programme=works.programme)}
    issued = data["document"]["issued"]
    for target in data["targets"]:
        for step, (*_, baseline, unit) in enumerate(target["measures"]):
            actions.bind(
                _at(issued), measure=measures[f"{target['id']}.{step + 1}"],
                responsible=works.world.department(unit).agency,
                baseline=Decimal(baseline) if baseline else None, baseline_on=issued if baseline else None,
                baseline_source="860/QĐ-UBND, phần I" if baseline else "",
            )
    tasks = list(works.programme.tasks.all())
    for task, row in zip(tasks, data["annex"]["rows"], strict=True):
        if row[7]:
            actions.link(_at(issued), task=task, measures=[measures[code] for code in row[7]])
    _measure(measures, works.today)


def _measure(measures: dict[str, Measure], today: date) -> None:
    """Enter some invented values: two years of what can be counted, nothing of what nobody has asked yet."""
    values = {
        "3.2": ("66.4", "74.1"), "4.2": ("45.8", "55.2"), "4.3": ("94.0", "96.3"), "5.2": ("72.1", "81.5"),
        "6.2": ("71", "78"), "6.5": ("64", "70"), "8.1": ("2", "4"), "7.1": ("9.5", "21"), "2.3": ("", "76.4"),
        "0.1": ("", "71.2"),
    }
    for code, pair in values.items():
        for year, value in zip((2016, 2017), pair, strict=True):
            if value and date(year + 1, 1, 15) <= today:
                actions.enter_value(
                    _at(date(year + 1, 1, 15)), measure=measures[code], on=date(year, 12, 31), value=Decimal(value),
                    source=f"Báo cáo năm {year} ({MOCK})",
                )


def _work_on(works: Works, task: Task) -> None:
    if task.uid in KINDS:
        task = actions.set_product(_at(date(2016, 6, 20)), task=task, kind=KINDS[task.uid])
    _pay(works, task)
    leads = [one.agency for one in task.assignments.filter(part=Part.LEAD).select_related("agency") if one.agency]
    for row in task.occurrences.all():
        if row.waits or not leads:
            continue
        if task.uid in DROPPED:
            day = date(2017, 9, 20)
            actions.drop(_at(day), occurrence=row, on=day, number=DROPPED[task.uid], reason="Chờ quy định mới")
        elif task.uid not in STUCK and row.opens_on < works.today and (task.uid, row.year) not in LEFT:
            _life(works, task, row, leads)


def _life(works: Works, task: Task, row: Occurrence, leads: Sequence[Agency]) -> None:
    """Let an occurrence be handed in, issued and accepted; the nearer its day, the likelier it is still on its way."""
    assert row.due_on is not None
    chance = works.chance
    early = chance.randint(-25, 70) if chance.random() < 0.85 else -chance.randint(30, 90)
    handed = max(row.opens_on + timedelta(days=20), row.due_on - timedelta(days=early))
    if row.due_on.year > works.today.year or (row.due_on > works.today and chance.random() < 0.6):
        return
    if len(leads) <= 3:
        for agency in leads:
            _hand_in(works, task, row, agency, handed + timedelta(days=chance.randint(0, 9)))
    elif row.due_on.year < works.today.year:
        _hand_in(works, task, row, None, handed)
    else:
        for agency in leads[:4]:
            _hand_in(works, task, row, agency, max(row.opens_on, works.today - timedelta(days=chance.randint(5, 60))))


def _hand_in(works: Works, task: Task, row: Occurrence, agency: Agency | None, on: date) -> None:
    if on > works.today:
        return
    whole, chance = agency is None, works.chance
    by = _officer(works, agency)
    is_document = task.product_kind == ProductKind.DOCUMENT
    number = works.number("TTr-S" if is_document else "BC-S")
    row = actions.submit(_at(on, by), occurrence=row, number=number, on=on, agency=agency, whole=whole)
    on += timedelta(days=chance.randint(8, 45))
    if is_document and on <= works.today:
        number = works.number("QĐ-UBND")
        row = actions.issue(_at(on, by), occurrence=row, number=number, on=on, agency=agency, whole=whole)
        on += timedelta(days=chance.randint(5, 30))
    if on <= works.today and chance.random() < 0.9:
        actions.accept(_at(on), occurrence=row, on=on, agency=agency, whole=whole)


def _officer(works: Works, agency: Agency | None) -> Officer | None:
    """Return who works for the agency; what is entered for all, the platform's own load enters."""
    office = works.world.offices.get(agency.pk) if agency else None
    found = office.staff.get(Role.HEAD) or office.staff.get(Role.CHAIRMAN) if office else None
    return found[0] if found else None


def _pay(works: Works, task: Task) -> None:
    """Let money be allocated and spent: what is said to be planned never comes whole."""
    if not task.amount_vnd or task.uid == "6.14":
        return
    first, last = task.start_year or 2016, min(task.end_year or 2020, 2020)
    yearly = task.amount_vnd // (last - first + 1)
    for year in range(first, min(last, works.today.year) + 1):
        given = int(yearly * works.chance.uniform(0.4, 1.0)) // 1_000_000 * 1_000_000
        used = int(given * works.chance.uniform(0.6, 1.0)) // 1_000_000 * 1_000_000
        day, end = date(year, 7, 5), min(date(year, 12, 20), works.today)
        if day > works.today:
            continue
        actions.plan_money(
            _at(day), task=task, year=year, what=Money.ALLOCATED, source=Source.PROVINCE, amount_vnd=given, on=day,
            number=works.number("QĐ-STC"),
        )
        if end > day:
            actions.spend(_at(end), task=task, year=year, source=Source.PROVINCE, amount_vnd=used, on=end,
                          number=works.number("CT-KB"))  # fmt: skip


STATES = (
    (ProjectState.FINISHED, 22), (ProjectState.BUILDING, 15), (ProjectState.APPROVED, 11), (ProjectState.NEEDED, 12),
)


def _build(works: Works) -> None:
    """Let sixty communes have their offices built, or wait for them."""
    task = works.programme.tasks.get(uid="6.14")
    communes = [office.agency for office in works.world.offices.values() if office.kind == "commune"]
    states = [state for state, count in STATES for _ in range(count)]
    chosen = sorted(works.chance.sample(communes, len(states)), key=lambda agency: agency.key)
    works.chance.shuffle(states)
    for agency, state in zip(chosen, states, strict=True):
        capital = works.chance.randint(50, 83) * 100_000_000
        began = None if state in {ProjectState.NEEDED, ProjectState.APPROVED} else date(2017, 3, 1)
        project = actions.enter_project(
            _at(date(2016, 9, 1)), task=task, agency=agency,
            data=ProjectData(f"Trụ sở {agency.name}", state, capital, began),
        )
        if began:
            built = 100 if state is ProjectState.FINISHED else works.chance.randrange(15, 95, 5)
            paid = min(1.0, built / 100 * works.chance.uniform(0.75, 1.2))
            actions.report_progress(
                _at(works.today - timedelta(days=30)), project=project, on=works.today - timedelta(days=30),
                disbursed_vnd=int(capital * paid) // 1_000_000 * 1_000_000, built=Decimal(built),
            )
