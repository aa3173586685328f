"""The verbs as screens: which form a verb asks for, and how its answers become arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers import actions
from motcua.service.dossiers.forms import HandOver, Nothing, Reason, Suspend
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.types import Ground

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Doing:
    """One verb as a screen: `run` calls it with the form's answers."""

    slug: str
    title: str
    form: type[forms.Form]
    run: Callable[[Call, Dossier, Answers], Dossier]


def _suspend(call: Call, dossier: Dossier, answers: Answers) -> Dossier:
    return actions.suspend(
        call, dossier=dossier, ground=Ground(answers["ground"]), policy=PausePolicy(answers["policy"]),
        reason=answers["reason"],
    )


def _hand_over(call: Call, dossier: Dossier, answers: Answers) -> Dossier:
    return actions.hand_over(call, dossier=dossier, to_agency=answers["to_agency"], note=answers["note"])


_ALL = (
    Doing("nhan", "Nhận hồ sơ", Nothing, lambda call, row, _: actions.accept(call, dossier=row)),
    Doing("khong-nhan", "Trả lại bên giao", Reason, lambda c, row, a: actions.decline(c, dossier=row, reason=a["reason"])),
    Doing("chuyen", "Chuyển hồ sơ", HandOver, _hand_over),
    Doing("tam-dung", "Tạm dừng", Suspend, _suspend),
    Doing("tiep-tuc", "Tiếp tục giải quyết", Nothing, lambda call, row, _: actions.resume(call, dossier=row)),
    Doing("ket-thuc", "Kết thúc xử lý", Nothing, lambda call, row, _: actions.finish(call, dossier=row)),
    Doing("tra-ket-qua", "Trả kết quả", Nothing, lambda call, row, _: actions.return_result(call, dossier=row)),
    Doing("rut", "Công dân rút hồ sơ", Reason, lambda c, row, a: actions.withdraw(c, dossier=row, reason=a["reason"])),
    Doing("dung", "Dừng giải quyết", Reason, lambda c, row, a: actions.stop(c, dossier=row, reason=a["reason"])),
)
DOINGS = {doing.slug: doing for doing in _ALL}


def bound_form(doing: Doing, dossier: Dossier, data: QueryDict | None) -> forms.Form:
    """Return the verb's form; the agencies to choose from are those that exist now."""
    form = doing.form(data)
    choice = form.fields.get("to_agency")
    if isinstance(choice, forms.ModelChoiceField):
        choice.queryset = Agency.objects.filter(valid_to__isnull=True).exclude(pk=dossier.at_agency_id)
        choice.required = dossier.process_id is None
    return form
