"""Decisions of our own making, set in other ways: numbered 1, 2 under I, II; another order of columns; tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest

from motcua.steering.programme.errors import BadDocument
from motcua.steering.programme.reading.blocks import Block, Paragraph, Table
from motcua.steering.programme.reading.reader import read
from motcua.steering.programme.reading.sources import open_document
from motcua.steering.programme.reading.tests.places import roster
from motcua.steering.programme.types import AnomalyKind, Reading, Recurrence

HEAD = """HỘI ĐỒNG NHÂN DÂN
TỈNH THỬ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 12/KH-UBND

Thử, ngày 05 tháng 01 năm 2021

KẾ HOẠCH

Cải cách hành chính năm 2021

Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về cơ chế một cửa;

I. MỤC TIÊU

- Ít nhất 90% hồ sơ được trả đúng hạn; không quá 2% hồ sơ phải xin lỗi.

- Giảm thời gian chờ.

II. NHIỆM VỤ

1. Rà soát quy trình tại các cơ quan.

III. TỔ CHỨC THỰC HIỆN

1. Sở Nội vụ: theo dõi, đôn đốc.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

(Đã ký)

NGUYỄN VĂN THỬ

"""
COLUMNS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian hoàn thành")
LINES = (
    ("I", "Cải cách thể chế", "", "", "", ""),
    ("1", "Ban hành kế hoạch rà soát văn bản", "Sở Tư pháp", "Các sở, ban, ngành", "Kế hoạch", "Quý I năm 2021"),
    ("2", "Theo dõi thi hành pháp luật", "Sở Tư pháp", "", "Báo cáo", "Trước 15/12/2021"),
    ("II", "Cải cách thủ tục hành chính", "", "", "", ""),
    ("1", "Niêm yết thủ tục\ntại bộ phận một cửa", "UBND cấp xã", "Sở Nội vụ", "Bảng niêm yết", "Thường xuyên"),
)


def text_of(texts: list[str]) -> Reading:
    return read(open_document("x.txt", "\n\n".join(texts).encode()).blocks, roster())


def table_of(*rows: tuple[str, ...], head: str = HEAD) -> Reading:
    blocks: list[Block] = [Paragraph(part) for part in head.split("\n\n")]
    return read([*blocks, Table(rows)], roster())


def rows_of(found: Reading) -> list[tuple[str, str, str, str, str, str, str]]:
    return [
        (one.uid, one.group, " ".join(one.text.split()), one.lead, one.coordinating, one.product, one.period.text)
        for one in found.tasks
    ]


EXPECTED = [
    ("1#1", "I Cải cách thể chế", "Ban hành kế hoạch rà soát văn bản", "Sở Tư pháp", "Các sở, ban, ngành", "Kế hoạch",
     "Quý I năm 2021"),
    ("2", "I Cải cách thể chế", "Theo dõi thi hành pháp luật", "Sở Tư pháp", "", "Báo cáo", "Trước 15/12/2021"),
    ("1#2", "II Cải cách thủ tục hành chính", "Niêm yết thủ tục tại bộ phận một cửa", "UBND cấp xã", "Sở Nội vụ",
     "Bảng niêm yết", "Thường xuyên"),
]  # fmt: skip


def test_a_table_with_numbers_of_its_own_under_roman_groups() -> None:
    found = table_of(COLUMNS, *LINES)
    assert rows_of(found) == EXPECTED
    assert AnomalyKind.DUPLICATE_NUMBER not in {one.kind for one in found.anomalies}, "each group counts anew"
    assert found.tasks[1].period.due is not None


def test_the_same_table_saved_as_cells_one_below_the_other() -> None:
    cells = [cell if cell else "\u00a0" for row in LINES for cell in (row if row[2] else row[:2])]
    found = text_of([HEAD.strip(), "Phụ lục", *COLUMNS, *cells])
    assert rows_of(found) == EXPECTED


def test_dotted_numbers_in_cells_of_their_own() -> None:
    numbers = ("1", "1.1", "1.2", "2", "2.1")
    rows = [(number, *row[1:]) for number, row in zip(numbers, LINES, strict=True)]
    cells = [cell if cell else "\u00a0" for row in rows for cell in (row if row[2] else (f"{row[0]}. {row[1]}",))]
    found = text_of([HEAD.strip(), "Phụ lục", *COLUMNS, *cells])
    assert [(task.uid, task.group) for task in found.tasks] == [
        ("1.1", "1. Cải cách thể chế"), ("1.2", "1. Cải cách thể chế"), ("2.1", "2. Cải cách thủ tục hành chính"),
    ]
    assert [row[2:] for row in rows_of(found)] == [row[2:] for row in EXPECTED]


def test_columns_in_another_order() -> None:
    order = (0, 1, 5, 4, 3, 2)
    found = table_of(*(tuple(row[at] for at in order) for row in (COLUMNS, *LINES)))
    assert rows_of(found) == EXPECTED


def test_a_table_that_goes_on_in_another_with_its_heading_again() -> None:
    blocks: list[Block] = [Paragraph(part) for part in HEAD.split("\n\n")]
    found = read([*blocks, Table((COLUMNS, *LINES[:2])), Paragraph("2"), Table((COLUMNS, *LINES[2:]))], roster())
    assert rows_of(found) == EXPECTED


def test_a_row_that_a_page_cut_in_two_is_one_row() -> None:
    cut = ("1", "Niêm yết thủ tục", "UBND", "Sở Nội vụ", "Bảng niêm yết", "Thường xuyên")
    rest = ("", "tại bộ phận một cửa", "cấp xã", "", "", "")
    whole = (*EXPECTED[2][:3], "UBND\ncấp xã", *EXPECTED[2][4:])
    assert rows_of(table_of(COLUMNS, *LINES[:4], cut, rest)) == [*EXPECTED[:2], whole]


def test_a_frame_of_one_column_is_no_table() -> None:
    cells = [cell if cell else "\u00a0" for row in LINES for cell in (row if row[2] else row[:2])]
    found = table_of(*((cell,) for cell in (*COLUMNS, *cells)))
    assert len(found.tasks) == 3


def test_head_and_foot_of_a_plan() -> None:
    header = table_of(COLUMNS, *LINES).header
    assert (header.number, header.type, header.signer) == ("12/KH-UBND", "Kế hoạch", "Nguyễn Văn Thử")
    assert (header.place, str(header.issue_date), header.signer_office) == ("Thử", "2021-01-05", "PHÓ CHỦ TỊCH")
    assert (header.title, header.first_year, header.last_year) == ("Cải cách hành chính năm 2021", 2021, 2021)
    assert header.effective_date is None, "not printed, so not known"


def test_a_head_of_one_line_a_paragraph_names_the_whole_body() -> None:
    head = HEAD.replace("HỘI ĐỒNG NHÂN DÂN\nTỈNH THỬ", "ỦY BAN NHÂN DÂN\n\nTỈNH THỬ\n\n-----")
    found = table_of(COLUMNS, *LINES, head=head)
    assert found.header.issuing_body == "Ủy ban nhân dân tỉnh Thử"


def test_targets_without_a_general_one() -> None:
    one, other = table_of(COLUMNS, *LINES).targets
    said = [(measure.comparator, measure.value, measure.scope) for measure in one.measures]
    assert said == [(">=", 90.0, "hồ sơ"), ("<=", 2.0, "hồ sơ phải xin lỗi")]
    assert [m.value for m in other.measures] == [None]


def test_solutions_and_duties() -> None:
    found = table_of(COLUMNS, *LINES)
    assert [one.text for one in found.solutions] == ["1. Rà soát quy trình tại các cơ quan."]
    (duty,) = found.duties
    assert (duty.agency, duty.text, duty.units[0].ids) == ("Sở Nội vụ", "theo dõi, đôn đốc.", ("SNV",))


def test_a_printed_total_in_the_table_is_held_against_the_rows() -> None:
    columns = (*COLUMNS, "Kinh phí")
    money = ("", "100 triệu đồng", "50 triệu đồng", "", "theo quy định")
    total = ("", "Tổng cộng", "", "", "", "", "200 triệu đồng")
    found = table_of(columns, *((*row, cell) for row, cell in zip(LINES, money, strict=True)), total)
    assert (found.totals.printed_vnd, found.totals.sum_vnd, found.totals.difference_vnd) == (
        200_000_000, 150_000_000, 50_000_000,
    )  # fmt: skip
    assert AnomalyKind.BUDGET_TOTAL in {one.kind for one in found.anomalies}
    assert [task.budget.state.value for task in found.tasks] == ["amount", "amount", "by_rule"]


def test_money_in_the_unit_of_its_heading_and_a_period_in_two_columns() -> None:
    columns = ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Bắt đầu", "Hoàn thành", "Kinh phí (triệu đồng)")
    found = table_of(
        columns, ("1", "Xây dựng phần mềm", "Sở Nội vụ", "2021", "2023", "1.250,5"),
        ("2", "Tập huấn", "Sở Y tế", "", "2022", "theo quy định"), ("3", "Khảo sát", "Sở Y tế", "2021", "2021", ""),
    )  # fmt: skip
    assert [task.budget.amount_vnd for task in found.tasks] == [1_250_500_000, None, None]
    assert [task.budget.state.value for task in found.tasks] == ["amount", "by_rule", "blank"]
    years = [(task.period.start_year, task.period.end_year) for task in found.tasks]
    assert years == [(2021, 2023), (2022, 2022), (2021, 2021)]
    assert found.tasks[0].period.text == "2021 - 2023"


def test_a_row_without_number_and_a_row_without_anything_but_a_number() -> None:
    found = table_of(COLUMNS, *LINES[:2], ("", *LINES[2][1:]), ("9", "", "", "", "", ""))
    assert [task.uid for task in found.tasks] == ["1", "khong-so#1", "9"]
    kinds = {one.kind for one in found.anomalies}
    assert {AnomalyKind.ROW_WITHOUT_NUMBER, AnomalyKind.ROW_WITHOUT_PERIOD} <= kinds
    assert found.tasks[-1].period.recurrence is Recurrence.NOT_STATED


@pytest.mark.parametrize(
    "text",
    [
        "Xin chào anh chị.\n\nHẹn gặp chủ nhật.", "1,2,3\n4,5,6", "Căn cứ Luật A năm 2015;\n\nabc",
        "Nhiệm vụ\n\nSản phẩm",
    ],
)
def test_what_is_no_decision_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadDocument, match=r"không phải một quyết định.*Chưa ghi gì.*gửi lại"):
        text_of([text])


WORDS_LIKE_A_TOTAL = ("Công văn của UBND tỉnh", "Cổng thông tin điện tử", "Tổng kết", "Cộng đồng dân cư", "TỔNG HỢP")


@pytest.mark.parametrize("product", WORDS_LIKE_A_TOTAL)
def test_a_product_that_sounds_like_a_total_stays_in_its_row(product: str) -> None:
    row = ("1.2", "Rà soát thủ tục", "Sở Nội vụ", "Công an tỉnh", product, "Năm 2021")
    first = ("1.1", "Lập kế hoạch", "Công an tỉnh", "Sở Nội vụ", "Kế hoạch", "Năm 2021")
    group = ("1. Cải cách thể chế",)
    for form in ("NFC", "NFD"):
        cells = [unicodedata.normalize(form, cell) for cell in (*COLUMNS, *group, *first, *row)]
        found = text_of([HEAD.strip(), "Phụ lục", *cells])
        read_back = [(one.lead, one.coordinating, one.product, one.period.text) for one in found.tasks]
        wanted = [tuple(unicodedata.normalize("NFC", cell) for cell in one[2:]) for one in (first, row)]
        assert [tuple(unicodedata.normalize("NFC", cell) for cell in one) for one in read_back] == wanted


def test_rows_that_sound_like_a_total_stay_in_a_table_without_numbers() -> None:
    columns = (*COLUMNS[1:], "Kinh phí")
    texts = ("Tổng kết 5 năm thực hiện", "Công bố chỉ số cải cách hành chính", "Cổng dịch vụ công")
    rows = [(text, "Sở Nội vụ", "", "Báo cáo", "Năm 2021", "10 triệu đồng") for text in texts]
    found = table_of(columns, *rows, ("Tổng cộng:", "", "", "", "", "30 triệu đồng"))
    assert tuple(task.text for task in found.tasks) == texts
    assert (found.totals.printed_vnd, found.totals.difference_vnd) == (30_000_000, 0)


@pytest.mark.parametrize(
    "total", [("Tổng cộng", "30 triệu đồng"), ("Tổng kinh phí: 30 triệu đồng",), ("CỘNG", "30 triệu đồng")]
)
def test_a_total_below_cells_one_below_the_other_is_no_row(total: tuple[str, ...]) -> None:
    rows = [
        (f"1.{number}", f"Việc thứ {number}", "Sở Nội vụ", "Sở Y tế", "Báo cáo", when, "15 triệu đồng")
        for number, when in ((1, "Năm 2021"), (2, "\u00a0"))
    ]
    cells = [cell for row in rows for cell in row]
    found = text_of([HEAD.strip(), "Phụ lục", *COLUMNS, "Kinh phí", "1. Nhóm", *cells, *total])
    assert [task.budget.text for task in found.tasks] == ["15 triệu đồng"] * 2
    assert (found.totals.printed_vnd, found.totals.difference_vnd) == (30_000_000, 0)


FEET = ("Ghi chú nội bộ", "TM. Ủy ban nhân dân", "Lưu: văn thư", "Văn bản liên quan", "Nơi nhận hồ sơ")


@pytest.mark.parametrize("word", FEET)
@pytest.mark.parametrize("dotted", [True, False])
def test_a_cell_that_sounds_like_the_foot_of_a_document_does_not_end_the_annex(word: str, *, dotted: bool) -> None:
    rows = [
        (f"1.{number}" if dotted else f"{number}", f"Việc {number}", "Sở Nội vụ", "Sở Y tế", product, "Năm 2021")
        for number, product in enumerate(("Kế hoạch", word, "Báo cáo", "Sổ tay"), 1)
    ]
    foot = ("Nơi nhận:", "- Như trên;", "1. Luật số 1", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    cells = ["1. Nhóm" if dotted else "I. Nhóm", *(cell for row in rows for cell in row), *foot]
    found = text_of([HEAD.strip(), "Phụ lục", *COLUMNS, *cells])
    assert [task.product for task in found.tasks] == ["Kế hoạch", word, "Báo cáo", "Sổ tay"]
    assert [task.period.text for task in found.tasks] == ["Năm 2021"] * 4


def test_an_annex_of_other_things_after_the_foot_is_not_read_as_rows() -> None:
    row = ("1.1", "Việc", "Sở Nội vụ", "Sở Y tế", "Kế hoạch", "Năm 2021")
    other = ("Phụ lục 2", "Danh mục văn bản", "1.1", "Luật số 1", "Năm 2021")
    found = text_of([HEAD.strip(), "Phụ lục", *COLUMNS, "1. Nhóm", *row, "Nơi nhận:", "- Như trên;", *other])
    assert [(task.uid, task.period.text) for task in found.tasks] == [("1.1", "Năm 2021")]


def test_numbers_before_the_words_are_the_rows_numbers_where_no_column_holds_them() -> None:
    texts = ("1. Rà soát", "a) Thủ tục", "b) Văn bản", "2) Niêm yết", "a) Tại tỉnh", "2.1 Tại xã", "3.Tập huấn", "Khác")
    found = table_of(COLUMNS[1:], *((text, "Sở Nội vụ", "", "Báo cáo", "Năm 2021") for text in texts))
    assert [task.uid for task in found.tasks] == ["1", "a#1", "b", "2", "a#2", "2.1", "3", "khong-so#1"]
    assert tuple(task.text for task in found.tasks) == texts, "as printed"
    odd = [(one.kind, one.where) for one in found.anomalies if "number" in one.kind.value]
    assert odd == [(AnomalyKind.ROW_WITHOUT_NUMBER, "khong-so#1")]


def test_numbers_before_the_words_are_no_numbers_beside_a_column_of_numbers() -> None:
    found = table_of(COLUMNS, ("", "1. Rà soát", "Sở Nội vụ", "", "Báo cáo", "Năm 2021"))
    assert [task.uid for task in found.tasks] == ["khong-so#1"]


def tables_of(*parts: str | Sequence[tuple[str, ...]]) -> Reading:
    blocks: list[Block] = [Paragraph(part) for part in HEAD.split("\n\n")]
    blocks += [Paragraph(part) if isinstance(part, str) else Table(tuple(part)) for part in parts]
    return read(blocks, roster())


COMMUNES = (
    ("TT", "Xã", "Diện tích", "Dân số", "Số thôn", "Bí thư"),
    ("1", "An Bình", "12", "4.000", "7", "Sở Nội vụ"),
)


@pytest.mark.parametrize("columns", [slice(0, 6), slice(1, 6)])
def test_a_table_of_other_things_as_wide_as_the_annex_gives_no_rows(columns: slice) -> None:
    annex = [tuple(row[columns]) for row in (COLUMNS, LINES[1])]
    other = [tuple(row[columns]) for row in COMMUNES]
    found = tables_of(annex, "", "Danh sách các xã", other, other)
    assert [" ".join(task.text.split()) for task in found.tasks] == [LINES[1][1]]


@pytest.mark.parametrize(
    ("between", "following"),
    [
        (("", "Trang 2/5"), (("", *LINES[2][1:]), LINES[4])), (("- 2 -",), (LINES[3], LINES[4])),
        (("(tiếp theo)",), (LINES[2], LINES[4])), (("(tiếp theo)",), (LINES[3], LINES[4])),
        (("Biểu tiếp",), (("", "tại bộ phận", "", "", "", ""), LINES[4])), (("Biểu tiếp",), (("", *LINES[2][1:]),)),
        (("Biểu tiếp",), (("", "1.2 Tập huấn", *LINES[1][2:]),)),
    ],
)  # fmt: skip
def test_a_table_without_headings_that_goes_on_with_the_annex_is_read(
    between: tuple[str, ...], following: tuple[tuple[str, ...], ...]
) -> None:
    found = tables_of((COLUMNS, *LINES[:2]), *between, following)
    assert len(found.tasks) == 1 + sum(bool(row[2]) for row in following)
