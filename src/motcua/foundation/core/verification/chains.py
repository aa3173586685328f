"""Walking all chains in the order in which they were written, keeping of each subject only where it stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from motcua.foundation.core import ledger
from motcua.foundation.core.verification.reading import COLUMNS, HEADS, Row, Source
from motcua.foundation.core.verification.sealed import TOLERANCE_US, Sealed
from motcua.foundation.core.verification.types import Kind, Report
from motcua.foundation.core.verification.vouching_check import ENVELOPE, NOTE, Heard, hear

# sequence, hash, entered, entered of the first event no seal holds (or None), sequence up to which it is sealed
Standing = tuple[int, bytes, int, int | None, int]
START: Standing = (0, ledger.GENESIS, 0, None, 0)


@dataclass(slots=True)
class Walk:
    """All chains, walked once.

    `standing` is where each subject's chain ended, `noting` the events that name a note, `heard` what events vouch for.
    """

    report: Report
    sealed: Sealed
    standing: dict[str, Standing] = field(default_factory=dict)
    suspect: set[str] = field(default_factory=set)
    noting: list[tuple[str, bytes]] = field(default_factory=list)
    heard: Heard = field(default_factory=Heard)
    spoke: bool = False
    heads_seen: int = 0
    seals_are_whole: bool = True

    def events(self, source: Source, sql: dict[str, str]) -> None:
        """Follow every chain event by event. Raises TypeError on a value of a type that no driver would give."""
        for page in source.pages(sql):
            self.report.events += len(page)
            self._page(page)
            self._listen(page)
        self.report.subjects = len(self.standing)

    def _page(self, page: list[Row]) -> None:
        """The one loop that must be fast: no call in it that is not needed for a whole event."""
        standing, leaves, sha256 = self.standing, self.sealed.leaves, hashlib.sha256
        get, tolerance = standing.get, TOLERANCE_US
        for subject, sequence, entered, canonical, value in page:
            last, link, before, first, sealed = get(subject, START)
            if sequence != last + 1 or entered < before - tolerance or sha256(link + canonical).digest() != value:
                self._explain(subject, (last, link, before), (sequence, entered, canonical, value))
            if first is None:
                first = entered
            if value in leaves:
                self._meet_seal(subject, sequence, first, entered, leaves.pop(value))
                first, sealed = None, sequence
            standing[subject] = (sequence, value, entered, first, sealed)

    def _listen(self, page: list[Row]) -> None:
        """Keep what events say of notes and of rows beside the ledger.

        Where the page before this one said nothing, one search through all of it comes first: looking for several
        names in each event takes longer than hashing it.
        """
        if not self.spoke and not self.heard.pattern.search(b"".join([row[3] for row in page])):
            return
        before = len(self.noting)
        self.noting += [(row[0], row[3]) for row in page if row[3].find(NOTE, ENVELOPE) > 0]
        self.spoke = len(self.noting) > before
        for mark in self.heard.marks:
            self.spoke |= hear(page, mark)

    def _explain(self, subject: str, before: tuple[int, bytes, int], event: tuple[int, int, bytes, bytes]) -> None:
        sequence, entered, canonical, value = event
        where = f"{subject}#{sequence}"
        self.suspect.add(subject)
        if hashlib.sha256(before[1] + canonical).digest() != value:
            self.report.find(Kind.CHANGED, where, "Nội dung sự kiện đã bị sửa, hoặc không nối với sự kiện trước nó.")
        if sequence != before[0] + 1:
            expected = before[0] + 1
            self.report.find(Kind.GAP, where, f"Chuỗi phải có sự kiện số {expected} ở đây nhưng lại là số {sequence}.")
        if entered < before[2] - TOLERANCE_US:
            self.report.find(Kind.BACK_DATED, where, "Giờ ghi vào hệ thống sớm hơn sự kiện trước nó.")

    def _meet_seal(self, subject: str, sequence: int, first: int, entered: int, number: int) -> None:
        """What a seal holds was entered after the run before it, and not after the seal itself."""
        made, after = self.sealed.made_us.get(number), self.sealed.after_us.get(number, 0)
        if first < after - TOLERANCE_US:
            self._back_dated(subject, sequence, f"niêm phong số {number} là lần đầu có sự kiện này")
        if made is not None and entered > made + TOLERANCE_US:
            self._back_dated(subject, sequence, f"giờ ghi muộn hơn cả niêm phong số {number} chứa nó")

    def _back_dated(self, subject: str, sequence: int, why: str) -> None:
        self.suspect.add(subject)
        self.report.find(Kind.BACK_DATED, f"{subject}#{sequence}", f"Giờ ghi vào hệ thống không thật: {why}.")

    def heads(self, source: Source) -> None:
        """Compare each head with the end of its chain, and count what no seal holds yet."""
        with_head: set[str] = set()
        get = self.standing.get
        for page in source.pages(HEADS):
            with_head.update([head[0] for head in page])
            for subject, sequence, value, noted in page:
                last, link, _, first, sealed = get(subject, START)
                if sequence != last or value != link or noted > sealed or first is not None:
                    self._head(subject, sequence, value, noted)
        for subject in sorted(self.standing.keys() - with_head):
            self.suspect.add(subject)
            self.report.find(Kind.HEAD, subject, "Chuỗi không còn đầu chuỗi.")
        self.heads_seen = len(with_head)

    def count_heads(self) -> None:
        """Compare how many heads there are with how many the seals have counted."""
        if self.heads_seen < self.sealed.subjects:
            text = f"Niêm phong đã đếm {self.sealed.subjects} đối tượng, nay chỉ còn {self.heads_seen}."
            self.report.find(Kind.MISSING, "", text)

    def _head(self, subject: str, sequence: int, value: bytes, noted: int) -> None:
        last, link, _, first, sealed = self.standing.get(subject, START)
        self.report.unsealed += last - sealed
        if sequence > last:
            kind, text = Kind.MISSING, f"Đầu chuỗi ở số {sequence} nhưng chỉ còn {last} sự kiện."
        elif sequence < last:
            kind, text = Kind.HEAD, f"Đầu chuỗi bị lùi về số {sequence} trong khi đã có {last} sự kiện."
        elif value != link:
            kind, text = Kind.HEAD, "Đầu chuỗi mang mã khác với sự kiện cuối cùng."
        elif noted > sealed and self.seals_are_whole and subject not in self.suspect:
            kind, text = Kind.SEAL, f"Đã niêm phong đến số {noted} nhưng niêm phong đó không còn."
        else:
            if first is not None and first < self.sealed.last_us - TOLERANCE_US:
                why = "ghi trước niêm phong gần nhất mà không niêm phong nào có"
                self._back_dated(subject, sealed + 1, why)
            return
        self.suspect.add(subject)
        self.report.find(kind, subject, text)


def disagreement(row: Row) -> tuple[str, str] | None:
    """Return place and text for an event whose columns say something else than its bytes, or None if they agree."""
    columns, canonical = row[:-1], bytes(row[-1]) if not isinstance(row[-1], str) else row[-1].encode()
    if canonical.startswith(ledger.envelope(*columns)):
        return None
    said = canonical.decode(errors="replace").split("\n")[1 : len(COLUMNS) + 1]
    wrong = [
        name for name, column, text in zip(COLUMNS, columns, said, strict=False)
        if str("" if column is None else column) != text
    ]
    return f"{columns[0]}#{columns[1]}", f"Cột khác với nội dung đã băm: {', '.join(wrong) or 'toàn bộ'}."
