from motcua.service.procedures.reading.bases import BASES_HEADING, legal_bases, results
from motcua.service.procedures.reading.papers import HEADING, forms_of, papers_of
from motcua.service.procedures.types import CopyKind, Duty


def test_papers_with_originals_copies_and_forms() -> None:
    _, (form, copy) = papers_of(
        f"--{HEADING}Đơn đề nghịMẫu số 01-A.docx1 bản chínhBản sao có chứng thực bằng cấp0 bản chính,2 bản sao"
    )
    assert (form.name, form.forms, form.originals, form.copies) == ("Đơn đề nghị", ("Mẫu số 01-A.docx",), 1, None)
    assert (copy.originals, copy.copies, copy.copy_kind) == (0, 2, CopyKind.CERTIFIED)
    assert form.case is None


def test_groups_say_what_to_do_or_in_which_case() -> None:
    _, papers = papers_of(
        f"* Giấy tờ phải nộp:{HEADING}Đơn1 bản chính* Giấy tờ phải xuất trình:{HEADING}Căn cước0 bản chính"
        f"Trường hợp cấp lại:{HEADING}Bản khai1 bản chính* Lưu ý:{HEADING}Đọc kỹ0 bản chính"
    )
    assert [(paper.name, paper.duty, paper.case) for paper in papers] == [
        ("Đơn", Duty.SUBMIT, None),
        ("Căn cước", Duty.SHOW, None),
        ("Bản khai", Duty.SUBMIT, "Trường hợp cấp lại"),
        ("Đọc kỹ", Duty.NOTE, None),
    ]


def test_quantities_that_a_name_mentions_end_no_row() -> None:
    _, papers = papers_of(
        f"--{HEADING}Hợp đồng (01 bản chính hoặc 01 bản sao có chứng thực) kèm 1 bản chính sổ.1 bản chính"
    )
    assert len(papers) == 1
    assert papers[0].originals == 1


def test_a_number_glued_to_the_quantity_is_not_divided() -> None:
    _, (paper,) = papers_of(f"--{HEADING}Đơn theo Mẫu 121 bản chính")
    assert paper.originals is None
    assert "121 bản chính" in paper.verbatim


def test_a_row_without_quantity_is_kept_as_unknown() -> None:
    _, papers = papers_of(f"--{HEADING}Đơn1 bản chínhTrường hợp nộp qua mạng thì kê khai trên giao diện.")
    assert [(paper.originals, paper.name[:10]) for paper in papers] == [(1, "Đơn"), (None, "Trường hợp")]


def test_text_without_a_table_gives_no_papers() -> None:
    assert papers_of("Theo quy định") == ("Theo quy định", ())


def test_forms_are_cut_off_only_where_they_can_be_told() -> None:
    assert forms_of("Đơn.6. TP-06. De nghi.doc") == ("Đơn.", ("6. TP-06. De nghi.doc",))
    assert forms_of("Đơn (hai loại)Mẫu a.docxMẫu b.docx") == ("Đơn (hai loại)", ("Mẫu a.docx", "Mẫu b.docx"))
    assert forms_of("Giấy tờ khác ten tep.docx") == ("Giấy tờ khác ten tep.docx", ("",))
    assert forms_of("Giấy tờ") == ("Giấy tờ", ())


def test_legal_bases_come_apart_at_their_numbers() -> None:
    rows = legal_bases(
        f"{BASES_HEADING}Luật 60/2014/QH1360/2014/QH13Thông tư số 8/2025/TT-BTP ngày 12/6/2025 về hai cấp8/2025/TT-BTP"
        "Nghị quyết cắt giảm.66.7/2025/NQ-CP Luật Giám định năm 202056/2020/QH14"
    )
    assert [(row.title, row.number) for row in rows] == [
        ("Luật 60/2014/QH13", "60/2014/QH13"),
        ("Thông tư số 8/2025/TT-BTP ngày 12/6/2025 về hai cấp", "8/2025/TT-BTP"),
        ("Nghị quyết cắt giảm.", "66.7/2025/NQ-CP"),
        ("Luật Giám định năm 2020", "56/2020/QH14"),
    ]


def test_a_title_without_number_stays_without() -> None:
    (row,) = legal_bases(f"{BASES_HEADING}Điều ước đã ký")
    assert (row.title, row.number) == ("Điều ước đã ký", None)


def test_results_lose_the_buttons_of_the_portal() -> None:
    found, rest = results(
        "Giấy phépMã: KQ.G15.000075Thông báoMã: hgvg1Quyết địnhMã: 000.00.00.G15-KQ0112Từ khóaKhông có thông tin"
        "Mô tảNộp tại xã.Chọn cơ quan thực hiệnTỉnh/ Thành phốNộp hồ sơ"
    )
    assert [(result.name, result.code) for result in found] == [
        ("Giấy phép", "KQ.G15.000075"),
        ("Thông báo", None),
        ("Quyết định", "000.00.00.G15-KQ0112"),
    ]
    assert rest == "Không có thông tinMô tảNộp tại xã."
