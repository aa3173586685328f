"""Money of rows: what is planned and allocated for a year, and what is spent."""

from __future__ import annotations

from datetime import date

from motcua.foundation.core.verbs import Act, verb
from motcua.steering.programme import today
from motcua.steering.programme.actions.shares import KEPT, said
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.kinds import Money, Source
from motcua.steering.programme.models import BudgetLine, Task
from motcua.steering.programme.policies import PROGRAMMES

MOST = 10**15


@verb("task.plan_money", policy=PROGRAMMES, locks=("task",))
def plan_money(
    act: Act, *, task: Task, year: int, what: Money, source: Source, amount_vnd: int, on: date, number: str = ""
) -> Task:
    """Write what is planned or allocated for a row in a year from one source, in đồng; the last day's line holds."""
    if what is Money.SPENT:
        raise BadProgramme(f"Tiền đã chi ghi ở mục Đã chi. {KEPT} Anh/chị chọn Dự kiến hoặc Đã giao.", field="what")
    return _write(act, task, year, what, source, amount_vnd, on, number)


@verb("task.spend", policy=PROGRAMMES, locks=("task",))
def spend(act: Act, *, task: Task, year: int, source: Source, amount_vnd: int, on: date, number: str) -> Task:
    """Write money spent for a row in a year, in đồng. A wrong line is taken back by the same amount below zero."""
    return _write(act, task, year, Money.SPENT, source, amount_vnd, on, number)


def _write(  # noqa: PLR0917 - the two verbs above name what they give
    act: Act, task: Task, year: int, what: Money, source: Source, amount: int, on: date, number: str
) -> Task:
    _check(task, year, what, source, amount, on)
    BudgetLine.objects.create(
        task=task, year=year, what=what, source=source, amount_vnd=amount, on=on, number=number.strip()[:60],
        by=act.actor.ref, at=act.entered_at,
    )
    task.save()
    # An amount in đồng has so many digits that a ledger would take it for somebody's number.
    act.record(task, what=what.value, year=year, source=source.value, thousand_vnd=amount // 1000, number=said(number))
    return task


def _check(  # noqa: PLR0917 - what the two verbs above give
    task: Task, year: int, what: Money, source: Source, amount: int, on: date
) -> None:
    if abs(amount) > MOST or (amount < 0 and what is not Money.SPENT):
        raise BadProgramme(
            f"Số tiền không đúng: nhập bằng đồng, không âm. {KEPT} Anh/chị xem lại số tiền.", field="amount_vnd"
        )
    if what is Money.SPENT:
        known = task.budget_lines.filter(what=Money.SPENT, year=year, source=source)
        spent = sum(line.amount_vnd for line in known)
        if spent + amount < 0:
            said_so_far = f"{spent:,} đồng từ {source.label.lower()}".replace(",", ".")
            raise BadProgramme(
                f"Năm {year} mới ghi chi {said_so_far} nên không giảm hơn số đó được. {KEPT} "
                "Anh/chị xem lại số tiền và nguồn.", field="amount_vnd",
            )
    if on > today.day():
        raise BadProgramme(f"Ngày {on:%d/%m/%Y} chưa tới. {KEPT} Anh/chị xem lại ngày.", field="on")
    years = task.programme.years
    if years and not years[0] - 1 <= year <= years[-1] + 1:
        raise BadProgramme(
            f"Năm {year} nằm ngoài chương trình ({years[0]}–{years[-1]}). {KEPT} Anh/chị xem lại năm.", field="year"
        )
