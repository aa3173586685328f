"""The report as .docx, .xlsx and PDF, opened again by other programs."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.shared import Mm

from motcua.foundation.core import time as clock
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.papers import keeping
from motcua.foundation.core.settings_rows import write as write_setting
from motcua.foundation.core.verbs import Call
from motcua.steering.reports import actions, selectors
from motcua.steering.reports.documents import portable, sheet, word, workbook
from motcua.steering.reports.documents.sheet import Sheet
from motcua.steering.reports.models import Period, Report
from motcua.steering.reports.tests.factories import (
    SENT,
    Province,
    contested,
    dossiers,
    opened,
    province,
    report_of,
    sent,
)

pytestmark = pytest.mark.django_db
NASTY = '=HYPERLINK("http://x")'


@pytest.fixture
def at() -> Province:
    made = province()
    dossiers(made.communes[0], 2)
    return made


@pytest.fixture
def period(at: Province) -> Period:
    return opened(at)


@pytest.fixture
def district(at: Province, period: Period) -> Report:
    """The district's report, sent: one commune said another figure, the other has not sent."""
    contested(period, at.communes[0], at.officers[0], "A2", 5)
    sent(period, at.communes[0], at.heads[0], W4=NASTY)
    return sent(period, at.district, at.district_head, W3="Dòng một\nDòng hai")


def sheet_of(report: Report) -> Sheet:
    row = selectors.whole().get(pk=report.pk)
    return sheet.of_edition(row, row.editions.get(number=row.edition))


def table_rows(document: Any) -> dict[str, list[str]]:
    """Return the lines of all tables of figures, by their code."""
    rows = [[cell.text for cell in row.cells] for table in document.tables[1:-1] for row in table.rows]
    return {row[0]: row for row in rows}


def test_word_is_laid_out_as_the_decree_says(district: Report) -> None:
    document = Document(io.BytesIO(word.set_word(sheet_of(district))))
    section = document.sections[0]
    assert [round(one / Mm(1)) for one in (section.page_width, section.page_height)] == [210, 297]
    assert [
        round(one / Mm(1))
        for one in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ] == [20, 20, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip()]
    assert {run.font.name for run in runs} == {"Times New Roman"}
    assert {run.font.size.pt for run in runs} <= {11.0, 14.0}
    left, right = document.tables[0].rows[0].cells
    assert left.text.split("\n")[:2] == ["ỦY BAN NHÂN DÂN", "HUYỆN BẠCH THÔNG"]
    assert "Số: 01/BC-UBND" in left.text
    assert right.text.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert "Bạch Thông, ngày 16 tháng 9 năm 2026" in right.text
    recipients, signature = document.tables[-1].rows[0].cells
    assert signature.text.split("\n") == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Sằm Văn Giang"]
    assert "- Sở Nội vụ;" in recipients.text and "- Lưu: VT." in recipients.text


def test_columns_are_as_wide_in_the_grid_as_in_the_cells(district: Report) -> None:
    for table in Document(io.BytesIO(word.set_word(sheet_of(district)))).tables:
        grid = [column.width for column in table.columns]
        assert [[cell.width for cell in row.cells] for row in table.rows] == [grid] * len(table.rows)
        assert abs(sum(grid) - Mm(165)) < Mm(1)


def test_word_says_both_figures_what_is_missing_and_the_words(at: Province, district: Report) -> None:
    document = Document(io.BytesIO(word.set_word(sheet_of(district))))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"Chưa có báo cáo của: {at.communes[1].name}" in said
    assert "Dòng một" in said and "Dòng hai" in said
    rows = table_rows(document)
    assert rows["A2"][3:5] == ["5", "2"]
    assert "số cộng là của 2/3 đơn vị" in said and rows["A2"][5] == ""
    assert "1 số do 1 đơn vị nêu khác số hệ thống" in said
    assert rows["M1"][5] == "cộng được 0/3 đơn vị; đơn vị chưa nhập"
    assert rows["M1"][3:5] == ["chưa rõ", ""]
    assert rows["P1"][3] == "không cộng"


def test_a_unit_says_its_own_figure_with_its_reason_and_who_signed_it(at: Province, district: Report) -> None:
    commune = report_of(district.period, at.communes[0])
    document = Document(io.BytesIO(word.set_word(sheet_of(commune))))
    rows = table_rows(document)
    assert rows["A2"][3:5] == ["5", "2"]
    assert rows["A2"][5].startswith("Đơn vị nêu 5, hệ thống đếm 2: Sổ giấy ghi khác (Hoàng Thị")


def test_the_annex_holds_numbers_as_numbers_and_texts_as_texts(at: Province, district: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.set_workbook(sheet_of(district), district.period.shape)))
    assert book.sheetnames == ["Số liệu", "Theo đơn vị", "Lời các đơn vị", "Số đơn vị nêu"]
    told = next(book["Số đơn vị nêu"].iter_rows(min_row=6, values_only=True))
    assert told[:5] == (at.communes[0].name, "A2", 5, 2, "Sổ giấy ghi khác")
    rows = {row[0]: row for row in book["Số liệu"].iter_rows(min_row=6, values_only=True)}
    assert rows["A2"][3:5] == (5, 2)
    assert rows["M1"][3] == "chưa rõ"
    units = {row[1]: row for row in book["Theo đơn vị"].iter_rows(min_row=6, values_only=True)}
    heads = [cell.value for cell in book["Theo đơn vị"][5]]
    column = next(at for at, head in enumerate(heads) if str(head).startswith("A2."))
    assert units[at.communes[0].name][column] == 5
    assert units[at.communes[1].name][column] is None, "what was not sent is blank, not zero"
    texts = [cell for row in book["Lời các đơn vị"].iter_rows(min_row=6) for cell in row if cell.value == NASTY]
    assert [cell.data_type for cell in texts] == ["s"]


