from decimal import Decimal

import pytest

from motcua.foundation.calendar.types import Limit, Unit
from motcua.service.procedures.reading.channels import HEADING, channel_entries
from motcua.service.procedures.reading.limits import differing_text, limit_of
from motcua.service.procedures.reading.tests.samples import channels
from motcua.service.procedures.types import Channel, FeeState, LimitGap


def test_a_glued_table_comes_apart_row_by_row() -> None:
    lead, rows = channel_entries(
        channels("Trực tuyến15 Ngày làm việc800,000 Việt Nam Đồng(/hồ sơ)Xem thêm.", "Dịch vụ bưu chính1Miễn phí")
    )
    assert lead == HEADING
    assert [row.channel for row in rows] == [Channel.ONLINE, Channel.POST]
    assert rows[0].limit.limit == Limit(Decimal(15), Unit.WORKING_DAY)
    assert (rows[0].note, rows[0].description) == ("(/hồ sơ)", "Xem thêm.")
    assert rows[0].fees[0].amount == 800_000
    assert rows[0].fees[0].per == "hồ sơ"


def test_words_of_a_channel_in_running_text_begin_no_row() -> None:
    _, rows = channel_entries(channels("Trực tuyến3 NgàyMiễn phíTrực tiếp thực hiện hoặc ủy quyền, Trực tiếp 2 lần."))
    assert len(rows) == 1
    assert rows[0].description.startswith("Trực tiếp thực hiện")


def test_a_number_without_unit_is_no_limit_and_is_kept() -> None:
    (row,) = channel_entries(channels("Trực tuyến7Miễn phí"))[1]
    assert row.limit.limit is None
    assert (row.limit.gap, row.limit.number) == (LimitGap.NO_UNIT, Decimal(7))


def test_digits_that_run_into_a_sum_are_not_divided() -> None:
    (row,) = channel_entries(channels("Trực tiếp1250 VNĐ"))[1]
    assert row.limit.gap is LimitGap.GLUED
    assert (row.fee_state, row.fees[0].amount) == (FeeState.UNKNOWN, None)
    assert row.fees[0].verbatim == "1250 VNĐ"


@pytest.mark.parametrize(
    ("printed", "limit"),
    [
        ("5 Ngày làm việc", Limit(Decimal(5), Unit.WORKING_DAY)),
        ("30 Ngày", Limit(Decimal(30), Unit.CALENDAR_DAY)),
        ("0,5 Ngày làm việc", Limit(Decimal("0.5"), Unit.WORKING_DAY)),
        ("1.5 Tháng", Limit(Decimal("1.5"), Unit.MONTH)),
        ("4 Giờ làm việc", Limit(Decimal(4), Unit.HOUR)),
    ],
)
def test_units_are_told_apart(printed: str, limit: Limit) -> None:
    assert limit_of(printed, "").limit == limit


@pytest.mark.parametrize(
    ("printed", "description", "gap"),
    [
        ("0 Ngày", "", LimitGap.NONSENSE),
        ("99999 Ngày", "", LimitGap.NONSENSE),
        ("3 Tuần", "", LimitGap.NONSENSE),
        ("Không có thông tin", "", LimitGap.NO_INFORMATION),
        ("Không có thông tin", "Thời hạn giải quyết: Ngay sau khi nhận đủ hồ sơ.", LimitGap.IMMEDIATE),
        ("Không có thông tin", "Trả kết quả trong ngày làm việc.", LimitGap.SAME_DAY),
        ("Không có thông tin", "Thời hạn giải quyết: 15 ngày, có việc giải quyết ngay.", LimitGap.NO_INFORMATION),
    ],
)
def test_why_there_is_no_limit(printed: str, description: str, gap: LimitGap) -> None:
    reading = limit_of(printed, description)
    assert (reading.limit, reading.gap) == (None, gap)


def test_a_description_that_names_another_limit_is_quoted() -> None:
    limit = Limit(Decimal(45), Unit.WORKING_DAY)
    assert differing_text(limit, "Thời hạn giải quyết: Trong thời hạn 45 ngày, gồm hai bước") is not None
    assert differing_text(limit, "Thời hạn giải quyết: 45 ngày làm việc") is None


def test_one_channel_may_have_a_row_for_each_case() -> None:
    _, rows = channel_entries(
        channels("Trực tiếp7 NgàyMiễn phíĐối với cấp mới", "Trực tiếp5 NgàyMiễn phíĐối với cấp lại")
    )
    assert [(row.limit.printed, row.description) for row in rows] == [
        ("7 Ngày", "Đối với cấp mới"),
        ("5 Ngày", "Đối với cấp lại"),
    ]


def test_a_note_that_is_never_closed_takes_the_rest() -> None:
    (row,) = channel_entries(channels("Trực tiếp7 NgàyMiễn phí(còn dở (một chút)"))[1]
    assert (row.note, row.description) == ("(còn dở (một chút)", "")
