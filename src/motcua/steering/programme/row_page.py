"""The page of one row: cells beside their reading, shares, occurrences with their facts, money, links, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.foundation.core import time, words
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.policies import Actor
from motcua.steering.programme.doing import Doing, Rights, possible, rights_of
from motcua.steering.programme.kinds import Part, ProductKind, State
from motcua.steering.programme.models import Assignment, Link, Task
from motcua.steering.programme.money_views import TaskMoney, money_of
from motcua.steering.programme.presenting import Badge, badge, said_of
from motcua.steering.programme.selectors.history import events_of, names_of, references_in
from motcua.steering.programme.selectors.lines import DueNow, Line, Share, line_of
from motcua.steering.programme.types import BudgetState, Recurrence

RECURRENCES = {
    Recurrence.ONCE: "Một lần", Recurrence.SPAN: "Trong một thời gian, một sản phẩm",
    Recurrence.ANNUAL: "Mỗi năm một lần", Recurrence.CONTINUOUS: "Thường xuyên, xác nhận từng năm",
    Recurrence.CONDITIONAL: "Khi có điều kiện", Recurrence.NOT_STATED: "Văn bản không nêu thời gian",
}
BUDGETS = {BudgetState.BY_RULE: "Theo mức chi quy định", BudgetState.BLANK: "Để trống, khác với không đồng"}
WORDS = {
    "occurrence.submit": "Trình", "occurrence.issue": "Ban hành", "occurrence.accept": "Nghiệm thu",
    "occurrence.return": "Trả lại", "occurrence.wait": "Chờ hướng dẫn Trung ương", "occurrence.resume": "Làm tiếp",
    "occurrence.drop": "Thôi thực hiện", "occurrence.add": "Thêm kỳ", "task.set_product": "Đặt loại sản phẩm",
    "task.plan_money": "Ghi kinh phí dự kiến hoặc giao", "task.spend": "Ghi kinh phí đã chi",
    "project.enter": "Nhập dự án", "project.progress": "Báo tiến độ dự án", "link.task_target": "Gắn với chỉ tiêu",
    "link.undo": "Bỏ gắn với chỉ tiêu", "reminder.issue": "Đôn đốc", "programme.amend": "Thay đổi theo văn bản sửa đổi",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell, word for word, and what was read of it."""

    name: str
    printed: str
    read: str


@dataclass(frozen=True, slots=True)
class DuePart:
    """One occurrence as the page shows it."""

    due: DueNow
    title: str
    badge: Badge
    said: str
    own: Sequence[Share]
    """Shares to which something of their own happened; with a single owner, his."""
    alike: Sequence[Share]
    """All other shares: nothing, or the same, happened to them."""
    doings: Sequence[Doing]


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words."""

    at: datetime
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class RowPage:
    """The whole page."""

    line: Line
    badge: Badge
    said: str
    cells: Sequence[Cell]
    leads: Sequence[Assignment]
    helps: Sequence[Assignment]
    dues: Sequence[DuePart]
    money: TaskMoney
    links: Sequence[Link]
    story: Sequence[Told]
    projects: int


def row_page(actor: Actor, task: Task, day: date) -> RowPage:
    """Return what the page of a row tells."""
    line = line_of(task, day)
    assigned = list(task.assignments.select_related("agency"))
    helps = [one for one in assigned if one.part == Part.COORDINATING]
    events = events_of(task)
    rights = rights_of(actor, task, [one.agency for one in line.leads if one.agency is not None])
    return RowPage(
        line=line, badge=badge(line.state), said=said_of(line.now), cells=_cells(task, line, helps), leads=line.leads,
        helps=helps, dues=[_due(rights, due) for due in line.dues], money=money_of(task),
        links=list(task.links.select_related("measure__target")), story=_story(events),
        projects=task.projects.count(),
    )


def _cells(task: Task, line: Line, helps: Sequence[Assignment]) -> list[Cell]:
    due = f", {task.due_text.lower()}" if task.due_text else ""
    has_years = task.recurrence in {Recurrence.ANNUAL, Recurrence.CONTINUOUS} or task.start_year or task.end_year
    kind = ProductKind(task.product_kind).label if task.product_kind else "Chưa rõ, cần trả lời"
    return [
        Cell("Nhiệm vụ", task.text, ""),
        Cell("Sản phẩm", task.product, kind),
        Cell("Chủ trì", task.lead, _count(line.leads)),
        Cell("Phối hợp", task.coordinating, _count(helps)),
        Cell("Thời gian", task.period_text,
             RECURRENCES[Recurrence(task.recurrence)] + (f" ({_years(task)})" if has_years else "") + due),
        Cell("Kinh phí", task.budget_text, _budget(task)),
    ]  # fmt: skip


def _years(task: Task) -> str:
    first, last = task.start_year, task.end_year
    if first and last:
        return f"{first}–{last}" if first != last else str(first)
    return f"từ {first}" if first else f"đến {last}" if last else "các năm của chương trình"


def _budget(task: Task) -> str:
    """Return how the money was read; words that name no sure amount are no zero."""
    state = BudgetState(task.budget_state)
    if state in BUDGETS:
        return BUDGETS[state]
    said = [f"{words.number(task.amount_vnd)} đồng"] if task.amount_vnd is not None else []
    said += [f"{words.number(task.per_year_vnd)} đồng mỗi năm"] if task.per_year_vnd is not None else []
    return ", ".join(said) or "Có chữ nhưng chưa rõ số tiền"


def _count(assigned: Sequence[Assignment]) -> str:
    known = sum(one.agency_id is not None for one in assigned)
    outside = len(assigned) - known
    said = [f"{known} cơ quan trong danh mục"] if known else []
    said += [f"{outside} tên ngoài danh mục"] if outside else []
    return ", ".join(said) or "Không ghi ai"


def _due(rights: Rights, due: DueNow) -> DuePart:
    row = due.occurrence
    title = f"Kỳ năm {row.year}" if row.year else "Khi có điều kiện"
    is_single = len(due.shares) == 1
    own = [share for share in due.shares if is_single or any(fact.agency_id for fact in share.facts)]
    doings = possible(rights, due)
    if due.state is State.NOT_DUE:
        doings = [doing for doing in doings if doing.grave]
    alike = [] if is_single else [share for share in due.shares if share not in own]
    return DuePart(due, title, badge(due.state), said_of(due), own, alike, doings)


def _story(events: Sequence[LedgerEvent]) -> list[Told]:
    names = names_of(references_in(events))
    return [
        Told(
            time.from_microseconds(event.happened_us), WORDS.get(event.verb, "Việc khác"),
            ", ".join(filter(None, (names.get(event.actor, "Hệ thống"), names.get(event.agency, "")))),
        )
        for event in events
    ]


