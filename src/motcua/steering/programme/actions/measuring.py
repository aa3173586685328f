"""Measures: what they are bound to, what is entered by hand, which rows serve them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from motcua.foundation.core.files.types import Put
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme import today
from motcua.steering.programme.actions.shares import KEPT, attach
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.models import Entry, Link, Measure, Task
from motcua.steering.programme.policies import PROGRAMMES

WHOLE = 100


@verb("entry.enter", policy=PROGRAMMES, locks=("measure",))
def enter_value(
    act: Act, *, measure: Measure, on: date, value: Decimal, source: str, puts: Sequence[Put] = ()
) -> Measure:
    """Enter a value measured on a day, with its source and its file."""
    if measure.indicator:
        raise BadProgramme(
            f"Chỉ tiêu này lấy số trực tiếp từ hệ thống nên không nhập tay. {KEPT} Anh/chị xem số ở trang chỉ tiêu."
        )
    if on > today.day():
        raise BadProgramme(f"Ngày {on:%d/%m/%Y} chưa tới. {KEPT} Anh/chị xem lại ngày.", field="on")
    if not source.strip():
        raise BadProgramme(
            f"Số liệu phải có nguồn. {KEPT} Anh/chị ghi văn bản hoặc báo cáo nêu số này.", field="source"
        )
    if abs(value) >= 10**13:
        raise BadProgramme(f"Giá trị quá lớn. {KEPT} Anh/chị xem lại con số.", field="value")
    _check_share(measure, value, "value")
    agency = act.actor.agency_id if isinstance(act.actor, Officer) else None
    row = Entry.objects.create(
        measure=measure, on=on, value=value, source=source.strip()[:300], agency_id=agency, by=act.actor.ref,
        at=act.entered_at,
    )
    attach(puts, measure.ref, act, entry=row)
    measure.save()
    act.record(measure, on=on.isoformat(), value=f"{value:.4f}", files=[put.sha256.hex() for put in puts])
    return measure


def _check_share(measure: Measure, value: Decimal, field: str) -> None:
    """Refuse a share below nothing or above the whole, unless more than the whole is what the target wants."""
    if measure.unit != "%" or (measure.value is not None and not 0 <= measure.value <= WHOLE):
        return
    if not 0 <= value <= WHOLE:
        raise BadProgramme(
            f"Chỉ tiêu này tính bằng phần trăm, giá trị phải từ 0 đến 100. {KEPT} Anh/chị xem lại con số; nếu văn bản "
            "nêu số lượng thì đổi ra phần trăm rồi nhập.", field=field,
        )


@verb("measure.bind", policy=PROGRAMMES, locks=("measure",))
def bind(
    act: Act, *, measure: Measure, indicator: str = "", responsible: Agency | None = None,
    baseline: Decimal | None = None, baseline_on: date | None = None, baseline_source: str = "",
) -> Measure:
    """Say from where a measure's values come: an indicator of the platform, or an agency that enters them."""
    if baseline is not None:
        _check_share(measure, baseline, "baseline")
    measure.indicator, measure.responsible = indicator.strip()[:60], responsible
    measure.baseline, measure.baseline_on = baseline, baseline_on
    measure.baseline_source = baseline_source.strip()[:300]
    measure.save()
    act.record(
        measure, indicator=measure.indicator, responsible=responsible.ref if responsible else None,
        baseline=None if baseline is None else f"{baseline:.4f}",
    )
    return measure


@verb("link.task_target", policy=PROGRAMMES, locks=("task",))
def link(act: Act, *, task: Task, measures: Sequence[Measure]) -> Task:
    """Say that a row serves measurable parts of targets; said twice it counts once."""
    if not measures or any(one.target.programme_id != task.programme_id for one in measures):
        raise BadProgramme(f"Chưa chọn chỉ tiêu của chương trình này. {KEPT} Anh/chị chọn lại.", field="measures")
    known = set(task.links.values_list("measure", flat=True))
    Link.objects.bulk_create(
        Link(task=task, measure=one, by=act.actor.ref, at=act.entered_at) for one in measures if one.pk not in known
    )
    task.save()
    act.record(task, serves=[one.ref for one in measures])
    return task


@verb("link.undo", policy=PROGRAMMES, locks=("task",))
def unlink(act: Act, *, task: Task, measure: Measure) -> Task:
    """Say that a row does not serve a part of a target after all."""
    task.links.filter(measure=measure).delete()
    task.save()
    act.record(task, serves_not=measure.ref)
    return task
