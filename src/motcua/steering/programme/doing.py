"""The verbs on an occurrence as screens: what a person may do now, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.foundation.core.files.types import Put
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import family
from motcua.steering.programme import actions, forms, rules
from motcua.steering.programme.actions.occurrences import accepting
from motcua.steering.programme.kinds import FactKind, ProductKind
from motcua.steering.programme.models import Occurrence, Programme, Task
from motcua.steering.programme.policies import ACCEPTING, LEADING, PROGRAMMES, STEERING, working_at
from motcua.steering.programme.selectors.lines import DueNow

Answers = dict[str, Any]
Run = Callable[[Call, Occurrence, Answers, Sequence[Put]], Occurrence]


@dataclass(frozen=True, slots=True)
class Doing:
    """One verb as a screen."""

    verb: str
    what: FactKind
    slug: str
    title: str
    icon: str
    form: type[forms.Facting]
    run: Run
    says: str = ""
    grave: bool = False


def _submit(call: Call, row: Occurrence, said: Answers, puts: Sequence[Put]) -> Occurrence:
    return actions.submit(call, occurrence=row, number=said["number"], on=said["on"], puts=puts, **said["share"])


def _issue(call: Call, row: Occurrence, said: Answers, puts: Sequence[Put]) -> Occurrence:
    return actions.issue(call, occurrence=row, number=said["number"], on=said["on"], puts=puts, **said["share"])


def _accept(call: Call, row: Occurrence, said: Answers, puts: Sequence[Put]) -> Occurrence:
    return actions.accept(
        call, occurrence=row, on=said["on"], number=said["number"], note=said["note"], puts=puts, **said["share"]
    )


def _return(call: Call, row: Occurrence, said: Answers, _: Sequence[Put]) -> Occurrence:
    return actions.give_back(call, occurrence=row, on=said["on"], reason=said["reason"], **said["share"])


def _wait(call: Call, row: Occurrence, said: Answers, _: Sequence[Put]) -> Occurrence:
    return actions.wait(call, occurrence=row, on=said["on"], reason=said["reason"], **said["share"])


def _resume(call: Call, row: Occurrence, said: Answers, _: Sequence[Put]) -> Occurrence:
    return actions.resume(
        call, occurrence=row, on=said["on"], number=said["number"], new_due_on=said["new_due_on"], **said["share"]
    )


def _drop(call: Call, row: Occurrence, said: Answers, _: Sequence[Put]) -> Occurrence:
    return actions.drop(call, occurrence=row, on=said["on"], number=said["number"], reason=said["reason"])


_ALL = (
    Doing(
        "occurrence.accept", FactKind.ACCEPTED, "nghiem-thu", "Nghiệm thu", "circle-check", forms.Accept, _accept,
        says="Sản phẩm được nhận theo văn bản, biên bản hoặc tệp chứng minh.",
    ),
    Doing("occurrence.resume", FactKind.RESUMED, "lam-tiep", "Đã có hướng dẫn", "player-play", forms.Resume, _resume),
    Doing(
        "occurrence.submit", FactKind.SUBMITTED, "trinh", "Ghi đã trình", "send", forms.Submit, _submit,
        says="Từ ngày trình, việc do cấp ban hành giữ và thời gian của cơ quan chủ trì dừng lại.",
    ),
    Doing("occurrence.issue", FactKind.ISSUED, "ban-hanh", "Ghi đã ban hành", "file-check", forms.Issue, _issue),
    Doing("occurrence.return", FactKind.RETURNED, "tra-lai", "Trả lại", "arrow-back-up", forms.Because, _return),
    Doing(
        "occurrence.wait", FactKind.WAITING, "cho", "Chờ hướng dẫn Trung ương", "player-pause", forms.Because, _wait,
        says="Trong lúc chờ, việc không tính quá hạn; hạn lùi đúng số ngày đã chờ.",
    ),
    Doing(
        "occurrence.drop", FactKind.DROPPED, "thoi", "Thôi thực hiện", "ban", forms.Drop, _drop, grave=True,
        says="Chỉ ghi khi có văn bản của cấp có thẩm quyền. Kỳ này vẫn còn trong lịch sử.",
    ),
)
DOINGS = {doing.slug: doing for doing in _ALL}


@dataclass(frozen=True, slots=True)
class Rights:
    """What an actor may do with a row, asked of the policy once for the whole page."""

    verbs: frozenset[str]
    owners: tuple[Agency, ...]
    """The lead agencies of the row."""
    carried: frozenset[int]
    """The agencies for which the actor works, and those whose work they carry on."""
    is_free: bool
    """The steward, or the system: he writes for any of the owners."""
    programme: Programme

    def judges(self, owners: Sequence[Agency]) -> bool:
        """Return whether it is the actor who accepts what these owners bring."""
        by = accepting(self.programme, owners)
        return by is not None and by.pk in self.carried


def rights_of(actor: Actor, task: Task, owners: Sequence[Agency]) -> Rights:
    """Return the actor's rights on a row: one question to the policy for each kind of verb."""
    carried = frozenset(pk for agency in working_at(actor) for pk in family(agency))
    verbs: set[str] = set()
    for kind in (LEADING, ACCEPTING, STEERING):
        mine = {doing.verb for doing in _ALL if doing.verb in kind}
        if PROGRAMMES.may(actor, next(iter(mine)), task):
            verbs |= mine
    is_free = not isinstance(actor, Officer) or actor.has_anywhere(Role.STEWARD)
    return Rights(frozenset(verbs), tuple(owners), carried, is_free, task.programme)


def possible(rights: Rights, due: DueNow) -> list[Doing]:
    """Return what can be done with the occurrence now: policy, state and share all agree (no query)."""
    return [doing for doing in _ALL if owners_for(rights, doing, due)[1]]


def owners_for(rights: Rights, doing: Doing, due: DueNow) -> tuple[list[Agency], bool]:
    """Return for whose shares it may be done now, and whether there is anything to do at all (no query)."""
    if doing.verb not in rights.verbs:
        return [], False
    kind = due.occurrence.task.product_kind
    product = ProductKind(kind) if kind else None
    fitting = [share for share in due.shares if rules.follows(doing.what, share.standing.state, product)]
    agencies = [share.agency for share in fitting if share.agency is not None]
    if doing.verb in STEERING:
        return [], bool(fitting)
    if doing.verb in ACCEPTING:
        mine = [owner for owner in agencies if rights.judges([owner])]
        return mine, bool(mine) or (bool(fitting) and not rights.owners and rights.judges([]))
    mine = agencies if rights.is_free else [owner for owner in agencies if owner.pk in rights.carried]
    return mine, bool(mine) or (bool(fitting) and not rights.owners and rights.is_free)


def for_all(rights: Rights, doing: Doing) -> bool:
    """Return whether it may be written for all owners at once: by the steward, or by who accepts all shares."""
    if len(rights.owners) < 2:
        return False
    return rights.judges(rights.owners) if doing.verb in ACCEPTING else rights.is_free
