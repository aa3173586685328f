"""Who may do what with a dossier, and which dossiers a person may know of.

A person reads the dossiers that his agencies receive, settle, hold or held, and those of the agencies whose work they
carry on; nobody reads a dossier for being an administrator. The one who holds a dossier moves it; leaders of the
holding agency may, too.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.identity.types import LEADERS, Officer, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import carrier, predecessors
from motcua.service.dossiers.models import Attachment, ClockEvent, Dossier, Letter

SEES_ALL = (Role.AUDITOR,)
RECEIVERS = frozenset({"dossier.return"})
OVERSEERS = (*LEADERS, Role.CONTROLLER, Role.STEWARD)
PLACES = {
    "dossier.oversee": (OVERSEERS, "Trang này dành cho lãnh đạo cơ quan."),
    "dossier.register": ((Role.RECEPTION, *LEADERS), "Sổ của quầy do người tiếp nhận và lãnh đạo của cơ quan in."),
}
BY_ITSELF = frozenset({"dossier.succeed"})
ENDERS = frozenset({"dossier.withdraw", "dossier.stop"})


class DossierPolicy(Policy):
    """The one policy of this room."""

    guards_registers = False

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        why = self._refused(actor, verb, row)
        return self._why_not(actor, row) if why == _NOT_YOURS and isinstance(row, Dossier) else why

    def may(self, actor: Actor, verb: str, row: Any = None) -> bool:
        # A page asks this of every verb: the words, and what they cost, are for who pressed the button.
        return self._refused(actor, verb, row) is None

    def _refused(self, actor: Actor, verb: str, row: Any) -> str | None:
        if not isinstance(actor, Officer):
            return None if actor.ref.startswith("system:") else "Anh/chị cần đăng nhập."
        if verb in {"dossier.receive", "dossier.refuse"}:
            return self._receives(actor, row)
        if verb == "dossier.keep_dates":
            return "Việc này hệ thống tự làm khi lịch làm việc thay đổi."
        if verb in PLACES:
            roles, said = PLACES[verb]
            return said if not actor.has(*roles) else self._of_place(actor, row)
        if row is None:
            return None if actor.works_at else "Tài khoản của anh/chị chưa có vai trò ở cơ quan nào."
        return self._of_row(actor, verb, row)

    def _of_place(self, actor: Officer, row: Any) -> str | None:
        """An heir stands for those whose work it carries, and for nobody else."""
        if not isinstance(row, Agency) or row.pk == actor.agency_id:
            return None
        return None if predecessors([actor.agency_id]).filter(predecessor=row.pk).exists() else OTHERS_BOOK

    def _of_row(self, actor: Officer, verb: str, row: Any) -> str | None:
        if isinstance(row, Attachment):
            return self._file(actor, verb, row)
        if isinstance(row, Letter):
            return self._letter(actor, row)
        assert isinstance(row, Dossier)
        if verb == "dossier.attach":
            return self._attaches(actor, row)
        if verb == "dossier.read":
            return None if self.rows(actor, verb, Dossier.objects.filter(pk=row.pk)).exists() else _NOT_YOURS
        return self._moves(actor, verb, row)

    def opening(self, actor: Actor, verb: str) -> str | None:
        # Who holds no role yet sees an empty queue that tells whom to ask.
        return None if verb == "dossier.read" and actor.is_known else self.refusal(actor, verb, None)

    def _receives(self, actor: Officer, agency: Agency | None) -> str | None:
        if agency is None:
            allowed = actor.has_anywhere(Role.RECEPTION)
        else:
            allowed = actor.has(Role.RECEPTION, agency_id=agency.pk)
        return None if allowed else NOT_COUNTER

    def _moves(self, actor: Officer, verb: str, dossier: Dossier) -> str | None:
        if verb in BY_ITSELF:
            return "Việc này hệ thống tự làm khi cơ quan được sắp xếp lại."
        if verb in RECEIVERS or verb == "dossier.withdraw":
            is_counter = actor.has(Role.RECEPTION, agency_id=dossier.counter.pk)
            if is_counter or verb in RECEIVERS:
                return None if is_counter else NOT_COUNTER
        if actor.has(*LEADERS, agency_id=dossier.at_agency_id):
            return None
        if verb in ENDERS and not actor.has(*LEADERS, agency_id=dossier.at_agency_id):
            return "Chỉ lãnh đạo cơ quan đang giữ hồ sơ mới dừng giải quyết."
        if dossier.at_account_id is not None and dossier.at_account_id != actor.account_id:
            return "Hồ sơ đang do người khác giữ. Anh/chị đề nghị người đó chuyển, hoặc báo lãnh đạo."
        wanted = Role(dossier.at_step.role) if dossier.at_step else None
        held = actor.roles.get(dossier.at_agency_id, frozenset())
        fits = wanted in held if wanted else dossier.at_agency_id in actor.works_at
        return None if fits else _NOT_YOURS

    def _why_not(self, actor: Actor, dossier: Dossier) -> str:
        """Return what to say to somebody whose agency's dossiers have gone to its heir, or to any other stranger."""
        assert isinstance(actor, Officer)
        former = predecessors([dossier.at_agency_id]).filter(predecessor__in=actor.works_at)
        return MOVED_ON.format(heir=dossier.at_agency.name) if former.exists() else _NOT_YOURS

    def _attaches(self, actor: Officer, dossier: Dossier) -> str | None:
        # What a citizen brings later comes to the counter that received him, whoever holds the dossier meanwhile.
        is_counter = actor.has(Role.RECEPTION, agency_id=dossier.counter.pk)
        return None if is_counter else self._moves(actor, "dossier.attach", dossier)

    def _file(self, actor: Officer, verb: str, file: Attachment) -> str | None:
        if verb == "dossier.open":
            if not self.opens(actor, file):
                return "Tệp này đã được rút; chỉ người đã đính kèm và lãnh đạo cơ quan đang giữ hồ sơ mở lại được."
            return self.refusal(actor, "dossier.read", file.dossier)
        if not self.answers_for(actor, file):
            return "Chỉ người đã đính kèm tệp này hoặc lãnh đạo cơ quan đang giữ hồ sơ mới rút được tệp."
        return self._attaches(actor, file.dossier)

    def _letter(self, actor: Officer, letter: Letter) -> str | None:
        """Say who reads a letter: readers of its dossier; of one without, the counter that wrote it, and leaders.

        What an ended agency wrote is its heir's to print again.
        """
        if letter.dossier is not None:
            return self.refusal(actor, "dossier.read", letter.dossier)
        places = {letter.agency_id, carrier(letter.agency).pk}
        here = any(actor.has(Role.RECEPTION, *LEADERS, agency_id=place) for place in places)
        return None if here or actor.has_anywhere(*SEES_ALL) else _NOT_YOURS

    @staticmethod
    def answers_for(actor: Actor, file: Attachment) -> bool:
        """Say whether a file is the actor's own, or he leads where its dossier lies (no query, the dossier loaded)."""
        if not isinstance(actor, Officer):
            return False
        return file.account_id == actor.account_id or actor.has(*LEADERS, agency_id=file.dossier.at_agency_id)

    def opens(self, actor: Actor, file: Attachment) -> bool:
        """Say whether a reader of the dossier may open this file of it: what was taken back is no longer for all."""
        sees_all = isinstance(actor, Officer) and actor.has_anywhere(*SEES_ALL)
        return file.detached_at is None or sees_all or self.answers_for(actor, file)

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        if not isinstance(actor, Officer):
            return among if actor.ref.startswith("system:") else among.none()
        if actor.has_anywhere(*SEES_ALL):
            return among
        mine = list(actor.works_at)
        before = predecessors(mine)
        held = ClockEvent.objects.filter(Q(agency__in=mine) | Q(agency__in=before), dossier=OuterRef("pk"))
        return among.filter(
            Q(at_agency__in=mine) | Q(receiving__in=mine) | Q(competent__in=mine)
            | Q(at_agency__in=before) | Q(receiving__in=before) | Q(competent__in=before) | Exists(held)
        )


