"""A day is typed as people write it, and read as nothing else."""

from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.core.days import DayField, read_day

TODAY = date(2026, 11, 23)


class Asked(forms.Form):
    """A form with one day in it."""

    day = DayField(label="Ngày")


@pytest.mark.parametrize(
    "typed",
    ["5/11/2026", "05/11/2026",
     "5-11-2026", "5.11.2026", "5 11 2026", " 5 / 11 / 2026 ", "05112026", "2026-11-05", "5/11"],
)
def test_a_day_is_read_however_it_is_typed(typed: str) -> None:
    assert read_day(typed, TODAY) == date(2026, 11, 5)


@pytest.mark.parametrize(
    "typed", ["", "mai", "11/2026", "5/11/26", "5112026", "2026/11/05", "5/11/2026 8:00", "١/٢/٢٠٢٦"]
)
def test_what_could_mean_two_days_is_not_guessed(typed: str) -> None:
    assert read_day(typed, TODAY) is None


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from("/-. "), st.booleans())
def test_every_day_that_is_written_is_read_back(day: date, mark: str, padded: bool) -> None:
    written = mark.join((f"{day.day:02}" if padded else str(day.day), str(day.month), str(day.year)))
    assert read_day(written, TODAY) == day
    assert read_day(day.isoformat(), TODAY) == day


@given(st.text(alphabet="0123456789/-. ", max_size=12))
def test_nothing_but_a_day_comes_out(typed: str) -> None:
    try:
        found = read_day(typed, TODAY)
    except ValueError:
        return
    if found is not None:
        digits = [part for part in typed.replace("/", " ").replace("-", " ").replace(".", " ").split() if part]
        assert str(found.day) in {part.lstrip("0") for part in digits} or len(digits) == 1


def test_a_day_that_no_calendar_has_is_told_apart_from_one_that_cannot_be_read() -> None:
    assert "không có ngày này" in str(Asked({"day": "31/2/2026"}).errors["day"])
    assert "không đọc được" in str(Asked({"day": "hôm nay"}).errors["day"])
    assert "Anh/chị nhập ngày" in str(Asked({"day": " "}).errors["day"])


def test_a_day_stands_in_the_field_as_people_write_it() -> None:
    assert 'value="5/11/2026"' in str(Asked(initial={"day": date(2026, 11, 5)})["day"])
    assert 'value="5/11/2026"' in str(Asked({"day": "2026-11-05"})["day"])
    assert 'value="5/11/20x"' in str(Asked({"day": "5/11/20x"})["day"])
    assert 'value="31/2/2026"' in str(Asked({"day": "31/2/2026"})["day"])
