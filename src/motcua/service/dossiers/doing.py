"""The verbs as screens: what a person may do now, which form a verb asks for, how answers become arguments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Role
from motcua.service.dossiers import actions, letters, rules
from motcua.service.dossiers.forms import Apologise, HandOver, Nothing, Reason, Stop, Suspend
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import Ground, LetterKind, State
from motcua.service.procedures.models import Step

Answers = dict[str, Any]
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Doing:
    """One verb as a screen: `run` calls it with the form's answers, `says` tells what will happen.

    With `at_once` a single press does it: nothing is asked, and nothing said that the button does not say.
    """

    verb: str
    slug: str
    title: str
    icon: str
    run: Callable[[Call, Dossier, Answers], Dossier]
    form: type[forms.Form] = Nothing
    says: str = ""
    at_once: bool = False
    grave: bool = False


def _suspend(call: Call, dossier: Dossier, answers: Answers) -> Dossier:
    return actions.suspend(
        call, dossier=dossier, ground=Ground(answers["ground"]), policy=PausePolicy(answers["policy"]),
        reason=answers["reason"], missing=answers["wanted"],
    )


def _apologise(call: Call, dossier: Dossier, answers: Answers) -> Dossier:
    actions.apologise(call, dossier=dossier, reason=answers["reason"], new_day=answers["new_day"])
    return dossier


def _stop(call: Call, dossier: Dossier, answers: Answers) -> Dossier:
    is_refusal = answers["letter"] == LetterKind.REFUSAL
    return actions.stop(call, dossier=dossier, reason=answers["reason"], as_refusal=is_refusal)


def _hand_over(call: Call, dossier: Dossier, answers: Answers) -> Dossier:
    return actions.hand_over(
        call, dossier=dossier, to_step=answers.get("to_step"), to_agency=answers.get("to_agency"), note=answers["note"]
    )


# The likeliest first; the page shows at most three and keeps the others in a menu.
_ALL = (
    Doing(
        "dossier.accept", "nhan", "Nhận hồ sơ", "check",
        lambda call, row, _: actions.accept(call, dossier=row), at_once=True,
    ),
    Doing(
        "dossier.return", "tra-ket-qua", "Trả kết quả", "certificate",
        lambda call, row, _: actions.return_result(call, dossier=row),
        says="Ghi nhận người nộp đã nhận kết quả. Đến nhận muộn không làm hồ sơ thành quá hạn.",
    ),
    Doing(
        "dossier.resume", "tiep-tuc", "Tiếp tục giải quyết", "player-play",
        lambda call, row, _: actions.resume(call, dossier=row), at_once=True,
    ),
    Doing("dossier.hand_over", "chuyen", "Chuyển bước tiếp", "transfer", _hand_over, HandOver),
    Doing(
        "dossier.finish", "ket-thuc", "Kết thúc xử lý", "circle-check",
        lambda call, row, _: actions.finish(call, dossier=row),
        says="Kết quả về Bộ phận Một cửa để trả. Hồ sơ được tính đúng hạn hay quá hạn theo thời điểm này.",
    ),
    Doing("dossier.suspend", "tam-dung", "Tạm dừng", "player-pause", _suspend, Suspend),
    Doing(
        "dossier.apologise", "xin-loi", "Xin lỗi, hẹn lại", "mail", _apologise, Apologise,
        says="Lập phiếu xin lỗi có số, nêu lý do và ngày hẹn lại; chỉ một lần cho mỗi hồ sơ.",
    ),
    Doing(
        "dossier.decline", "khong-nhan", "Trả lại bên giao", "arrow-back-up",
        lambda call, row, answers: actions.decline(call, dossier=row, reason=answers["reason"]), Reason,
    ),
    Doing(
        "dossier.withdraw", "rut", "Công dân rút hồ sơ", "logout",
        lambda call, row, answers: actions.withdraw(call, dossier=row, reason=answers["reason"]), Reason, grave=True,
        says="Hồ sơ kết thúc theo yêu cầu của người nộp. Lý do hiện trên trang tra cứu của người nộp.",
    ),
    Doing(
        "dossier.stop", "dung", "Dừng giải quyết", "ban",
        _stop, Stop, grave=True,
        says="Hồ sơ kết thúc mà không có kết quả. Người nộp được gửi văn bản có số; lý do hiện cả trên trang tra cứu.",
    ),
)
DOINGS = {doing.slug: doing for doing in _ALL}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something I may do now, with its form ready to open on the page."""

    doing: Doing
    form: forms.Form
    title: str
    warning: str = ""


def possible(actor: Actor, dossier: Dossier, *, at_end: bool = False, left: int = 0) -> list[Doing]:
    """Return what this actor may do with the dossier now: the policy and the state both agree.

    `at_end`: no step follows, so that finishing is likelier than handing over. With `left` steps that nobody did yet
    finishing stands last: it passes over them.
    """
    found = [doing for doing in _ALL if _follows(doing.verb, dossier) and DOSSIERS.may(actor, doing.verb, dossier)]
    last = "dossier.hand_over" if at_end else "dossier.finish" if left else ""
    return sorted(found, key=lambda doing: doing.verb == last)


def _follows(verb: str, dossier: Dossier) -> bool:
    if verb == "dossier.apologise" and not letters.is_due(dossier, time.now()):
        return False
    return rules.follows(verb, State(dossier.state), awaited=dossier.is_awaited)


def offers(doings: Sequence[Doing], dossier: Dossier, ahead: Sequence[Step]) -> list[Offer]:
    """Return the verbs with their forms, as they open on the dossier's page."""
    return [
        Offer(doing, bound_form(doing, dossier, None, ahead=ahead), title_of(doing, ahead), warning_of(doing, ahead))
        for doing in doings
    ]


def at_end(ahead: Sequence[Step]) -> bool:
    """Return whether only the counter comes after this step."""
    return all(step.role == Role.RECEPTION for step in ahead)


def warning_of(doing: Doing, ahead: Sequence[Step]) -> str:
    """Return what to weigh before doing it: finishing passes over the steps that are left."""
    if doing.verb != "dossier.finish" or at_end(ahead):
        return ""
    return (
        f"Quy trình còn {len(ahead)} bước chưa làm: {', '.join(step.name for step in ahead)}. "
        "Kết thúc bây giờ là bỏ qua các bước đó; hồ sơ còn phải đi tiếp thì bấm Chuyển bước."
    )


def title_of(doing: Doing, ahead: Sequence[Step]) -> str:
    """Return the button's words: a hand-over says whereto, where the process tells."""
    if doing.verb == "dossier.hand_over":
        return f"Chuyển bước {ahead[0].name}" if ahead else "Chuyển hồ sơ"
    return doing.title


def answers_of(form: forms.Form) -> Answers:
    """Return what a valid form says, as the verbs take it."""
    return form.cleaned_data | {"wanted": form.wanted} if isinstance(form, Suspend) else form.cleaned_data


def bound_form(
    doing: Doing, dossier: Dossier, data: QueryDict | None, *, ahead: Sequence[Step] = (), full: bool = False
) -> forms.Form:
    """Return the verb's form. `full`: with every choice, also those that the process usually makes unneeded."""
    if doing.form is HandOver:
        return HandOver(data, dossier=dossier, ahead=ahead, full=full, auto_id=f"{doing.slug}_%s")
    if doing.form is Suspend:
        return Suspend(data, dossier=dossier, auto_id=f"{doing.slug}_%s")
    return doing.form(data, auto_id=f"{doing.slug}_%s")
