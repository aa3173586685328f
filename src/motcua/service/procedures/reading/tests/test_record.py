from collections.abc import Mapping

import pytest

from motcua.service.procedures.reading.outcome import Outcome
from motcua.service.procedures.reading.reasons import EXPLANATIONS, ReasonCode
from motcua.service.procedures.reading.record import LONGEST_RECORD, read_record
from motcua.service.procedures.reading.tests.samples import WHOLE, channels, record
from motcua.service.procedures.types import Level, ProcedureRecord


def taken(data: object) -> ProcedureRecord:
    reading = read_record(data)
    assert reading.record is not None
    return reading.record


def test_a_whole_record_is_accepted_with_all_its_parts() -> None:
    reading = read_record(WHOLE)
    assert (reading.outcome, reading.reasons) == (Outcome.ACCEPTED, ())
    found = taken(WHOLE)
    assert found.levels == (Level.PROVINCE, Level.COMMUNE)
    assert found.subjects == (
        "Cán bộ, công chức, viên chức",
        "Doanh nghiệp",
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    )
    assert found.agencies.performing == ("Sở Văn hóa, Thể thao và Du lịch",)
    assert found.agencies.coordinating == ()
    assert found.sets == 1
    assert found.requirements is None
    assert [basis.number for basis in found.legal_bases] == ["7/2011/QH13", "5/2012/NĐ-CP"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ma_thu_tuc": ""}, ReasonCode.CODE_MISSING),
        ({"ma_thu_tuc": 1.001}, ReasonCode.CODE_MISSING),
        ({"ma_thu_tuc": "abc"}, ReasonCode.CODE_INVALID),
        ({"ten_thu_tuc": "Không có thông tin"}, ReasonCode.NAME_MISSING),
        ({"trinh_tu_thuc_hien": "x" * (LONGEST_RECORD + 1)}, ReasonCode.RECORD_TOO_LARGE),
    ],
)
def test_what_cannot_be_taken_in_is_rejected_with_its_reason(changes: Mapping[str, object], code: ReasonCode) -> None:
    reading = read_record(record(**changes))
    assert reading.outcome is Outcome.REJECTED
    assert reading.record is None
    assert code in reading.reason_codes


@pytest.mark.parametrize("data", [None, [], "text", 7, {}, {"something": "else"}, {1: 2}])
def test_what_is_no_record_is_said_to_be_none(data: object) -> None:
    assert read_record(data).reason_codes == (ReasonCode.NOT_A_PROCEDURE,)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"trinh_tu_thuc_hien": ""}, ReasonCode.STEPS_MISSING),
        ({"trinh_tu_thuc_hien": "Bước 1.\n+"}, ReasonCode.TEXT_CUT),
        ({"cach_thuc_thuc_hien": None}, ReasonCode.CHANNELS_MISSING),
        ({"cach_thuc_thuc_hien": "nộp ở xã"}, ReasonCode.CHANNELS_UNREAD),
        ({"thanh_phan_ho_so": "Không có thông tin"}, ReasonCode.PAPERS_MISSING),
        ({"doi_tuong_thuc_hien": ""}, ReasonCode.SUBJECTS_MISSING),
        ({"doi_tuong_thuc_hien": "Người ngoài hành tinh"}, ReasonCode.SUBJECT_UNKNOWN),
        ({"co_quan_thuc_hien": "Không có thông tin"}, ReasonCode.AGENCY_MISSING),
        ({"co_quan_thuc_hien": "làm như sau:\n\n* Ghi lời"}, ReasonCode.AGENCY_IS_PROSE),
        ({"cap_thuc_hien": "Cấp thôn"}, ReasonCode.LEVEL_UNKNOWN),
        ({"linh_vuc": ["Du lịch"]}, ReasonCode.FIELD_WRONG_TYPE),
        ({"so_quyet_dinh": "QĐ12"}, ReasonCode.DECISION_ODD),
        ({"ten_thu_tuc": "Cấp \ud800 giấy"}, ReasonCode.CHARACTERS_LOST),
        ({"cach_thuc_thuc_hien": channels("Trực tiếp1Miễn phí")}, ReasonCode.LIMIT_WITHOUT_UNIT),
        ({"cach_thuc_thuc_hien": channels("Trực tiếp1200 VNĐ")}, ReasonCode.LIMIT_GLUED),
        ({"cach_thuc_thuc_hien": channels("Trực tiếp5 Ngày50 VNĐ")}, ReasonCode.FEE_IMPLAUSIBLE),
        ({"ket_qua_xu_ly": "Giấy phépMã: asdf"}, ReasonCode.RESULT_CODE_ODD),
    ],
)
def test_what_is_open_is_flagged_and_the_record_taken_in(changes: Mapping[str, object], code: ReasonCode) -> None:
    reading = read_record(record(**changes))
    assert (reading.outcome, reading.record is None) == (Outcome.FLAGGED, False)
    assert code in reading.reason_codes


def test_the_digest_follows_content_and_not_the_address() -> None:
    assert taken(record(detail_url="https://elsewhere.example")).digest == taken(WHOLE).digest
    assert taken(record(ten_thu_tuc="Tên mới")).digest != taken(WHOLE).digest


def test_every_reason_is_explained_in_words() -> None:
    assert set(EXPLANATIONS) == set(ReasonCode)
    assert all(words.what and words.todo for words in EXPLANATIONS.values())


def test_a_reason_speaks_with_place_and_quotation() -> None:
    reading = read_record(record(cach_thuc_thuc_hien=channels("Trực tiếp1Miễn phí")))
    assert reading.reasons[0].text == "Thời hạn chỉ có con số, không có đơn vị (Trực tiếp): “1”."
