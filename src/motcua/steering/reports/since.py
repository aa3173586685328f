"""What units below did after their reports were taken up: a sum that was sent stays as it was until it is corrected."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery

from motcua.steering.reports.content import Content
from motcua.steering.reports.models import Edition, Remark, Report
from motcua.steering.reports.types import COUNTED, RemarkKind, State


@dataclass(frozen=True, slots=True)
class Change:
    """A unit whose report is another one now than the one that was taken up."""

    unit: str
    what: str


def changes(report: Report, content: Content) -> tuple[Change, ...]:
    """Return the units below whose report is no more what a sent version took up (1 query, none for a single unit)."""
    if not content.parts:
        return ()
    taken = {part.report: part.sha256 for part in content.parts}
    standing = Edition.objects.filter(report=OuterRef("pk"), number=OuterRef("edition")).values("sha256")[:1]
    rows = Report.objects.filter(above=report).order_by("pk").annotate(sha256=Subquery(standing))
    found = []
    for public_id, unit, state, sha256 in rows.values_list("public_id", "unit__name", "state", "sha256"):
        what = _what(taken.get(public_id, ""), sha256 if State(state) in COUNTED else "")
        if what:
            found.append(Change(unit, what))
    return tuple(found)


def _what(taken: str, now: str) -> str:
    if taken == now:
        return ""
    if not taken:
        return "đã gửi báo cáo sau khi tổng hợp"
    return "đã đính chính sau khi tổng hợp" if now else "đã bị trả lại sau khi tổng hợp"


def is_behind() -> Exists | Q:
    """Return the condition, for lists, that a unit below sent again, or was given back, after the last version."""
    last = Edition.objects.filter(report=OuterRef(OuterRef("pk"))).order_by("-number")
    sent = Edition.objects.filter(report__above=OuterRef("pk"), pk__gt=Subquery(last.values("pk")[:1]))
    given_back = Remark.objects.filter(
        report__above=OuterRef("pk"), report__state=State.RETURNED, what=RemarkKind.RETURN,
        at__gt=Subquery(last.values("sent_at")[:1]),
    )
    return Q(Exists(sent) | Exists(given_back), state__in=[State.SENT, State.RECEIVED])
