import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from motcua.service.procedures.reading.files import read_path
from motcua.service.procedures.reading.outcome import Outcome, RecordReading
from motcua.service.procedures.reading.reasons import ReasonCode
from motcua.service.procedures.reading.tests.samples import WHOLE, record
from motcua.service.procedures.reading.workbook import names_of


def only(path: Path) -> RecordReading:
    (reading,) = read_path(path)
    return reading


def write_list(path: Path, *rows: tuple[str | float | None, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


HEAD = ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")


def test_an_object_and_a_list_are_read(tmp_path: Path) -> None:
    one, many = tmp_path / "one.json", tmp_path / "many.json"
    one.write_text(json.dumps(WHOLE), encoding="utf-8-sig")
    many.write_text(json.dumps([WHOLE, record(ma_thu_tuc="1.900002"), 7]))
    assert only(one).outcome is Outcome.ACCEPTED
    assert [reading.outcome.value for reading in read_path(many)] == ["accepted", "accepted", "rejected"]


def test_a_list_cut_in_half_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_text(json.dumps([WHOLE, record(ma_thu_tuc="1.900002")])[:-200])
    readings = list(read_path(path))
    assert [reading.outcome for reading in readings] == [Outcome.ACCEPTED, Outcome.REJECTED]
    assert readings[1].reason_codes == (ReasonCode.JSON_BROKEN,)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", ReasonCode.FILE_EMPTY),
        (b" \n ", ReasonCode.FILE_EMPTY),
        (b"%PDF-1.7", ReasonCode.FILE_WRONG_TYPE),
        (b"\xd0\xcf\x11\xe0 old", ReasonCode.FILE_WRONG_TYPE),
        (b'{"ma_thu_tuc": "\xc4"}', ReasonCode.FILE_NOT_UTF8),
        ('{"a": 1}'.encode("utf-16"), ReasonCode.FILE_NOT_UTF8),
        (b'{"ma_thu_tuc": ', ReasonCode.JSON_BROKEN),
        (b"{} {}", ReasonCode.JSON_BROKEN),
        (b"[" * 100_000, ReasonCode.JSON_BROKEN),
        (b"PK\x03\x04 not a package", ReasonCode.WORKBOOK_BROKEN),
    ],
)
def test_broken_files_say_why(tmp_path: Path, content: bytes, code: ReasonCode) -> None:
    path = tmp_path / "handed-in.json"
    path.write_bytes(content)
    assert code in list(read_path(path))[-1].reason_codes


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert only(tmp_path / "no.json").reason_codes == (ReasonCode.FILE_MISSING,)
    assert only(tmp_path).reason_codes == (ReasonCode.FILE_MISSING,)


def test_one_broken_file_does_not_stop_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    (tmp_path / "b.json").write_text(json.dumps(WHOLE))
    (tmp_path / "readme.txt").write_text("left alone")
    assert [reading.outcome.value for reading in read_path(tmp_path)] == ["rejected", "accepted"]


def test_the_same_code_twice_is_one_record_or_a_question(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([WHOLE, WHOLE, record(ten_thu_tuc="Tên khác")]))
    readings = list(read_path(tmp_path))
    assert [reading.outcome.value for reading in readings] == ["accepted", "accepted", "rejected"]
    assert readings[2].reason_codes == (ReasonCode.CODE_REPEATED,)


def test_a_list_is_read_below_its_heading(tmp_path: Path) -> None:
    path = write_list(
        tmp_path / "list.xlsx",
        ("DANH SÁCH", None, None, None, None),
        HEAD,
        ("1.900001", "Mở quán", "Bộ Ví dụ", "\nSở A\nsở a\n\nUBND xã\n", "Du lịch"),
        ("1.900002", "Đóng quán", "Bộ Ví dụ", "", "Du lịch"),
        (None, None, None, None, None),
        (1.9, "Số thay vì chữ", None, None, None),
    )
    first, second, third = read_path(path)
    assert first.record is not None
    assert first.record.agencies.performing == ("Sở A", "UBND xã")
    assert first.reason_codes == (ReasonCode.LIST_ROW_ONLY,)
    assert ReasonCode.AGENCY_MISSING in second.reason_codes
    assert third.reason_codes == (ReasonCode.CODE_INVALID,)
    assert "dòng 6" in third.place


def test_a_workbook_without_the_heading_is_refused(tmp_path: Path) -> None:
    assert only(write_list(tmp_path / "x.xlsx", ("a", "b"))).reason_codes == (ReasonCode.WORKBOOK_NO_HEADING,)


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    path = write_list(tmp_path / "bomb.xlsx", HEAD)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/big.bin", b"0" * 30_000_000)
    assert only(path).reason_codes == (ReasonCode.WORKBOOK_BOMB,)


def test_entity_definitions_are_not_opened(tmp_path: Path) -> None:
    path = write_list(tmp_path / "entities.xlsx", HEAD)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/more.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>')
    assert only(path).reason_codes == (ReasonCode.WORKBOOK_BOMB,)


def test_another_kind_of_package_is_the_wrong_type(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert only(path).reason_codes == (ReasonCode.FILE_WRONG_TYPE,)


def test_a_workbook_cut_in_half_is_broken(tmp_path: Path) -> None:
    path = write_list(tmp_path / "cut.xlsx", HEAD, ("1.900001", "Mở quán"))
    path.write_bytes(path.read_bytes()[:-300])
    assert only(path).reason_codes == (ReasonCode.WORKBOOK_BROKEN,)


def test_agencies_of_a_cell_are_never_cut_at_commas() -> None:
    assert names_of("Sở Văn hóa, Thể thao và Du lịch\n\nSở Y tế") == ("Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế")
