"""The rows of a later reading keep the keys they had."""

from __future__ import annotations

from dataclasses import replace

from motcua.steering.programme.matching import Known, matched
from motcua.steering.programme.tests import samples
from motcua.steering.programme.types import Anomaly, AnomalyKind, Task

TWO = (
    samples.task("3.4", samples.ANNUAL, uid="3.4#1", text="Kiện toàn bộ máy các sở"),
    samples.task("3.4", samples.ANNUAL, uid="3.4#2", text="Tinh giản biên chế"),
)


def uids(after: tuple[Task, ...], before: tuple[Task, ...]) -> list[str]:
    return [task.uid for task in matched(samples.reading(*after), samples.reading(*before)).tasks]


def test_a_reading_of_the_same_rows_stays_as_it_is() -> None:
    reading = samples.reading(*TWO)
    assert matched(reading, samples.reading(*TWO)) is reading


def test_rows_that_changed_places_keep_their_keys() -> None:
    first, second = TWO
    assert uids((replace(second, uid="3.4#1"), replace(first, uid="3.4#2")), TWO) == ["3.4#2", "3.4#1"]


def test_a_row_with_some_words_changed_is_the_one_it_is_most_like() -> None:
    survivor = samples.task("3.4", samples.ANNUAL, text="Tinh giản biên chế công chức")
    assert uids((survivor,), TWO) == ["3.4#2"]


def test_a_row_of_other_words_is_new_and_takes_no_key_that_was_used() -> None:
    other = samples.task("3.4", samples.ANNUAL, text="Xây dựng phần mềm một cửa điện tử")
    assert uids((other,), TWO) == ["3.4"]
    first, second = TWO
    three = (replace(second, uid="3.4#1"), replace(first, uid="3.4#2"), replace(other, uid="3.4#3"))
    assert uids(three, TWO) == ["3.4#2", "3.4#1", "3.4#3"]
    pushed = (replace(other, uid="3.4#1"), replace(first, uid="3.4#2"), replace(second, uid="3.4#3"))
    assert uids(pushed, TWO) == ["3.4#4", "3.4#1", "3.4#2"]


def test_a_row_whose_words_changed_wholly_stays_in_its_place() -> None:
    before = (samples.task("1.1", samples.ANNUAL), samples.task("1.2", samples.ANNUAL))
    after = (replace(before[0], text="Hoàn toàn khác"), before[1])
    assert uids(after, before) == ["1.1", "1.2"]


def test_a_row_that_an_earlier_text_left_alone_is_known_again() -> None:
    part = samples.reading(samples.task("1.1", samples.ANNUAL))
    later = samples.reading(samples.task("3.4", samples.ANNUAL, text="Tinh giản biên chế"))
    others = [Known(one.uid, one.number, one.text) for one in TWO]
    assert [task.uid for task in matched(later, part, others).tasks] == ["3.4#2"]


def test_what_disagrees_follows_its_row() -> None:
    _, second = TWO
    after = samples.reading(replace(second, uid="3.4"))
    after = replace(after, anomalies=(Anomaly(AnomalyKind.UNIT_UNRESOLVED, "3.4/lead", "?"), *after.anomalies))
    found = matched(after, samples.reading(*TWO))
    assert [one.where for one in found.anomalies] == ["3.4#2/lead", "dòng 1"]
