"""What the dossier's page shows: one glance tells what it is, who holds it, when it is due, what I may do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.calendar import rules as clock
from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import HolderShare, Unit
from motcua.foundation.calendar.types import Span as ClockSpan
from motcua.foundation.core.policies import Actor
from motcua.service.dossiers import clockwork, rules
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import State


@dataclass(frozen=True, slots=True)
class Possible:
    """Something I may do now: its verb's last word is also its address."""

    verb: str
    slug: str
    label: str


# The likeliest first; the page shows at most three and keeps the others in a menu.
DOINGS = (
    Possible("dossier.accept", "nhan", "Nhận hồ sơ"),
    Possible("dossier.return", "tra-ket-qua", "Trả kết quả"),
    Possible("dossier.hand_over", "chuyen", "Chuyển bước tiếp"),
    Possible("dossier.resume", "tiep-tuc", "Tiếp tục giải quyết"),
    Possible("dossier.finish", "ket-thuc", "Kết thúc xử lý"),
    Possible("dossier.suspend", "tam-dung", "Tạm dừng"),
    Possible("dossier.decline", "khong-nhan", "Trả lại bên giao"),
    Possible("dossier.withdraw", "rut", "Công dân rút hồ sơ"),
    Possible("dossier.stop", "dung", "Dừng giải quyết"),
)


def possible(actor: Actor, dossier: Dossier) -> list[Possible]:
    """Return what this actor may do with the dossier now: the policy and the state both agree."""
    return [doing for doing in DOINGS if _follows(doing.verb, dossier) and DOSSIERS.may(actor, doing.verb, dossier)]


def _follows(verb: str, dossier: Dossier) -> bool:
    state = State(dossier.state)
    if state not in rules.MAY[verb]:
        return False
    answers = verb in {"dossier.accept", "dossier.decline"}
    if dossier.is_awaited:
        return answers or verb in {"dossier.withdraw", "dossier.stop"}
    return not answers


def remaining_words(dossier: Dossier, now: datetime) -> str:
    """Return “còn 1 ngày 3 giờ”, “quá hạn 2 ngày”, or why there is nothing to count."""
    if State(dossier.state) is State.SUSPENDED and dossier.due_at is None:
        return "đồng hồ đang dừng"
    if dossier.due_at is None:
        return "chưa xác định thời hạn"
    working = working_time_for(dossier.receiving_id).time
    return clock.words(clock.remaining(now, dossier.due_at, Unit(dossier.limit_unit), working))


def shares(dossier: Dossier, now: datetime) -> tuple[HolderShare, ...]:
    """Return each holder's working minutes and his part of the delay, up to finishing or now."""
    spans = [
        ClockSpan(f"{span.holder}/{span.holder_key}", span.began, span.until, span.counts)
        for span in rules.spans(clockwork.moments_of(dossier))
    ]
    until = dossier.finished_at or now
    return clock.holder_shares(spans, dossier.due_at, until, working_time_for(dossier.receiving_id).time)
