"""The rules against cases worked by hand, and against a naive second writing of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.steering.programme import rules
from motcua.steering.programme.kinds import (
    LABELS,
    LADDER,
    Asked,
    FactKind,
    Frame,
    Moment,
    Planned,
    ProductKind,
    ProgrammeState,
    ProjectState,
    Question,
    Row,
    Rung,
    Standing,
    State,
    Term,
)
from motcua.steering.programme.rules.states import FOLLOWS
from motcua.steering.programme.tests import naive, samples
from motcua.steering.programme.types import Due, Period, Recurrence
from motcua.testing import examples

DECIDED = date(2016, 6, 15)
FRAME = Frame(DECIDED, 2016, 2020)
DOCUMENT, STANDING = ProductKind.DOCUMENT, ProductKind.STANDING


def due_days(period: Period, product: ProductKind = DOCUMENT, years: tuple[int, ...] = ()) -> list[date | None]:
    return [one.due_on for one in rules.unfold(Row(period, product, years), FRAME).occurrences]


def test_february_of_each_year_first_falls_in_2017_and_2021_is_asked() -> None:
    result = rules.unfold(Row(samples.FEBRUARY, DOCUMENT), FRAME)
    assert [one.due_on for one in result.occurrences] == [
        date(2017, 2, 28), date(2018, 2, 28), date(2019, 2, 28), date(2020, 2, 29),
    ]
    assert result.questions == (Question(Asked.OUTSIDE, 2021, date(2021, 2, 28)),)
    assert due_days(samples.FEBRUARY, years=(2021,))[-1] == date(2021, 2, 28), "made once the steward has said yes"


def test_before_the_last_of_december_is_the_thirtieth_at_the_latest() -> None:
    assert due_days(samples.BEFORE_YEAR_END) == [date(year, 12, 30) for year in range(2016, 2021)]
    assert rules.unfold(Row(samples.BEFORE_YEAR_END, DOCUMENT), FRAME).questions == ()


@pytest.mark.parametrize(
    ("period", "product", "years"),
    [
        (samples.ANNUAL, DOCUMENT, [2016, 2017, 2018, 2019, 2020]),
        (samples.IN_2017, DOCUMENT, [2017]),
        (samples.WHOLE, DOCUMENT, [2020]),
        (samples.WHOLE, STANDING, [2016, 2017, 2018, 2019, 2020]),
        (Period("Thường xuyên", Recurrence.CONTINUOUS), STANDING, [2016, 2017, 2018, 2019, 2020]),
        (Period("Năm 2016", Recurrence.ONCE, 2016, 2016), DOCUMENT, [2016]),
        (Period("Năm 2018 - 2020", Recurrence.SPAN, 2018, 2020), STANDING, [2018, 2019, 2020]),
    ],
)
def test_years_of_a_row(period: Period, product: ProductKind, years: list[int]) -> None:
    assert [one.year for one in rules.unfold(Row(period, product), FRAME).occurrences] == years


def test_a_printed_year_beyond_the_programme_stands_and_a_yearly_confirmation_there_is_asked() -> None:
    until_2021 = Period("Năm 2016 -2021", Recurrence.SPAN, 2016, 2021)
    assert due_days(until_2021) == [date(2021, 12, 31)]
    result = rules.unfold(Row(until_2021, STANDING), FRAME)
    assert [one.year for one in result.occurrences] == [2016, 2017, 2018, 2019, 2020]
    assert result.questions == (Question(Asked.OUTSIDE, 2021, date(2021, 12, 31)),)


def test_what_waits_for_central_guidance_has_no_day_and_what_says_nothing_has_no_occurrence() -> None:
    assert rules.unfold(Row(samples.ONE_DAY, DOCUMENT), FRAME).occurrences == (Planned(None, DECIDED, None, True),)
    result = rules.unfold(Row(samples.UNSTATED, ProductKind.SYSTEM), FRAME)
    assert (result.occurrences, result.questions) == ((), (Question(Asked.NO_PERIOD),))
    set_day = rules.unfold(Row(samples.UNSTATED, ProductKind.SYSTEM, due_on=date(2018, 6, 30)), FRAME)
    assert [one.due_on for one in set_day.occurrences] == [date(2018, 6, 30)] and set_day.questions == ()


def test_what_was_due_before_the_decision_is_asked() -> None:
    period = Period("Năm 2015", Recurrence.ONCE, 2015, 2015)
    result = rules.unfold(Row(period, DOCUMENT), FRAME)
    assert result.occurrences == () and result.questions[0].kind is Asked.OUTSIDE


@settings(max_examples=examples(60, 1000), deadline=None)
@given(
    decided=st.dates(date(2014, 1, 1), date(2018, 12, 31)), month=st.integers(1, 12),
    day=st.none() | st.integers(1, 28), before=st.booleans(), length=st.integers(0, 5),
)
def test_each_year_as_a_walk_through_all_days_finds_it(
    decided: date, month: int, day: int | None, before: bool, length: int
) -> None:
    years = (2016, 2016 + length)
    period = Period("…", Recurrence.ANNUAL, due=Due("…", month, day, before))
    made = rules.unfold(Row(period, DOCUMENT), Frame(decided, *years)).occurrences
    # A January that nothing may fall before belongs to the year before's last day; the naive walk starts there too.
    wanted = naive.occurrences("annual", years, decided, month, day, before=before)
    if before and month == 1 and (day or 1) == 1 and date(2015, 12, 31) >= decided:
        wanted = [(2016, date(2015, 12, 31)), *wanted]
    assert [(one.year, one.due_on) for one in made] == wanted
    assert all(one.due_on is None or one.opens_on <= one.due_on for one in made)


TERM = Term(date(2017, 1, 1), date(2017, 12, 31))


def at(day: date, *moments: tuple[date, FactKind], term: Term = TERM) -> Standing:
    return rules.standing(term, [Moment(on, what) for on, what in moments], day)


def test_a_year_of_an_occurrence_by_hand() -> None:
    submitted, issued = (date(2017, 12, 20), FactKind.SUBMITTED), (date(2018, 1, 15), FactKind.ISSUED)
    assert at(date(2016, 12, 31)).state is State.NOT_DUE
    assert at(date(2017, 12, 31)).state is State.OPEN
    late = at(date(2018, 1, 10))
    assert (late.state, late.days_late, late.since) == (State.LATE, 10, date(2018, 1, 1))
    # Submitted in time: UBND tỉnh holds it, and the year's end does not make the owner late.
    held = at(date(2018, 1, 10), submitted, issued)
    assert (held.state, held.since, held.days_late) == (State.SUBMITTED, date(2017, 12, 20), 0)
    assert at(date(2018, 2, 1), submitted, issued).state is State.ISSUED
    accepted = (date(2018, 2, 5), FactKind.ACCEPTED)
    assert at(date(2018, 3, 1), submitted, issued, accepted).state is State.ACCEPTED


def test_what_comes_back_has_the_days_left_that_it_had() -> None:
    moments = [(date(2017, 12, 20), FactKind.SUBMITTED), (date(2018, 1, 9), FactKind.RETURNED)]
    back = at(date(2018, 1, 9), *moments)
    # Twelve days were left on 20 December, so twelve are left on 9 January: the last one is the 20th.
    assert (back.state, back.due_on) == (State.OPEN, date(2018, 1, 20))
    assert at(date(2018, 1, 21), *moments).days_late == 1


def test_waiting_for_central_guidance_is_not_late() -> None:
    wait = (date(2017, 12, 1), FactKind.WAITING)
    assert at(date(2019, 6, 1), wait).state is State.WAITING
    resumed = at(date(2019, 6, 2), wait, (date(2019, 6, 1), FactKind.RESUMED))
    assert (resumed.state, resumed.due_on) == (State.OPEN, date(2019, 7, 1))
    assert at(date(2019, 6, 1), term=Term(DECIDED, None, waits=True)).state is State.WAITING


def test_how_late_a_submission_was() -> None:
    def late(*moments: tuple[date, FactKind]) -> int:
        return rules.submitted_late(TERM, [Moment(on, what) for on, what in moments], date(2019, 1, 1))

    assert late() == 0
    assert late((date(2017, 12, 31), FactKind.SUBMITTED), (date(2018, 3, 1), FactKind.ISSUED)) == 0
    assert late((date(2018, 1, 5), FactKind.SUBMITTED), (date(2018, 3, 1), FactKind.ISSUED)) == 5
    assert late((date(2018, 1, 3), FactKind.ISSUED)) == 3
    back = (date(2017, 12, 20), FactKind.SUBMITTED), (date(2018, 1, 9), FactKind.RETURNED)
    assert late(*back, (date(2018, 1, 22), FactKind.SUBMITTED)) == 2


@st.composite
def lives(draw: st.DrawFn) -> tuple[Term, list[Moment]]:
    """A term and facts that could follow each other, on days in order."""
    opens = date(2017, 1, 1) + timedelta(days=draw(st.integers(0, 20)))
    term = Term(opens, opens + timedelta(days=draw(st.integers(0, 30))), waits=draw(st.booleans()))
    day, moments = date(2016, 12, 25), list[Moment]()
    for _ in range(draw(st.integers(0, 7))):
        day += timedelta(days=draw(st.integers(0, 15)))
        state = rules.standing(term, moments, day).state
        possible = [what for what in FactKind if state in FOLLOWS[what]]
        if possible:
            moments.append(Moment(day, draw(st.sampled_from(possible))))
    return term, moments


@settings(max_examples=examples(150, 3000), deadline=None)
@given(life=lives(), ahead=st.integers(-10, 120))
def test_states_as_counted_day_by_day(life: tuple[Term, list[Moment]], ahead: int) -> None:
    term, moments = life
    day = date(2017, 1, 1) + timedelta(days=ahead)
    assert rules.standing(term, moments, day).state is naive.state_on(day, term, moments)


@settings(max_examples=examples(60, 600), deadline=None)
@given(life=lives(), ahead=st.integers(-10, 120))
def test_what_happens_later_changes_no_earlier_day(life: tuple[Term, list[Moment]], ahead: int) -> None:
    term, moments = life
    day = date(2017, 1, 1) + timedelta(days=ahead)
    known = [one for one in moments if one.on <= day]
    assert rules.standing(term, moments, day) == rules.standing(term, known, day)


def test_several_owners_are_as_far_as_the_last_of_them() -> None:
    assert rules.overall([State.ACCEPTED, State.LATE, State.OPEN]) is State.LATE
    assert rules.overall([State.ACCEPTED, State.DROPPED]) is State.ACCEPTED
    assert rules.overall([]) is None


def test_nobody_accepts_his_own_product() -> None:
    assert rules.accepter(["Sở Tư pháp"], ["Sở Nội vụ", "Văn phòng"]) == "Sở Nội vụ"
    assert rules.accepter(["Sở Nội vụ"], ["Sở Nội vụ", "Văn phòng"]) == "Văn phòng"
    assert rules.accepter(["Sở Nội vụ", "Văn phòng"], ["Sở Nội vụ", "Văn phòng"]) is None
    assert rules.accepter(["Sở Nội vụ"], ["Sở Nội vụ", None]) is None


def test_what_may_follow_depends_on_the_product() -> None:
    assert rules.follows(FactKind.ISSUED, State.SUBMITTED, DOCUMENT)
    assert not rules.follows(FactKind.ISSUED, State.SUBMITTED, ProductKind.WORKS), "a building is not issued"
    assert not rules.follows(FactKind.ACCEPTED, State.SUBMITTED, DOCUMENT), "a draft is no product"
    assert rules.follows(FactKind.ACCEPTED, State.SUBMITTED, STANDING)
    assert not rules.follows(FactKind.ACCEPTED, State.OPEN, STANDING)


@pytest.mark.parametrize(
    ("cell", "row", "kind"),
    [
        ("Quyết định của UBND tỉnh", "", DOCUMENT), ("Kế hoạch đào tạo, bồi dưỡng của tỉnh", "", DOCUMENT),
        ("Đề án", "", DOCUMENT), ("Nghị quyết HĐND tỉnh", "", DOCUMENT), ("Hướng dẫn của UBND tỉnh", "", DOCUMENT),
        ("Phầm mềm thi", "", ProductKind.SYSTEM), ("Cơ sở dữ liệu", "", ProductKind.SYSTEM),
        ("Dự án", "Xây trụ sở cấp xã", ProductKind.WORKS), ("Dự án", "Mạng diện rộng", ProductKind.SYSTEM),
        ("Hội nghị tổng kết", "", ProductKind.EVENT), ("Hội đồng thi đua", "", ProductKind.BODY),
        ("Kết quả thực hiện", "", STANDING), ("Bảng niêm yết", "", STANDING), ("Chất lượng hoạt động", "", STANDING),
        ("", "", None), ("Việc khác", "", None),
    ],
)
def test_kinds_of_product(cell: str, row: str, kind: ProductKind | None) -> None:
    assert rules.product_kind(cell, row) is kind


def reminded(day: date, *sent: Rung, superior: bool = True, state: State = State.LATE) -> Rung | None:
    standing = Standing(state, DECIDED, date(2017, 12, 31))
    return rules.rung_due(standing, day, LADDER, sent, has_superior=superior)


def test_the_ladder_rises_rung_by_rung_and_says_each_thing_once() -> None:
    assert reminded(date(2017, 12, 15)) is None
    assert reminded(date(2017, 12, 16), state=State.OPEN) is Rung.OWNER
    assert reminded(date(2017, 12, 20), Rung.OWNER, state=State.OPEN) is None
    assert reminded(date(2018, 1, 1), Rung.OWNER) is Rung.OWN_HEAD
    assert reminded(date(2018, 1, 10), Rung.OWNER, Rung.OWN_HEAD) is Rung.SUPERIOR
    assert reminded(date(2018, 1, 10), Rung.OWNER, Rung.OWN_HEAD, superior=False) is None
    assert reminded(date(2018, 3, 1)) is Rung.CHAIRMAN, "what was passed over is not sent afterwards"
    assert reminded(date(2018, 3, 1), Rung.CHAIRMAN) is None
    for state in (State.WAITING, State.SUBMITTED, State.ISSUED, State.DROPPED):
        assert reminded(date(2018, 3, 1), state=state) is None


def test_codes_of_different_classes_that_are_spelled_alike_have_words_of_their_own() -> None:
    assert FactKind.SUBMITTED.label == "Đã trình" and State.SUBMITTED.label == "Đã trình, chờ ban hành"
    assert ProgrammeState.APPROVED.label == "Đang thực hiện" and ProjectState.APPROVED.label == "Đã phê duyệt"
    for kind, words in LABELS.items():
        assert set(words) == set(kind), kind
