"""Reading one record of the national portal's copies: `read_record` never raises, whatever it is given."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from motcua.service.procedures.reading.bases import legal_bases, results
from motcua.service.procedures.reading.channels import HEADING, channel_entries
from motcua.service.procedures.reading.codes import procedure_code
from motcua.service.procedures.reading.findings import record_findings
from motcua.service.procedures.reading.lists import levels, subjects
from motcua.service.procedures.reading.outcome import RecordReading, rejected, taken
from motcua.service.procedures.reading.papers import papers_of
from motcua.service.procedures.reading.reasons import Reason, ReasonCode
from motcua.service.procedures.reading.text import door, is_damaged, line, said
from motcua.service.procedures.types import Agencies, ProcedureCode, ProcedureRecord, RecordKind

CODE, NAME = "ma_thu_tuc", "ten_thu_tuc"
KNOWN = frozenset(
    (
        *(CODE, NAME, "so_quyet_dinh", "cap_thuc_hien", "loai_thu_tuc", "linh_vuc", "doi_tuong_thuc_hien"),
        *("co_quan_thuc_hien", "co_quan_co_tham_quyen", "co_quan_duoc_uy_quyen", "co_quan_phoi_hop"),
        *("dia_chi_tiep_nhan", "thu_tuc_lien_quan", "trinh_tu_thuc_hien", "cach_thuc_thuc_hien", "thanh_phan_ho_so"),
        *("can_cu_phap_ly", "yeu_cau_dieu_kien", "ket_qua_xu_ly"),
    )
)
NOT_CONTENT = frozenset({"detail_url", "formality_id", "raw_text"})  # they change without the procedure changing
LONGEST_RECORD = 2_000_000  # characters; the longest real one has some 60,000
LONGEST_AGENCY = 400
_SETS = re.compile(r"\b0?([1-9])\s?(?:\([^()]*\)\s?)?bộ hồ sơ", re.I)


def read_record(data: object) -> RecordReading:
    """Return one record of the portal as it was read. Nothing is guessed and nothing is thrown away."""
    if not isinstance(data, Mapping) or not KNOWN.intersection(key for key in data if isinstance(key, str)):
        return rejected(ReasonCode.NOT_A_PROCEDURE, detail=type(data).__name__)
    source, reasons = _door(data)
    if sum(map(len, source.values())) > LONGEST_RECORD:
        return rejected(ReasonCode.RECORD_TOO_LARGE, printed=line(source.get(CODE, ""))[:40] or None)
    printed = said(line(source.get(CODE, "")))
    if printed is None:
        return rejected(ReasonCode.CODE_MISSING, detail=line(source.get(NAME, ""))[:80])
    code = procedure_code(printed)
    if code is None:
        return rejected(ReasonCode.CODE_INVALID, printed=printed[:80], detail=printed[:80])
    if said(source.get(NAME, "")) is None:
        return rejected(ReasonCode.NAME_MISSING, printed=str(code))
    record, more = _record(source, code)
    return taken(record, (*reasons, *more, *record_findings(record)))


def _door(data: Mapping[object, object]) -> tuple[dict[str, str], list[Reason]]:
    """Return the texts in their stored form, and what could not be taken as text."""
    source: dict[str, str] = {}
    reasons: list[Reason] = []
    for key, value in data.items():
        if isinstance(key, str) and isinstance(value, str):
            source[door(key)] = door(value)
            if is_damaged(source[door(key)]):
                reasons.append(Reason(ReasonCode.CHARACTERS_LOST, door(key)))
        elif isinstance(key, str) and value is not None and key in KNOWN:
            reasons.append(Reason(ReasonCode.FIELD_WRONG_TYPE, key, type(value).__name__))
    return source, reasons


def _record(source: Mapping[str, str], code: ProcedureCode) -> tuple[ProcedureRecord, list[Reason]]:
    def part(key: str) -> str | None:
        return said(source.get(key, ""))

    known_levels, odd_levels = levels(part("cap_thuc_hien") or "")
    known_subjects, odd_subjects = subjects(part("doi_tuong_thuc_hien") or "")
    agencies, prose = _agencies(source)
    lead, channels = channel_entries(source.get("cach_thuc_thuc_hien", ""))
    _, papers = papers_of(source["thanh_phan_ho_so"]) if part("thanh_phan_ho_so") else ("", ())
    found, description = results(source["ket_qua_xu_ly"]) if part("ket_qua_xu_ly") else ((), "")
    record = ProcedureRecord(
        record_kind=RecordKind.FULL,
        code=code,
        name=line(source[NAME]),
        field_name=part("linh_vuc"),
        levels=known_levels,
        subjects=(*known_subjects, *odd_subjects),
        agencies=agencies,
        decision=part("so_quyet_dinh"),
        kind=part("loai_thu_tuc"),
        address=part("dia_chi_tiep_nhan"),
        steps=part("trinh_tu_thuc_hien"),
        channels=channels,
        papers=papers,
        sets=_sets(source.get("thanh_phan_ho_so", ""), source.get("trinh_tu_thuc_hien", "")),
        requirements=part("yeu_cau_dieu_kien"),
        results=found,
        legal_bases=legal_bases(source["can_cu_phap_ly"]) if part("can_cu_phap_ly") else (),
        related=part("thu_tuc_lien_quan"),
        description=said(description.partition("Mô tả")[2]),
        digest=digest(source),
        source=MappingProxyType(dict(source)),
    )
    reasons = [
        *(Reason(ReasonCode.LEVEL_UNKNOWN, detail=word[:80]) for word in odd_levels),
        *(Reason(ReasonCode.SUBJECT_UNKNOWN, detail=word[:80]) for word in odd_subjects),
        *(Reason(ReasonCode.AGENCY_IS_PROSE, detail=line(text)[:80]) for text in prose),
        *_unread_channels(lead, has_rows=bool(channels)),
    ]
    return record, reasons


def _unread_channels(lead: str, *, has_rows: bool) -> Iterator[Reason]:
    """Yield a reason where words stand before the first row, or instead of any."""
    words = said(lead.removeprefix(HEADING))
    if words is not None or (lead and not has_rows and said(lead) is not None):
        yield Reason(ReasonCode.CHANNELS_UNREAD, detail=line(words or lead)[:80])


def _agencies(source: Mapping[str, str]) -> tuple[Agencies, list[str]]:
    """Return the agencies as printed, and the passages that are no agency's name."""
    prose: list[str] = []

    def printed(key: str) -> tuple[str, ...]:
        text = said(source.get(key, ""))
        if text is None:
            return ()
        if "\n\n" in source[key].strip() or len(text) > LONGEST_AGENCY:
            prose.append(text)
            return ()
        return (line(text),)

    agencies = Agencies(
        performing=printed("co_quan_thuc_hien"),
        competent=printed("co_quan_co_tham_quyen"),
        authorised=printed("co_quan_duoc_uy_quyen"),
        coordinating=printed("co_quan_phoi_hop"),
    )
    return agencies, prose


def _sets(*texts: str) -> int | None:
    """Return the number of sets where the texts name exactly one ("01 (một) bộ hồ sơ"), else None."""
    numbers = {match[1] for text in texts for match in _SETS.finditer(text)}
    return int(numbers.pop()) if len(numbers) == 1 else None


def digest(source: Mapping[str, str]) -> str:
    """Return the SHA-256 of what a record says, in hexadecimal; addresses on the portal do not count."""
    content = {key: text for key, text in source.items() if key not in NOT_CONTENT and text}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