def pdf_text(content: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = folder / "report.pdf"
    path.write_bytes(content)
    return subprocess.run(  # noqa: S603
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True  # noqa: S607
    ).stdout


def test_the_pdf_of_a_version_is_kept_and_says_the_same(at: Province, district: Report, tmp_path: Path) -> None:
    row = selectors.whole().get(pk=district.pk)
    paper = portable.paper_of(Call(at.district_head), row, row.editions.get())
    content = keeping.read(paper)
    again = portable.paper_of(Call(at.steward), row, row.editions.get())
    assert again.public_id == paper.public_id
    text = pdf_text(content, tmp_path)
    wanted = ("Độc lập - Tự do - Hạnh phúc", "HUYỆN BẠCH THÔNG", "TM. ỦY BAN NHÂN DÂN", "Sằm Văn Giang", "01/BC-UBND")
    assert [words for words in wanted if words not in text] == []
    assert "quý III/2026" in text and at.communes[1].name in text


def test_what_is_set_on_paper_of_a_version_never_changes(at: Province, period: Period, district: Report) -> None:
    before = portable.set_portable(sheet_of(district))
    dossiers(at.communes[0], 2)
    with clock.travelling(SENT + timedelta(days=2)):
        sent(period, at.communes[1], at.heads[1], SENT + timedelta(days=2))
        after = portable.set_portable(sheet_of(district))
    assert after == before


def test_a_draft_and_an_exercise_say_so(at: Province, period: Period) -> None:
    write_setting("exercise", "Dữ liệu mô phỏng")
    draft = sheet.of_draft(selectors.whole().get(pk=report_of(period, at.communes[0]).pk))
    assert draft.mark == "Dự thảo, chưa ký gửi" and draft.signer == ""
    document = Document(io.BytesIO(word.set_word(draft)))
    assert document.paragraphs[0].text == "Dữ liệu mô phỏng"
    assert "Trong kỳ đã tiếp nhận 2 hồ sơ" in "\n".join(one.text for one in document.paragraphs)


@pytest.mark.slow
def test_libreoffice_opens_both(district: Report, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed")
    made = {
        "r.docx": word.set_word(sheet_of(district)),
        "r.xlsx": workbook.set_workbook(sheet_of(district), district.period.shape),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
        subprocess.run(  # noqa: S603
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / name)],  # noqa: S607
            check=True, capture_output=True, timeout=120,
        )
        assert (tmp_path / "r.pdf").stat().st_size > 1000
        (tmp_path / "r.pdf").unlink()


def test_a_deputy_signs_for_the_head(at: Province, period: Period) -> None:
    with clock.travelling(SENT):
        report = actions.write(
            Call(at.deputy), report=report_of(period, at.gatherer), texts={"W1": "Có.", "W2": "Có."}
        )
        report = actions.send(Call(at.deputy), report=report)
    document = Document(io.BytesIO(word.set_word(sheet_of(report))))
    assert document.tables[-1].rows[0].cells[1].text.split("\n")[:2] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert document.tables[0].rows[0].cells[0].text.split("\n")[:2] == ["ỦY BAN NHÂN DÂN TỈNH BẮC KẠN", "SỞ NỘI VỤ"]

BROKEN = "một\x0bhai\x00\x1fba\ufffe\uffff\tbốn"


def test_no_control_character_of_words_or_reasons_is_kept(at: Province, period: Period) -> None:
    report = report_of(period, at.communes[0])
    with clock.travelling(SENT):
        report = actions.write(Call(at.officers[0]), report=report, texts={"W4": BROKEN.replace("\x00", "\ud800")})
        report = actions.contest(
            Call(at.officers[0]), report=report, cell="A2", value=Decimal(9), reason=BROKEN.replace("\x00", "")
        )
        with pytest.raises(Invalid, match="phải kèm lý do"):
            actions.contest(Call(at.officers[0]), report=report, cell="A3", value=Decimal(9), reason=" \x0b\x1f")
    assert report.answers.get(cell="W4").text == "một\nhaiba bốn"
    assert report.remarks.get().note.words == "một\nhaiba bốn"
    report = sent(period, at.communes[0], at.heads[0], W4=BROKEN.replace("\x00", ""))
    with clock.travelling(SENT):
        actions.give_back(Call(at.district_officer), report=report, reason="Trả\x0blại")
    assert report.remarks.last().note.words == "Trả\nlại"  # type: ignore[union-attr]


def test_a_version_frozen_with_control_characters_is_still_set_as_word_excel_and_pdf(
    at: Province, period: Period
) -> None:
    contested(period, at.communes[0], at.officers[0], "A2", 5)
    report = sent(period, at.communes[0], at.heads[0], W4="CHỖ NÀY")
    edition = report.editions.get()
    for old in ("CHỖ NÀY", "Sổ giấy ghi khác", at.communes[0].name):
        broken = json.dumps(f"{old} {BROKEN}", ensure_ascii=False)[1:-1].encode()
        edition.canonical = bytes(edition.canonical).replace(old.encode(), broken)
    edition.save()
    of = sheet.of_edition(selectors.whole().get(pk=report.pk), edition)
    assert "một" in str(of)
    texts = "\n".join(one.text for one in Document(io.BytesIO(word.set_word(of))).paragraphs)
    assert "haiba bốn" in texts
    assert openpyxl.load_workbook(io.BytesIO(workbook.set_workbook(of, period.shape))).sheetnames
    assert portable.set_portable(of).startswith(b"%PDF")
