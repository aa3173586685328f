"""The data file of the programme as a reading: what the importer would have read of the decision, in our own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from motcua.steering.programme.types import (
    Anomaly,
    AnomalyKind,
    Budget,
    BudgetState,
    Due,
    Header,
    Measure,
    Period,
    Reading,
    Recurrence,
    Target,
    Task,
    Totals,
    Unit,
    UnitKind,
)

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_CLASSES = {"D": "department", "H": "district", "X": "commune"}


def reading_of(data: dict[str, Any]) -> Reading:
    """Return the reading. Collective names become the agencies of the register on the decision's day."""
    rows = data["annex"]["rows"]
    members = _members(data)
    counts = Counter(row[0] for row in rows)
    met: Counter[str] = Counter()
    tasks = []
    for row in rows:
        met[row[0]] += 1
        uid = f"{row[0]}#{met[row[0]]}" if counts[row[0]] > 1 else row[0]
        tasks.append(_task(row, uid, data, members))
    amounts = sum(task.budget.amount_vnd or 0 for task in tasks)
    return Reading(
        header=_header(data["document"]), targets=tuple(_target(one) for one in data["targets"]), tasks=tuple(tasks),
        totals=Totals(data["document"]["printed_vnd"], amounts, "477,07 tỷ đồng"),
        anomalies=tuple(_anomalies(tasks)),
    )


def _header(said: dict[str, Any]) -> Header:
    return Header(
        number=said["number"], type=said["type"], issuing_body=said["issuing_body"], place=said["place"],
        issue_date=said["issued"], effective_date=said["effective"], signer=said["signer"], title=said["title"],
        status=said["status"], first_year=said["first_year"], last_year=said["last_year"],
    )


def _members(data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the register's keys behind each collective name on the decision's day."""
    from motcua.foundation.organisations.models import AgencyState

    states = AgencyState.objects.on(data["document"]["issued"]).filter(agency__key__startswith="bk-")
    return {
        name: tuple(states.filter(kind=kind).order_by("agency__key").values_list("agency__key", flat=True))
        for name, kind in _CLASSES.items()
    }


def _units(names: Sequence[str], data: dict[str, Any], members: dict[str, tuple[str, ...]]) -> Iterator[Unit]:
    from motcua.foundation.organisations.models import Agency

    for name in names:
        token, _, printed = name.partition(":")
        if name.startswith("*"):
            yield Unit(name[1:], UnitKind.OUTSIDE)
        elif token in members:
            yield Unit(printed or data["names"][token], UnitKind.CLASS, members[token])
        else:
            agency = Agency.objects.get(key=f"bk-{token}")
            yield Unit(agency.name, UnitKind.AGENCY, (agency.key,))


def _task(row: Sequence[Any], uid: str, data: dict[str, Any], members: dict[str, tuple[str, ...]]) -> Task:
    number, text, product, lead, helps, period, money, _ = row
    leads, others = tuple(_units(lead, data, members)), tuple(_units(helps, data, members))
    return Task(
        uid=uid, number=number, group=data["groups"][number.partition(".")[0]], text=text, product=product,
        lead="; ".join(unit.name for unit in leads), coordinating="; ".join(unit.name for unit in others),
        period=_period(period), budget=_budget(money), lead_units=leads, coordinating_units=others,
    )


def _period(said: str) -> Period:
    if years := _YEARS.fullmatch(said):
        first, last = int(years[1]), int(years[2] or years[1])
        recurrence = Recurrence.SPAN if years[2] else Recurrence.ONCE
        return Period(f"Năm {said.replace('-', '–')}", recurrence, first, last)
    plain = {
        "yearly": ("Hàng năm", Recurrence.ANNUAL), "always": ("Thường xuyên", Recurrence.CONTINUOUS),
        "guided": ("Khi Trung ương có hướng dẫn", Recurrence.CONDITIONAL), "": ("", Recurrence.NOT_STATED),
    }
    if said in plain:
        return Period(*plain[said])
    when = said.removeprefix("yearly ")
    if when.startswith("<"):
        month, day = (int(part) for part in when[1:].split("-"))
        text = f"Trước {day}/{month} hàng năm"
        return Period(text, Recurrence.ANNUAL, due=Due(text, month, day, strictly_before=True))
    text = f"Tháng {when} hàng năm"
    return Period(text, Recurrence.ANNUAL, due=Due(text, int(when), None))


def _budget(said: str) -> Budget:
    if not said:
        return Budget("", BudgetState.BLANK)
    if said == "rule":
        return Budget("Theo mức chi quy định", BudgetState.BY_RULE)
    amount, _, yearly = said.partition("/")
    text = f"{int(amount):,} đồng".replace(",", ".")
    per_year = int(yearly) if yearly else None
    if per_year:
        text += f" ({per_year:,} đồng mỗi năm)".replace(",", ".")
    return Budget(text, BudgetState.AMOUNT, int(amount), per_year)


def _target(said: dict[str, Any]) -> Target:
    measures = tuple(
        Measure(text, comparator, float(value) if value else None, unit, scope)
        for text, comparator, value, unit, scope, *_ in said["measures"]
    )
    return Target(said["id"], said["text"], measures)


def _anomalies(tasks: Sequence[Task]) -> Iterator[Anomaly]:
    """Yield what the rows themselves show; the decision's running text is not in the data file."""
    double = [task for task in tasks if "#" in task.uid]
    if double:
        yield Anomaly(
            AnomalyKind.DUPLICATE_NUMBER, f"dòng {double[0].number}", f"Số {double[0].number} in hai lần",
            tuple(task.uid for task in double),
        )
    for task in tasks:
        if task.period.recurrence is Recurrence.NOT_STATED:
            yield Anomaly(AnomalyKind.ROW_WITHOUT_PERIOD, f"dòng {task.number}", "Không in thời gian thực hiện")
        if task.period.end_year and task.period.end_year > 2020:
            yield Anomaly(
                AnomalyKind.YEAR_OUTSIDE, f"dòng {task.number}", "Năm in nằm ngoài 2016–2020",
                (str(task.period.end_year),),
            )
