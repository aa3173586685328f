"""The ledger of one dossier in words: what was done, by whom, with its number, short hash and seal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.calendar.types import Verdict
from motcua.foundation.core import ledger, time
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.refs import Ref
from motcua.service.dossiers.types import Ground

WORDS = {
    "dossier.receive": "Tiếp nhận hồ sơ",
    "dossier.hand_over": "Chuyển hồ sơ cho {to_agency}",
    "dossier.accept": "Nhận hồ sơ",
    "dossier.decline": "Trả lại cho {back_to}",
    "dossier.suspend": "Tạm dừng: {ground}",
    "dossier.resume": "Tiếp tục giải quyết",
    "dossier.finish": "Kết thúc xử lý, {verdict}",
    "dossier.return": "Trả kết quả",
    "dossier.withdraw": "Người nộp rút hồ sơ",
    "dossier.stop": "Dừng giải quyết",
    "dossier.attach": "Đính kèm tệp {file} (SHA-256 {sha256:.12}…)",
    "dossier.detach": "Rút tệp {file} (SHA-256 {sha256:.12}…)",
    "dossier.succeed": "Chuyển từ {from_agency} sang {to_agency} do sắp xếp cơ quan",
    "dossier.recompute": "Tính lại hạn trả theo lịch làm việc mới",
    "dossier.keep_note": "Đưa ghi chú cũ vào sổ",
    "privacy.erase_note": "Xóa một ghi chú theo quyết định {ground}",
}
SHORT = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the page shows it."""

    sequence: int
    at: datetime
    text: str
    who: str
    digest: str
    is_sealed: bool
    entered_late: datetime | None = None


def lines(events: Sequence[LedgerEvent], sealed: int, names: Mapping[str, str]) -> list[Line]:
    """Return the events in words, the newest first. `names` maps references to what they are called."""
    return [_line(event, sealed, names) for event in reversed(events)]


def _line(event: LedgerEvent, sealed: int, names: Mapping[str, str]) -> Line:
    happened, entered = time.from_microseconds(event.happened_us), time.from_microseconds(event.entered_us)
    return Line(
        sequence=event.sequence, at=happened, text=_text(event, names), who=names.get(event.actor, "Hệ thống"),
        digest=bytes(event.hash).hex()[:SHORT], is_sealed=event.sequence <= sealed,
        entered_late=entered if (entered - happened).total_seconds() >= 60 else None,
    )


class _Said(dict[str, str]):
    """What an event does not say is left out of its sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


def _text(event: LedgerEvent, names: Mapping[str, str]) -> str:
    pattern = WORDS.get(event.verb)
    if pattern is None:
        return f"Việc khác ({event.verb})"
    return pattern.format_map(_Said({name: _word(value, names) for name, value in ledger.facts_of(event).items()}))


def _word(value: object, names: Mapping[str, str]) -> str:
    text = str(value)
    if text in names:
        return names[text]
    if text.startswith("attachment:"):
        return "của hồ sơ"
    if text in set(Ground):
        return Ground(text).label.lower()
    return Verdict(text).label if text in set(Verdict) else text


def named(events: Iterable[LedgerEvent]) -> set[Ref]:
    """Return every reference that the events speak of: who acted, for and with which agency."""
    found: set[Ref] = set()
    for event in events:
        found.add(Ref(event.actor))
        for value in ledger.facts_of(event).values():
            if isinstance(value, str) and value.startswith("agency:"):
                found.add(Ref(value))
    return found
