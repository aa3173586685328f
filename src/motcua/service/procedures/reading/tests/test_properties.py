"""Whatever is handed in, reading neither raises nor loses a letter."""

from hypothesis import given
from hypothesis import strategies as st

from motcua.service.procedures.reading.bases import BASES_HEADING, legal_bases
from motcua.service.procedures.reading.channels import HEADING, channel_entries
from motcua.service.procedures.reading.papers import HEADING as PAPERS
from motcua.service.procedures.reading.papers import papers_of
from motcua.service.procedures.reading.record import KNOWN, read_record
from motcua.service.procedures.reading.tests.samples import WHOLE
from motcua.service.procedures.reading.text import door, tidy

PIECES = st.sampled_from(
    [
        *(
            "Trực tuyến",
            "Dịch vụ bưu chính",
            "Trực tiếp",
            "5 Ngày làm việc",
            "1",
            "0",
            "Không có thông tin",
            "Miễn phí",
        ),
        *("800,000 Việt Nam Đồng", "1200 VNĐ", "(/hồ sơ)", "((", "Phí: 5.000 đồng/trang. ", "\n", "Lệ phí", "7 Ngày"),
        *(
            PAPERS,
            "1 bản chính",
            ",2 bản sao",
            "Mẫu 1.docx",
            "Lưu ý",
            "60/2014/QH13",
            "5/2012/NĐ-CP",
            "Mã: ",
            "Từ khóa",
        ),
        *("a", "Đ", " ", ".", "\u200e", "\xa0", "e\u0301"),
    ]
)
GLUED = st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | GLUED | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(KNOWN)) | st.text(max_size=8), VALUES, max_size=19))
def test_no_dictionary_makes_reading_fail(data: dict[str, object]) -> None:
    read_record({**WHOLE, **data})
    read_record(data)


@given(VALUES)
def test_nothing_else_makes_reading_fail(data: object) -> None:
    read_record(data)


@given(GLUED)
def test_every_letter_of_the_channels_is_in_a_verbatim(text: str) -> None:
    stored = door(f"{HEADING}{text}")
    lead, rows = channel_entries(stored)
    assert lead + "".join(row.verbatim for row in rows) == stored
    assert all((row.limit.limit is None) != (row.limit.gap is None) for row in rows)


@given(GLUED)
def test_every_letter_of_the_legal_bases_is_in_a_verbatim(text: str) -> None:
    rows = legal_bases(BASES_HEADING + text)
    assert text.startswith("".join(row.verbatim for row in rows))


@given(GLUED)
def test_papers_stand_in_the_source_as_they_were_read(text: str) -> None:
    _, papers = papers_of(text)
    at = 0
    for paper in papers:
        at = text.index(paper.verbatim, at) + len(paper.verbatim)


@given(st.text())
def test_the_door_and_tidying_are_idempotent(text: str) -> None:
    assert door(door(text)) == door(text)
    assert tidy(tidy(door(text))) == tidy(door(text))


@given(st.dictionaries(st.sampled_from(sorted(KNOWN)), GLUED, max_size=10))
def test_reading_what_was_stored_gives_the_same_reading(data: dict[str, str]) -> None:
    first = read_record({**WHOLE, **data})
    if first.record is not None:
        again = read_record(first.record.source)
        assert again.record == first.record
        assert again.reason_codes == first.reason_codes
