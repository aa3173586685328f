"""The real decision of 2016, read from its file: every figure of it, and its oddities, however the file is spelled."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from motcua.steering.programme.reading.names import Roster
from motcua.steering.programme.reading.reader import read
from motcua.steering.programme.reading.sources import open_document
from motcua.steering.programme.reading.text import fold
from motcua.steering.programme.types import AnomalyKind, Reading
from motcua.testing import shared_data

NBSP = "\u00a0"
# Facts of the annex: number, period, money in millions of đồng; by rule "r", blank "".
ROWS = """
1.1 2016 r|1.2 a|1.3 a|1.4 a|2.1 a|2.2 a|2.3 c|2.4 2016-2017|2.5 2016-2020|2.6 2016-2020 16000|2.7 2016-2020 6000
3.1 2016-2020|3.2 a r|3.3 2016-2020|3.4#1 k r|3.4#2 2017 r|3.5 2016-2020|3.6 2017|4.1 2016-2020|4.2 2016-2020|4.3 a
4.4 a|4.5 2016|4.6 2016|4.7 2016|4.8 2016|4.9 2016 r|4.10 2016-2021|4.11 2016-2020|5.1 2016-2020|5.2 2016-2020
5.3 2016-2020|5.4 2016-2020|5.5 c|5.6 a|5.7 2016-2020|5.8 2016 r|5.9 2016 r|6.1 2016-2020|6.2 2016-2020
6.3 2016-2020 5000|6.4 2018-2020 5000|6.5 2016-2018 1200|6.6 2016-2017 5000|6.7 2016-2017 1000|6.8 2016-2020 3000
6.9 2016-2020 15000|6.10 2016-2020 5000|6.11 2016-2020 12000|6.12 2016-2020 2280|6.13 -|6.14 2016-2020 400000|7.1 2016
7.2 a|7.3 2016-2020|7.4 a 145|7.5 a 445|7.6 2020 r|7.7 a|7.8 a|7.9 a|7.10 2017|7.11 2018
""".strip().replace("\n", "|").split("|")
WORDS = {"a": "annual", "c": "continuous", "k": "conditional", "-": "not_stated"}


@cache
def plan() -> str:
    return shared_data("..", "plan", "860-qd-ubnd-2016.txt").read_text(encoding="utf-8")


@cache
def roster() -> Roster:
    from datetime import date

    from motcua.foundation.organisations import datafile, readings, rules
    from motcua.steering.programme.reading.names import Named, roster_of

    known = datafile.read_catalogue(datafile.shipped("kinds.toml"))
    register = rules.replay(known, datafile.read_events(datafile.shipped("bac-kan.csv"), known))
    units = readings.list_units(register, date(2016, 6, 15))
    return roster_of(Named(u.code, (u.title, u.name, *register.units[u.key].aliases), u.kind) for u in units)


def read_text(text: str) -> Reading:
    return read(open_document("plan.txt", text.encode()).blocks, roster())


@cache
def reading() -> Reading:
    return read_text(plan())


def facts(found: Reading) -> list[str]:
    lines = []
    for task in found.tasks:
        period, budget = task.period, task.budget
        letter = {word: sign for sign, word in WORDS.items()}.get(period.recurrence.value)
        start, end = period.start_year, period.end_year
        years = str(start) if start == end else f"{start}-{end}"
        money = "r" if budget.state == "by_rule" else str(budget.amount_vnd // 10**6) if budget.amount_vnd else ""
        lines.append(f"{task.uid} {letter or years} {money}".strip())
    return lines


def test_every_row_with_its_period_and_its_money() -> None:
    assert facts(reading()) == ROWS
    assert len({task.group for task in reading().tasks}) == 7
    totals = reading().totals
    assert (totals.printed_vnd, totals.sum_vnd, totals.difference_vnd) == (477_070_000_000, 477_070_000_000, 0)


def test_the_header() -> None:
    header = reading().header
    assert (header.number, header.type, header.signer) == ("860/QĐ-UBND", "Quyết định", "Lý Thái Hải")
    assert (header.issuing_body, header.place) == ("Ủy ban nhân dân tỉnh Bắc Kạn", "Bắc Kạn")
    assert str(header.issue_date) == str(header.effective_date) == "2016-06-15"
    assert (header.status, header.first_year, header.last_year) == ("Còn hiệu lực", 2016, 2020)
    assert fold("Đẩy mạnh cải cách hành chính giai đoạn 2016 - 2020") in fold(header.title)


def test_targets_and_what_can_be_measured_of_them() -> None:
    targets = reading().targets
    assert [target.id for target in targets] == [f"T{number}" for number in range(9)]
    assert [len(target.measures) for target in targets] == [3, 1, 3, 2, 3, 2, 6, 4, 2]
    values = [(one.comparator, one.value) for target in targets for one in target.measures if one.value is not None]
    assert values == [
        (">", 80), *[(">", 80)] * 3, (">", 95), (">", 80), (">=", 100), (">=", 70), (">=", 100), (">=", 100),
        (">=", 100), (">", 90), (">=", 90), (">=", 90), (">=", 100), (">=", 70), (">=", 70), (">=", 30), (">=", 70),
        (">=", 20), (">=", 8), (">=", 8),
    ]


def test_legal_bases_each_once_with_their_dates() -> None:
    bases = reading().bases
    assert len(bases) == 34
    assert Counter(one.type for one in bases)["Nghị định"] == 6
    dated = {one.number: str(one.date) for one in bases if one.date}
    assert dated["30c/NQ-CP"] == "2011-11-08", "as it is cited first"
    assert dated["07-NQ/TU"] == "2016-04-26"
    assert [one.year for one in bases if not one.number] == [2015, 2015, 2008, 2010, 2014]


def test_what_disagrees_is_found_and_nothing_else() -> None:
    found = [one for one in reading().anomalies if one.kind is not AnomalyKind.UNIT_UNRESOLVED]
    assert Counter(one.kind.value for one in found) == {
        "duplicate_number": 1, "row_without_period": 1, "year_outside_programme": 1, "sum_mismatch": 1,
        "document_with_two_dates": 1, "blank_reference": 1,
    }
    said = {one.kind.value: one for one in found}
    assert said["duplicate_number"].where == "3.4#1, 3.4#2"
    assert said["row_without_period"].where == "6.13"
    assert said["year_outside_programme"].values[0] == "2021"
    assert said["sum_mismatch"].values == ("122", "30 + 12 + 82 = 124")
    assert all(day in " ".join(said["document_with_two_dates"].values) for day in ("08/11/2011", "08/01/2011"))


def test_due_dates_within_the_year() -> None:
    due = {task.uid: task.period.due for task in reading().tasks if task.period.due}
    assert {uid: (one.month, one.day, one.strictly_before) for uid, one in due.items()} == {
        "7.8": (2, None, False), "7.9": (12, 31, True),
    }


def cells(found: Reading) -> list[tuple[str, ...]]:
    return [
        tuple(
            fold(cell)
            for cell in (
                task.uid, task.group, task.text, task.product, task.lead, task.coordinating, task.period.text,
                task.budget.text,
            )
        )
        for task in found.tasks
    ]


def wrapped(text: str, width: int) -> str:
    """Break every line at so many letters, as programs that save text do."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines.append("" if line.strip() else line)
        for word in line.split():
            lines[-1:] = [f"{lines[-1]} {word}".strip()] if len(lines[-1]) + len(word) < width else [lines[-1], word]
    return "\n".join(lines)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "letters taken apart": lambda text: unicodedata.normalize("NFD", text),
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "marks on the other letter": lambda text: re.sub("([uU])ỷ", r"\1ỷ", text.replace("ủy", "uỷ").replace("hóa", "hoá")),
    "a line a cell": lambda text: "\n".join(b.replace("\n", " ") if b.strip() else "" for b in text.split("\n\n")),
    "lines of 60": lambda text: wrapped(text, 60),
    "lines of 25": lambda text: wrapped(text, 25),
    "more empty lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "without the site": lambda text: text[text.index("ỦY BAN") : text.index("HIỆU LỰC VĂN BẢN")],
    "another dash": lambda text: text.replace(" - ", " – "),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_same_rows_come_out_however_the_text_is_spelled(spelling: str) -> None:
    found = read_text(SPELLINGS[spelling](plan()))
    assert cells(found) == cells(reading())
    assert len(found.bases) == 34
    assert sum(len(target.measures) for target in found.targets) == 26
    kinds = Counter(one.kind for one in found.anomalies)
    assert not kinds - Counter(one.kind for one in reading().anomalies)


