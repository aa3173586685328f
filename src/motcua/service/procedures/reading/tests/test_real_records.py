"""The 271 records of the Ministry of Justice and its official list, counted by hand once and held since."""

from collections import Counter

import pytest

from motcua.service.procedures.reading.files import read_path
from motcua.service.procedures.reading.outcome import RecordReading
from motcua.service.procedures.reading.text import said
from motcua.service.procedures.types import FeeRole, ProcedureRecord
from motcua.testing import shared_data


@pytest.fixture(scope="module")
def readings() -> list[RecordReading]:
    return list(read_path(shared_data("procedures", "justice")))


@pytest.fixture(scope="module")
def records(readings: list[RecordReading]) -> list[ProcedureRecord]:
    return [reading.record for reading in readings if reading.record is not None]


def test_outcomes_and_reasons_of_the_real_records(readings: list[RecordReading]) -> None:
    assert Counter(reading.outcome.value for reading in readings) == {"accepted": 111, "flagged": 160}
    assert Counter(code.value for reading in readings for code in reading.reason_codes) == {
        "agency_missing": 73,
        "limit_without_unit": 50,
        "fee_contradictory": 43,
        "limit_no_information": 25,
        "decision_odd": 17,
        "result_code_odd": 16,
        "fee_unknown": 12,
        "fee_implausible": 7,
        "limit_glued": 6,
        "paper_quantity_missing": 6,
        "channel_repeated": 5,
        "fee_by_council": 5,
        "limit_differs_from_text": 1,
        "limit_immediate": 1,
        "agency_is_prose": 1,
        "text_cut": 1,
    }


def test_every_channel_is_read_with_a_limit_or_a_reason(records: list[ProcedureRecord]) -> None:
    rows = [row for record in records for row in record.channels]
    kinds = Counter(row.limit.limit.unit.value if row.limit.limit else str(row.limit.gap) for row in rows)
    assert kinds == {
        "working-day": 487,
        "calendar-day": 66,
        "no-unit": 143,
        "no-information": 56,
        "glued": 14,
        "immediate": 3,
    }
    assert all(record.channels for record in records)


def test_money_of_every_channel(records: list[ProcedureRecord]) -> None:
    rows = [row for record in records for row in record.channels]
    assert Counter(row.fee_state.value for row in rows) == {
        "free": 368,
        "amount": 249,
        "contradictory": 115,
        "unknown": 22,
        "by-council": 15,
    }
    cut = [fee for row in rows for fee in row.fees if fee.role is FeeRole.TEMPORARY]
    assert len(cut) == 115
    assert {(str(fee.valid_from), str(fee.valid_until)) for fee in cut} == {("2025-07-01", "2027-01-01")}


def test_papers_and_forms(records: list[ProcedureRecord]) -> None:
    papers = [paper for record in records for paper in record.papers]
    assert len(papers) == 1857
    assert Counter(paper.duty.value for paper in papers) == {"submit": 1170, "note": 444, "show": 243}
    assert sum(paper.originals is None for paper in papers) == 6
    forms = [form for paper in papers for form in paper.forms]
    assert (len(forms), forms.count("")) == (158, 0)


def test_legal_bases_all_have_their_number(records: list[ProcedureRecord]) -> None:
    bases = [basis for record in records for basis in record.legal_bases]
    assert len(bases) == 1759
    assert all(basis.number for basis in bases)


def test_no_button_of_the_portal_is_left(records: list[ProcedureRecord]) -> None:
    texts = [text for record in records for text in (record.description, *(result.name for result in record.results))]
    assert not [text for text in texts if text and ("Chọn cơ quan" in text or "Nộp hồ sơ" in text)]


def test_the_source_lies_beside_the_reading_letter_for_letter(records: list[ProcedureRecord]) -> None:
    for record in records:
        source = record.source["cach_thuc_thuc_hien"]
        assert source.endswith("".join(row.verbatim for row in record.channels))
        assert said(source) is not None


def test_five_records_against_the_page(records: list[ProcedureRecord]) -> None:
    by_code = {record.code.national: record for record in records}
    limits = {
        code: [row.limit.printed for row in by_code[code].channels] for code in ("1.000419", "1.002099", "2.002797")
    }
    assert limits == {
        "1.000419": ["5 Ngày làm việc"],
        "1.002099": ["5 Ngày", "7 Ngày", "7 Ngày"],
        "2.002797": ["1250 VNĐ"],
    }
    assert [fee.amount for fee in by_code["2.000815"].channels[0].fees] == [2_000, 2_000, 1_000, 200_000]
    assert [fee.amount for fee in by_code["1.002681"].channels[0].fees] == [800_000, 800_000, 400_000, 100_000]


def test_the_official_list_is_read_row_by_row() -> None:
    rows = list(read_path(shared_data("procedures", "justice-list.xlsx")))
    assert Counter(reading.outcome.value for reading in rows) == {"flagged": 271}
    assert Counter(code.value for reading in rows for code in reading.reason_codes) == {
        "list_row_only": 271,
        "agency_missing": 71,
    }
    by_code = {reading.code: reading.record for reading in rows}
    nationality = by_code["2.002797"]
    assert nationality is not None
    assert nationality.agencies.performing == ("Bộ Tư pháp", "Cơ quan đại diện Việt Nam ở nước ngoài")
