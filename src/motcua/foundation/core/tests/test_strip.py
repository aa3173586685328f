"""The clock strip: minutes become fractions that neither overlap nor leave a gap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from motcua.foundation.core.strip import SegmentKind, Span, Strip, lay_out

DAY = 480
COUNTER = Span("Một cửa", 120)
JUSTICE = Span("Sở Tư pháp", 3 * DAY)
CITIZEN = Span("Công dân", 2 * DAY, suspended=True, note="chờ bổ sung")


def widths(strip: Strip) -> float:
    return sum(segment.width for segment in strip.segments)


def test_a_running_dossier_ends_in_the_time_still_ahead() -> None:
    strip = lay_out([COUNTER, JUSTICE], first_due=5 * DAY, due=5 * DAY)
    assert [segment.kind for segment in strip.segments] == [SegmentKind.HELD, SegmentKind.HELD, SegmentKind.AHEAD]
    assert (strip.first_due, strip.due, strip.now) == (1.0, 1.0, 1560 / 2400)
    assert [segment.current for segment in strip.segments] == [False, True, False]
    assert not strip.is_late and not strip.moved
    assert strip.summary == "Sở Tư pháp đang giữ hồ sơ; đã dùng 3 ngày 2 giờ làm việc; còn 1 ngày 6 giờ."


def test_a_late_dossier_marks_the_piece_after_its_due_date() -> None:
    strip = lay_out([COUNTER, JUSTICE], first_due=2 * DAY, due=2 * DAY)
    assert strip.now == 1.0
    assert strip.due == strip.late_from == 960 / 1560
    assert strip.late_to == 1.0
    assert strip.late_width == pytest.approx(600 / 1560)
    assert strip.summary.endswith("quá hạn 1 ngày 2 giờ.")


def test_a_suspension_is_hatched_and_moves_the_due_date_but_never_the_first_one() -> None:
    strip = lay_out([COUNTER, CITIZEN, JUSTICE], first_due=5 * DAY, due=7 * DAY)
    assert strip.segments[1].kind is SegmentKind.SUSPENDED
    assert strip.moved
    assert strip.first_due == pytest.approx(5 / 7)
    assert strip.due == 1.0


def test_without_a_due_date_the_line_stays_open() -> None:
    strip = lay_out([COUNTER], first_due=None, due=None)
    assert strip.segments[-1].kind is SegmentKind.OPEN
    assert (strip.first_due, strip.due, strip.late_from) == (None, None, None)
    assert strip.now is not None and 0 < strip.now < 1
    assert strip.summary.endswith("chưa xác định thời hạn.")


def test_a_finished_dossier_has_no_needle() -> None:
    strip = lay_out([COUNTER, JUSTICE], first_due=5 * DAY, due=5 * DAY, finished=True)
    assert strip.now is None
    assert not any(segment.current for segment in strip.segments)
    assert strip.summary == "Đã xong sau 3 ngày 2 giờ làm việc; sớm 1 ngày 6 giờ."


def test_a_hand_over_within_the_same_minute_keeps_its_place_in_the_table() -> None:
    strip = lay_out([COUNTER, Span("Văn thư", 0), JUSTICE], first_due=5 * DAY, due=5 * DAY)
    assert [segment.holder for segment in strip.held] == ["Một cửa", "Văn thư", "Sở Tư pháp"]
    assert strip.segments[1].width == 0


@pytest.mark.parametrize("due", [None, 0])
def test_a_dossier_of_this_minute_can_be_drawn(due: int | None) -> None:
    strip = lay_out([Span("Một cửa", 0)], first_due=due, due=due)
    assert widths(strip) == pytest.approx(1)
    assert strip.now == 0


def test_a_label_is_shown_only_where_it_fits() -> None:
    strip = lay_out([Span("Phòng Hành chính tư pháp", 30), JUSTICE], first_due=5 * DAY, due=5 * DAY)
    assert [segment.fits for segment in strip.segments] == ["", "s", ""]


def test_ticks_stand_at_the_ends_of_working_days_and_never_crowd() -> None:
    assert [tick.day for tick in lay_out([COUNTER], first_due=3 * DAY, due=3 * DAY).ticks] == [1, 2, 3]
    assert [tick.day for tick in lay_out([COUNTER], first_due=30 * DAY, due=30 * DAY).ticks] == list(range(5, 31, 5))


@pytest.mark.parametrize(
    ("spans", "first_due", "due"), [([Span("A", -1)], 10, 10), ([Span("A", 1)], -5, 10), ([Span("A", 1)], None, 10)]
)
def test_faults_of_the_caller_are_refused(spans: list[Span], first_due: int | None, due: int | None) -> None:
    with pytest.raises(ValueError, match=r"minutes|first due"):
        lay_out(spans, first_due=first_due, due=due)


SPANS = some.lists(
    some.builds(Span, some.text(min_size=1, max_size=12), some.integers(0, 50_000), some.booleans()),
    min_size=1,
    max_size=9,
)


@given(spans=SPANS, due=some.none() | some.integers(0, 60_000), later=some.integers(0, 9_000), finished=some.booleans())
def test_segments_follow_each_other_and_fill_the_axis(
    spans: list[Span], due: int | None, later: int, finished: bool
) -> None:
    strip = lay_out(spans, first_due=due, due=None if due is None else due + later, finished=finished)
    passed = 0.0
    for segment in strip.segments:
        assert segment.start == pytest.approx(passed, abs=1e-9)
        assert segment.width >= 0
        passed += segment.width
    assert passed == pytest.approx(1)
    for mark in (strip.first_due, strip.due, strip.now, strip.late_from, strip.late_to):
        assert mark is None or 0 <= mark <= 1