def test_blank_cells_that_left_no_line_are_found_and_marked_unsure() -> None:
    found = read_text(re.sub(rf"\n[ {NBSP}]+\n", "\n", plan()))
    assert cells(found) == cells(reading())
    unsure = {one.where for one in found.anomalies if one.kind is AnomalyKind.CELLS_UNSURE}
    assert unsure == {"4.6", "6.2", "6.5"}, "rows where nobody, or somebody unnamed, helps"


CHANGES: dict[str, tuple[str, str, AnomalyKind]] = {
    "an amount": ("16 tỷ đồng", "17 tỷ đồng", AnomalyKind.BUDGET_TOTAL),
    "the total": ("477,07 tỷ", "478 tỷ", AnomalyKind.BUDGET_TOTAL),
    "a share": ("(chiếm 39%)", "(chiếm 49%)", AnomalyKind.PERCENTAGE),
    "a part of a sum": ("28 xã, phường", "30 xã, phường", AnomalyKind.SUM),
    "money a year": ("(29 triệu đồng/năm)", "(30 triệu đồng/năm)", AnomalyKind.BUDGET_YEARLY),
    "a number": ("2.6. Triển", "2.5. Triển", AnomalyKind.DUPLICATE_NUMBER),
    "no number": ("2.5. Nâng cao", "Nâng cao", AnomalyKind.ROW_WITHOUT_NUMBER),
    "a year": ("Năm 2018 - 2020", "Năm 2015 - 2020", AnomalyKind.YEAR_OUTSIDE),
    "years turned round": ("Năm 2018 - 2020", "Năm 2020 - 2018", AnomalyKind.PERIOD_REVERSED),
    "words for money": ("15 tỷ đồng", "mười lăm tỷ đồng", AnomalyKind.BUDGET_UNREAD),
    "the site's date": ("Ngày ban hành: 15/06/2016", "Ngày ban hành: 16/06/2016", AnomalyKind.HEADER_DIFFERS),
    "a citation": (
        "896/QĐ-TTg ngày 08/6/2013", "1557/QĐ-TTg ngày 08/6/2013", AnomalyKind.TWO_DATES,
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_contradiction_put_into_the_plan_is_found(change: str) -> None:
    was, becomes, kind = CHANGES[change]
    assert was in plan()
    found = read_text(plan().replace(was, becomes, 1))
    more = Counter(one.kind for one in found.anomalies) - Counter(one.kind for one in reading().anomalies)
    assert kind in more
    assert len(found.tasks) == 63


def test_without_its_annex_the_decision_is_read_and_the_lack_is_said() -> None:
    found = read_text(plan()[: plan().index("PHỤ LỤC")])
    assert (len(found.tasks), len(found.targets)) == (0, 9)
    assert AnomalyKind.NO_ANNEX in {one.kind for one in found.anomalies}
