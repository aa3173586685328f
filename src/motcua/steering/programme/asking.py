"""The verbs on a whole row as screens: money, projects, the kind of product, a day for what has none, links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from motcua.foundation.core.verbs import Call
from motcua.steering.programme import actions, forms
from motcua.steering.programme.kinds import Money, ProductKind, Source
from motcua.steering.programme.models import Task


@dataclass(frozen=True, slots=True)
class Asking:
    """One verb on a row as a screen."""

    verb: str
    slug: str
    title: str
    icon: str
    form_of: Callable[[Task, Any, Any], Form]
    run: Callable[[Call, Task, Any], object]
    says: str = ""
    grave: bool = False


def _money(call: Call, task: Task, form: forms.MoneyLine) -> object:
    said = form.cleaned_data
    line = {
        "task": task, "year": said["year"], "source": Source(said["source"]), "amount_vnd": said["amount_vnd"],
        "on": said["on"], "number": said["number"],
    }
    if said["what"] == Money.SPENT:
        return actions.spend(call, **line)
    return actions.plan_money(call, what=Money(said["what"]), **line)


def _project(call: Call, task: Task, form: forms.ProjectForm) -> object:
    return actions.enter_project(call, task=task, agency=form.cleaned_data["agency"], data=form.data_of())


_ALL = (
    Asking(
        "task.spend", "kinh-phi", "Ghi kinh phí", "cash",
        lambda task, data, _: forms.MoneyLine(data, task=task), _money,
        says="Dự kiến, đã giao và đã chi là ba con số riêng. Ghi sai số đã chi thì ghi thêm một dòng âm cùng số tiền.",
    ),
    Asking(
        "project.enter", "du-an", "Thêm dự án", "building",
        lambda task, data, _: forms.ProjectForm(data, task=task), _project,
    ),
    Asking(
        "link.task_target", "chi-tieu", "Gắn chỉ tiêu", "link", lambda task, data, _: forms.LinkForm(data, task=task),
        lambda call, task, form: actions.link(call, task=task, measures=list(form.cleaned_data["measures"])),
    ),
    Asking(
        "occurrence.add", "them-ky", "Thêm kỳ hạn", "calendar-event",
        lambda _task, data, _: forms.AddOccurrence(data),
        lambda call, task, form: actions.add(
            call, task=task, due_on=form.cleaned_data["due_on"], year=form.cleaned_data["year"]
        ),
        says="Dùng khi văn bản không nêu thời gian, hoặc kỳ rơi ngoài các năm của chương trình mà vẫn phải làm.",
    ),
    Asking(
        "task.set_product", "san-pham", "Đổi loại sản phẩm", "edit",
        lambda task, data, _: forms.SetProduct(data, initial={"kind": task.product_kind}),
        lambda call, task, form: actions.set_product(call, task=task, kind=ProductKind(form.cleaned_data["kind"])),
        says="Loại sản phẩm quyết định cần gì để nghiệm thu: văn bản thì phải ban hành, công trình thì có biên bản.",
    ),
)
ASKINGS = {asking.slug: asking for asking in _ALL}
