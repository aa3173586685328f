from datetime import date
from decimal import Decimal

import pytest

from motcua.service.procedures.reading.amounts import amount, span, sums
from motcua.service.procedures.reading.channels import channel_entries
from motcua.service.procedures.reading.fees import is_implausible
from motcua.service.procedures.reading.tests.samples import channels
from motcua.service.procedures.types import ChannelEntry, FeeKind, FeeRole, FeeSource, FeeState


def row(text: str) -> ChannelEntry:
    return channel_entries(channels(f"Trực tiếp5 Ngày{text}"))[1][0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("800,000", "800000"),
        ("800.000", "800000"),
        ("35.000.000", "35000000"),
        ("50", "50"),
        ("2.5", "2.5"),
        ("1,50,000", None),
        ("0.500", None),
    ],
)
def test_thousands_by_comma_and_by_point(text: str, value: str | None) -> None:
    assert amount(text) == (None if value is None else Decimal(value))


def test_sums_in_running_text_with_what_they_are_counted_by() -> None:
    found = list(
        sums("thu 2.000 đồng/trang; 4.500.000 (bốn triệu rưỡi) đồng/trường hợp, 10 USD/bản. Dưới 2,1 tỷ đồng.")
    )
    assert [(money.amount, money.currency, money.per) for money in found] == [
        (Decimal(2_000), "VND", "trang"),
        (Decimal(4_500_000), "VND", "trường hợp"),
        (Decimal(10), "USD", "bản"),
    ]


def test_dates_of_a_cut_price_are_half_open() -> None:
    assert span("kể từ ngày 01/7/2025 đến hết ngày 31/12/2026") == (date(2025, 7, 1), date(2027, 1, 1))
    assert span("Kể từ ngày 01 tháng 7 năm 2025 đến hết ngày 31 tháng 12 năm 2026")[1] == date(2027, 1, 1)
    assert span("kể từ ngày 31/02/2025 đến hết ngày 31/12/2026") == (None, None)


def test_free_without_a_word_beside_it_is_free() -> None:
    assert row("Miễn phí").fee_state is FeeState.FREE
    assert row("Miễn phí(Không quy định)").fee_state is FeeState.FREE
    assert row("Miễn phí(Miễn lệ phí.)").fee_state is FeeState.FREE


def test_free_beside_a_note_that_names_a_fee_contradicts_itself_and_both_stay() -> None:
    entry = row("Miễn phí(áp dụng mức phí 25.000 đồng/hồ sơ kể từ ngày 01/7/2025 đến hết ngày 31/12/2026)")
    assert entry.fee_state is FeeState.CONTRADICTORY
    column, note = entry.fees
    assert (column.state, column.source) == (FeeState.FREE, FeeSource.COLUMN)
    assert (note.amount, note.role, note.valid_until) == (Decimal(25_000), FeeRole.TEMPORARY, date(2027, 1, 1))


@pytest.mark.parametrize(
    "note",
    [
        "Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định.",
        "Miễn lệ phí cho người thuộc hộ nghèo; người khuyết tật.",
        "Phí thẩm định",
        "Thực hiện theo Điều 4 Thông tư 1/2016/TT-BTC về phí thi hành án",
    ],
)
def test_every_way_of_naming_a_fee_contradicts_free(note: str) -> None:
    assert row(f"Miễn phí({note})").fee_state is FeeState.CONTRADICTORY


def test_a_fee_only_on_request_does_not_contradict_free() -> None:
    entry = row("Miễn phí(Phí cấp bản sao (nếu có yêu cầu) theo Thông tư số 1/2016/TT-BTC.)")
    assert entry.fee_state is FeeState.FREE
    assert entry.fees[1].role is FeeRole.ON_REQUEST


def test_fee_and_charge_are_two_things() -> None:
    entry = row("800,000 Việt Nam ĐồngPhí: 800.000 đồng/hồ sơ.\n\nLệ phí: 100.000 đồng/hồ sơ.")
    assert [(fee.kind, fee.amount) for fee in entry.fees[1:]] == [
        (FeeKind.FEE, Decimal(800_000)),
        (FeeKind.CHARGE, Decimal(100_000)),
    ]
    assert entry.fee_state is FeeState.AMOUNT


def test_steps_and_caps_of_certified_copies() -> None:
    entry = row(
        "2,000 Việt Nam Đồng(2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa 200.000 đồng/bản.)"
    )
    assert [(fee.role, fee.amount, fee.per) for fee in entry.fees[1:]] == [
        (FeeRole.ORDINARY, Decimal(2_000), "trang"),
        (FeeRole.TIER, Decimal(1_000), "trang"),
        (FeeRole.CAP, Decimal(200_000), "bản"),
    ]


def test_parts_that_add_up_agree_and_others_do_not() -> None:
    assert row("4,500,000 VNĐ(gồm 3.000.000 đồng xét; 1.500.000 đồng cấp)").fee_state is FeeState.AMOUNT
    assert row("4,500,000 VNĐ(mức phí 3.000.000 đồng)").fee_state is FeeState.CONTRADICTORY


def test_a_sum_that_lost_its_zeros_is_implausible_and_stays_as_printed() -> None:
    entry = row("50 VNĐ(áp dụng mức phí 25.000 đồng kể từ ngày 01/7/2025 đến hết ngày 31/12/2026)")
    assert entry.fees[0].amount == 50
    assert is_implausible(entry.fees[0])
    assert entry.fee_state is FeeState.CONTRADICTORY
    assert not is_implausible(row("10 USD").fees[0])


def test_nothing_in_the_column_and_the_council_in_the_text() -> None:
    entry = row("Không có thông tinLệ phí do Hội đồng nhân dân cấp tỉnh quyết định.")
    assert entry.fee_state is FeeState.BY_COUNCIL
    assert row("Không có thông tin").fee_state is FeeState.UNKNOWN