def oversees(actor: Actor, dossier: Dossier) -> bool:
    """Say whether the actor answers for how a dossier is handled: leads where it is, was received or is decided.

    The heir's leaders answer for what an ended agency received and decided (at most 2 queries, for ended ones alone).
    """
    if not isinstance(actor, Officer):
        return False
    if actor.has_anywhere(Role.AUDITOR, Role.CONTROLLER, Role.STEWARD):
        return True
    places = {dossier.receiving_id, dossier.competent_id, dossier.at_agency_id, dossier.counter.pk}
    if any(actor.has(*LEADERS, agency_id=place) for place in places):
        return True
    is_elsewhere = dossier.competent_id != dossier.receiving_id
    return is_elsewhere and actor.has(*LEADERS, agency_id=carrier(dossier.competent).pk)


NOT_COUNTER = "Chỉ người có vai trò tiếp nhận tại Bộ phận Một cửa mới nhận hồ sơ."
MOVED_ON = (
    "Cơ quan của anh/chị đã kết thúc hoạt động và hồ sơ này đã chuyển sang {heir}. "
    "Anh/chị đề nghị quản trị giao vai trò ở {heir} rồi làm tiếp."
)
OTHERS_BOOK = "Sổ này của cơ quan khác; chỉ cơ quan đó, hoặc cơ quan đã nhận nhiệm vụ của cơ quan đó, mới in."
_NOT_YOURS = "Hồ sơ này không thuộc phần việc của anh/chị."
DOSSIERS = DossierPolicy()
