import pytest

from motcua.service.procedures.reading.codes import is_decision_number, procedure_code
from motcua.service.procedures.reading.text import door, fold, line, said, tidy
from motcua.service.procedures.types import ProcedureCode


def test_the_door_composes_marks_and_keeps_everything_else() -> None:
    assert door("Tie\u0302\u0301p nha\u0323\u0302n\r\n  2 ") == "Tiếp nhận\n  2 "


def test_what_no_database_stores_is_replaced_visibly() -> None:
    assert door("a\x00b\ud800c") == "a\ufffdb\ufffdc"


def test_tidy_drops_invisible_marks_and_empty_lines() -> None:
    assert tidy("\u200e Sở\xa0Tư  pháp \n\n \n x\t") == "Sở Tư pháp\nx"


@pytest.mark.parametrize("text", ["", "  ", "Không có thông tin", "KHÔNG CÓ THÔNG TIN.", "--"])
def test_words_that_say_nothing_are_none(text: str) -> None:
    assert said(text) is None


def test_not_required_is_something_said() -> None:
    assert said("Không") == "Không"


def test_folding_compares_without_marks() -> None:
    assert fold("  Mã SỐ Đường ") == "ma so duong"
    assert line("a\n b") == "a b"


@pytest.mark.parametrize(
    ("printed", "national", "agency"),
    [
        ("1.001612", "1.001612", None),
        ("6.000001", "6.000001", None),
        ("1.001612.000.00.00.H48", "1.001612", "H48"),
        ("1.000948.H38", "1.000948", "H38"),
        (" 1.000948.h38 ", "1.000948", "H38"),
        ("1.000948.000.01.02.H38", "1.000948", "000.01.02.H38"),
    ],
)
def test_codes_in_all_their_forms(printed: str, national: str, agency: str | None) -> None:
    assert procedure_code(printed) == ProcedureCode(national, agency)


@pytest.mark.parametrize(
    "printed", ["1.00161", "0.001612", "1.00008", "1.001612.H4", "A.001612", "1.0016123", "١.001612"]
)
def test_what_is_no_code_is_no_code(printed: str) -> None:
    assert procedure_code(printed) is None


@pytest.mark.parametrize(("text", "right"), [("163/QĐ-BTP", True), ("5710/QĐ-BCA-C06", True), ("QĐ2338-BTP", False)])
def test_decision_numbers(text: str, right: bool) -> None:
    assert is_decision_number(text) is right
