"""What the pages tell of the work that ended agencies leave: to whom it goes, and how far that has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.foundation.core import words
from motcua.foundation.organisations import registry, selectors
from motcua.foundation.organisations.models import Agency, Passage
from motcua.foundation.organisations.passing import Estate
from motcua.foundation.organisations.registry import Standing
from motcua.foundation.organisations.types import Event


@dataclass(frozen=True, slots=True)
class EstateView:
    """The panel on an agency's page: one sentence, and what still stands there."""

    says: str
    lacks_heir: bool
    standing: tuple[Standing, ...]


def entered(event: Event, estates: Sequence[Estate]) -> str:
    """Return what is said once an event was entered: that, and when the open work passes on."""
    things = sum(line.count for estate in estates for line in estate.standing if line.needs_heir)
    if not things:
        return "Đã ghi vào danh mục."
    if event.day > selectors.register_day():
        return f"Đã ghi. Hồ sơ sẽ chuyển về cơ quan nhận vào đầu ngày {words.day(event.day)}."
    return "Đã ghi. Hồ sơ đang chuyển về cơ quan nhận; tiến độ ở trang của cơ quan kết thúc."


def estate(agency: Agency) -> EstateView | None:
    """Return what an ended or ending agency leaves, or None (1 query; a few counts while it is on its way)."""
    passage = Passage.objects.filter(predecessor=agency).select_related("heir").first()
    if passage is None:
        return None
    if passage.settled_at is not None:
        return EstateView(_says(passage), passage.heir is None, ())
    title = passage.heir.name if passage.heir else ""
    standing = registry.standing(agency, title, passage.carried)
    return EstateView(_says(passage), passage.heir is None, standing)


def _says(passage: Passage) -> str:
    if passage.heir is None:
        return "Nhiều cơ quan nhận nhiệm vụ, hoặc không có cơ quan nào; chưa chọn cơ quan nhận hồ sơ."
    if passage.day > selectors.register_day():
        return f"Đầu ngày {words.day(passage.day)} việc đang mở chuyển về {passage.heir.name}."
    left = 0 if passage.settled_at else registry.left([passage.predecessor_id], passage.carried)
    done = f"Đã chuyển {words.number(passage.passed)} việc về {passage.heir.name}"
    if left:
        return f"{done}, còn {words.number(left)} đang chuyển. Tải lại trang để xem tiếp."
    return f"{done}." if passage.passed else f"Việc đang mở về {passage.heir.name}; không còn gì ở đây."


def coming(agency: Agency) -> list[tuple[Agency, int]]:
    """Return from whom work is still on its way to an agency, and how much (1 query, and counts where it is so)."""
    rows = Passage.objects.filter(heir=agency, settled_at__isnull=True, day__lte=selectors.register_day())
    passages = rows.select_related("predecessor")
    found = [(row.predecessor, registry.left([row.predecessor_id], row.carried)) for row in passages]
    return [(former, left) for former, left in found if left]
