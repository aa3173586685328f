"""Period cells that begin, end, leave gaps or come round several times."""

from __future__ import annotations

import time
from datetime import date

import pytest

from motcua.steering.programme import rules
from motcua.steering.programme.kinds import Asked, Frame, ProductKind, Row
from motcua.steering.programme.reading.periods import read_period, several_a_year
from motcua.steering.programme.reading.tests.test_other_plans import COLUMNS, table_of
from motcua.steering.programme.types import AnomalyKind, Recurrence

FRAME = Frame(date(2016, 6, 15), 2016, 2020)
DOCUMENT = ProductKind.DOCUMENT


def read(text: str) -> tuple[str, int | None, int | None, tuple[int, int | None, bool] | None]:
    period = read_period(text)
    due = (period.due.month, period.due.day, period.due.strictly_before) if period.due else None
    return period.recurrence.value, period.start_year, period.end_year, due


@pytest.mark.parametrize(
    ("text", "recurrence", "start", "end"),
    [
        ("Hàng năm (từ năm 2017)", "annual", 2017, None), ("Hàng năm, từ tháng 3/2017", "annual", 2017, None),
        ("Hàng năm, đến năm 2018", "annual", None, 2018), ("Hàng năm, từ 2017 đến 2020", "annual", 2017, 2020),
        ("Từ năm 2017 trở đi", "continuous", 2017, None), ("Thường xuyên từ năm 2017", "continuous", 2017, None),
        ("2016-2018, 2019-2020", "span", 2016, 2020), ("Năm 2020 - 2018", "span", 2020, 2018),
    ],
)
def test_years_from_which_and_until_which(text: str, recurrence: str, start: int | None, end: int | None) -> None:
    assert read(text) == (recurrence, start, end, None)


@pytest.mark.parametrize(
    ("text", "years", "due"),
    [
        ("Từ tháng 3/2016 đến tháng 9/2017", (2016, 2017), (9, None, False)),
        ("Từ tháng 3 đến tháng 9 năm 2016", (2016, 2016), (9, None, False)),
        ("Tháng 9-12/2016", (2016, 2016), (12, None, False)), ("01/7/2016 - 31/12/2016", (2016, 2016), (12, 31, False)),
        ("Từ ngày 01 tháng 7 năm 2016 đến ngày 31 tháng 12 năm 2017", (2016, 2017), (12, 31, False)),
        ("Quý IV/2016 - Quý I/2017", (2016, 2017), (3, None, False)),
        ("Quý II-III/2017", (2017, 2017), (9, None, False)),
        ("Từ năm 2016 đến tháng 6/2018", (2016, 2018), (6, None, False)), ("Tháng 6/2016 - 2018", (2016, 2018), None),
        ("Từ 01/10 đến 15/12 hàng năm", (None, None), (12, 15, False)),
        ("Tháng 2-2016", (2016, 2016), (2, None, False)),
        ("6 tháng đầu năm 2017", (2017, 2017), (6, None, False)), ("15-06-2016", (2016, 2016), (6, 15, False)),
        ("Trước cuối tháng 6/2018", (2018, 2018), (6, None, False)), ("Trước năm 2018", (2018, 2018), (1, 1, True)),
    ],
)  # fmt: skip
def test_a_time_is_due_at_its_end(
    text: str, years: tuple[int | None, int | None], due: tuple[int, int | None, bool] | None
) -> None:
    assert read(text)[1:] == (*years, due)
    assert read(text)[0] != "not_stated"


@pytest.mark.parametrize(
    "text",
    [
        "2016, 2018, 2020", "2016-2017 và 2019", "Năm 2016 và năm 2020", "Tháng 6 và tháng 12 năm 2017", "Từ năm 2017",
        "Từ tháng 3/2016", "02 năm một lần", "2 năm một lần (2016, 2018, 2020)", "Đầu năm 2017", "Sau ngày 15/6/2016",
        "Trước ngày 31/13/2017", "Xong trước 30/6/2016; duy trì hàng năm", "Định kỳ", "30/6/2016, 30/6/2017",
        "Trong 3 tháng kể từ ngày ban hành",
    ],
)
def test_what_leaves_the_time_open_is_asked(text: str) -> None:
    period = read_period(text)
    assert (period.recurrence, period.due) == (Recurrence.NOT_STATED, None)
    unfolded = rules.unfold(Row(period, DOCUMENT), FRAME)
    assert (unfolded.occurrences, [one.kind for one in unfolded.questions]) == ((), [Asked.NO_PERIOD])


@pytest.mark.parametrize(
    "text",
    [
        "Tháng 6, tháng 12 hàng năm", "Tháng 6, 12 hàng năm", "15/6 và 15/11 hàng năm", "Quý I, II hàng năm",
        "Hàng quý", "Hàng tháng", "Định kỳ 6 tháng, năm", "Mỗi năm 2 lần", "2 lần/năm",
    ],
)
def test_several_times_a_year_is_every_year_on_no_day_of_its_own(text: str) -> None:
    assert read(text) == ("annual", None, None, None)
    assert several_a_year(text)


def test_several_times_a_year_is_said_with_the_printed_words() -> None:
    row = ("1", "Báo cáo", "Sở Tư pháp", "", "Báo cáo", "Tháng 6, tháng 12 hàng năm")
    found = table_of(COLUMNS, row, ("2", *row[1:5], "Tháng 12 hàng năm"))
    said = [(one.where, one.text) for one in found.anomalies if one.kind is AnomalyKind.PERIOD_SEVERAL]
    assert said == [("1", "Tháng 6, tháng 12 hàng năm")]


def test_a_cell_of_a_thousand_dates_is_read_at_once() -> None:
    started = time.process_time()
    assert read_period("hàng năm 1/2 " * 5000).due is None
    assert time.process_time() - started < 0.5


def test_before_a_year_is_due_on_the_last_day_of_the_year_before_and_open_until_then() -> None:
    (one,) = rules.unfold(Row(read_period("Trước năm 2018"), DOCUMENT), FRAME).occurrences
    assert (one.opens_on, one.due_on) == (date(2017, 1, 1), date(2017, 12, 31))
