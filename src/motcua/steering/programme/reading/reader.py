"""From the blocks of a document to its reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from motcua.steering.programme.errors import BadDocument
from motcua.steering.programme.reading.annex import Annex, find_annex
from motcua.steering.programme.reading.arithmetic import contradictions
from motcua.steering.programme.reading.blocks import Block, Paragraph, Table
from motcua.steering.programme.reading.citations import two_dates
from motcua.steering.programme.reading.columns import Column
from motcua.steering.programme.reading.header import HEAD, issued, read_header
from motcua.steering.programme.reading.lists import read_bases, read_duties, read_solutions
from motcua.steering.programme.reading.names import Roster
from motcua.steering.programme.reading.outline import outline
from motcua.steering.programme.reading.targets import read_targets
from motcua.steering.programme.reading.tasks import faults, read_tasks, total_fault, total_of
from motcua.steering.programme.reading.text import one_line, same_length
from motcua.steering.programme.types import Anomaly, AnomalyKind, Header, Reading, Totals

_BLANK_NUMBER = re.compile(
    r"(?:quyet dinh|nghi quyet|ke hoach|de an|to trinh|cong van|chuong trinh)\s+(?:so\s*:?\s*)?[.…_ ]*"
    r"(/\s*[a-z]{2,6}-[a-z]+)"
)
LONGEST_REFERENCE = 400
_BLANK_DATE = re.compile(r"ngay[ .…_]*thang[ .…_]*nam")


def read(blocks: Sequence[Block], roster: Roster) -> Reading:
    """Return what the document says. Raises BadDocument where it is no decision at all."""
    blocks = [plain for block in blocks for plain in _opened(block)]
    texts = _texts(blocks)
    header, odd = read_header(texts)
    annex = find_annex(blocks)
    body = _texts(blocks[: annex.first] if annex else blocks)
    lines = outline(body)
    bases, targets = read_bases(lines), read_targets(lines)
    _refuse_what_is_no_decision(texts, header, annex, bool(bases or targets))
    tasks = read_tasks(annex, roster) if annex else ()
    totals = total_of(tasks, body, annex.totals if annex else ()) if tasks else Totals(None, 0)
    anomalies = [*odd, *_of_rows(annex, header), *total_fault(totals)]
    if not targets:
        anomalies.append(Anomaly(AnomalyKind.NO_TARGETS, "", header.title))
    anomalies.extend(_of_text(blocks, annex))
    if annex:
        anomalies.extend(faults(annex.rows, tasks, (header.first_year, header.last_year)))
    return Reading(
        header=header, bases=bases, targets=targets, solutions=read_solutions(lines), duties=read_duties(lines, roster),
        tasks=tasks, totals=totals, anomalies=tuple(anomalies),
    )


def _opened(block: Block) -> Iterator[Block]:
    """Yield a block; a table of one column is a frame around paragraphs, and no table."""
    if isinstance(block, Table) and all(len(row) == 1 for row in block.rows):
        yield from (Paragraph(cell) for (cell,) in block.rows)
    else:
        yield block


def decision_day(blocks: Sequence[Block]) -> date | None:
    """Return the day of the decision, by which its agencies are to be looked up; None where none is printed."""
    return issued([text for text in _texts(blocks[:HEAD]) if text.strip()])[0]


def _texts(blocks: Sequence[Block]) -> list[str]:
    """Return all paragraphs; the cells of a table count as such."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            found.extend(cell for row in block.rows for cell in row if cell.strip())
    return found


def _refuse_what_is_no_decision(texts: Sequence[str], header: Header, annex: Annex | None, has_lists: bool) -> None:
    known = [bool(header.number), bool(header.type), bool(header.issuing_body), header.issue_date is not None]
    if sum(known) >= 2 or (annex and annex.rows and any(known)) or (has_lists and any(known)):
        return
    start = one_line(" ".join(text for text in texts[:6] if text))[:80]
    raise BadDocument(
        f"Tệp này không phải một quyết định: không thấy số, loại văn bản, cơ quan và ngày ban hành (tệp bắt đầu bằng "
        f"“{start}…”). Chưa ghi gì. Anh/chị chọn tệp có cả trang đầu của quyết định rồi gửi lại."
    )


def _of_rows(annex: Annex | None, header: Header) -> Iterator[Anomaly]:
    if annex is None or not annex.rows:
        yield Anomaly(AnomalyKind.NO_ANNEX, "", header.title)
    elif missing := {Column.LEAD, Column.PERIOD} - set(annex.columns):
        yield Anomaly(AnomalyKind.CELLS_UNSURE, "phụ lục", "Bảng nhiệm vụ thiếu cột", tuple(sorted(missing)))


def _of_text(blocks: Sequence[Block], annex: Annex | None) -> Iterator[Anomaly]:
    """Yield what disagrees in the running text, and in the rows' own texts."""
    placed = [(f"đoạn {at}", text) for at, text in enumerate(_texts(blocks), 1) if text]
    yield from two_dates(placed)
    last = annex.first if annex else len(blocks)
    running = [(f"đoạn {at}", text) for at, text in enumerate(_texts(blocks[:last]), 1) if text]
    yield from contradictions(running)
    for where, text in placed:
        if len(text) < LONGEST_REFERENCE:
            line = one_line(text)
            folded = same_length(line)
            places = [found for found in (_BLANK_NUMBER.search(folded), _BLANK_DATE.search(folded)) if found]
            if places:
                values = tuple(line[found.start() : found.end()] for found in places)
                yield Anomaly(AnomalyKind.BLANK_REFERENCE, where, line, values)
