"""Rules against plodding second writings, and the shipped data against what it must be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.foundation.core.time import today
from motcua.foundation.indicators import registry
from motcua.foundation.indicators.types import Unit
from motcua.steering.reports import rules
from motcua.steering.reports.regimes import read
from motcua.steering.reports.types import CellKind, Figure, Form, Node, Rank, Sentence, Sum
from motcua.testing import examples

BOOK = read("")
KINDS = ("commune", "district", "department", "centre")
REPORTING = ("commune", "district", "department")
#: A tree: agency n stands under an earlier one; agency 0 is the top.
TREES = st.lists(st.tuples(st.integers(0, 30), st.sampled_from(KINDS)), max_size=30)


def standing(tree: list[tuple[int, str]]) -> list[tuple[int, int | None, str]]:
    found: list[tuple[int, int | None, str]] = [(0, None, "province")]
    return found + [(at, parent % at, kind) for at, (parent, kind) in enumerate(tree, start=1)]


def climb(agency: int, rows: dict[int, tuple[int | None, str]]) -> int:
    """Go up one step at a time until somebody reports."""
    while rows[agency][1] not in (*REPORTING, "province"):
        above = rows[agency][0]
        assert above is not None
        agency = above
    return agency


@settings(max_examples=examples(60, 1000), deadline=None)
@given(TREES)
def test_each_unit_reports_to_the_nearest_above_and_every_agency_is_counted_once(tree: list[tuple[int, str]]) -> None:
    rows = {agency: (parent, kind) for agency, parent, kind in standing(tree)}
    nodes = rules.chain(0, standing(tree), REPORTING)
    assert {node.agency for node in nodes} == {0} | {one for one, (_, kind) in rows.items() if kind in REPORTING}
    for node in nodes[1:]:
        parent = rows[node.agency][0]
        assert parent is not None and node.above == climb(parent, rows)
        assert (node.rank is Rank.DIRECT) == (node.above == 0)
    counted = [agency for node in nodes for agency in sorted(node.own)]
    assert sorted(counted) == sorted(rows)
    assert all(climb(agency, rows) == node.agency for node in nodes for agency in node.own)
    seen = set[int]()
    for node in nodes:
        assert node.above is None or node.above in seen, "each stands after the one it reports to"
        seen.add(node.agency)


@settings(max_examples=examples(60, 1000), deadline=None)
@given(st.dictionaries(st.integers(1, 20), st.integers(0, 20)))
def test_below_finds_exactly_those_whose_way_up_meets_the_unit(above: dict[int, int]) -> None:
    def meets(unit: int | None) -> bool:
        seen = set[int]()
        while unit is not None and unit not in seen:
            if unit == 0:
                return True
            seen.add(unit)
            unit = above.get(unit)
        return False

    units = set(above) | {0}
    assert rules.below(0, {**above, 0: None}) == {unit for unit in units if meets(unit)}


FIGURES = st.none() | st.integers(0, 10_000).map(Decimal)
UNITS = st.lists(st.fixed_dictionaries(dict.fromkeys("ABC", FIGURES)), min_size=1, max_size=8)


def small() -> Form:
    from motcua.steering.reports.regimes import form_of

    return form_of({
        "code": "s", "name": "s", "title": "s", "basis": "", "section": [{"title": "s", "cell": [
            {"code": "A", "name": "a", "kind": "number"}, {"code": "B", "name": "b", "kind": "number"},
            {"code": "C", "name": "c", "kind": "manual"},
            {"code": "T", "name": "t", "kind": "total", "over": ["A", "B"]},
            {"code": "R", "name": "r", "kind": "ratio", "over": ["A"], "under": ["T"]},
        ]}],
    })  # fmt: skip


@settings(max_examples=examples(80, 1000), deadline=None)
@given(UNITS, st.lists(FIGURES, min_size=8, max_size=8))
def test_sums_leave_out_what_is_unknown_and_say_so(
    units: list[dict[str, Decimal | None]], stated: list[Decimal | None]
) -> None:
    form = small()
    parts = [
        {code: rules.alone(Figure(value, own if code == "A" else None)) for code, value in unit.items()}
        for unit, own in zip(units, stated, strict=False)
    ]
    found = rules.complete_sums(form, {code: rules.add(part[code] for part in parts) for code in "ABC"})
    plain: dict[str, Fraction | None] = {}
    for code in "ABC":
        said = [
            own if code == "A" and own is not None else unit[code] for unit, own in zip(units, stated, strict=False)
        ]
        known = [Fraction(int(one)) for one in said if one is not None]
        plain[code] = sum(known, Fraction()) if known else None
        assert (found[code].counted, found[code].expected) == (len(known), len(units))
        assert found[code].value == plain[code]
    a, b = plain["A"], plain["B"]
    total = None if a is None or b is None else a + b
    assert found["T"].value == total
    if not total or a is None:
        assert found["R"].value is None
    else:
        share = found["R"].value
        assert share is not None and abs(Fraction(share) - a * 100 / total) < Fraction(1, 10**20)


def test_nothing_below_the_line_is_unknown_not_zero() -> None:
    nothing = rules.complete(small(), {"A": Decimal(0), "B": Decimal(0)})
    assert nothing == {"A": Decimal(0), "B": Decimal(0), "C": None, "T": Decimal(0), "R": None}


def test_what_does_not_add_makes_nothing_that_is_worked_out_from_it() -> None:
    known = {"A": rules.NO_SUM, "B": Sum(Decimal(3), 1, 1), "C": Sum(None, 0, 1)}
    found = rules.complete_sums(small(), known)
    assert found["T"] == found["R"] == rules.NO_SUM


def test_a_sentence_with_an_unknown_figure_is_not_said() -> None:
    sentences = [
        Sentence("Có {A}, {A1}.", otherwise="Chưa rõ."), Sentence("Trễ {B}.", unless_zero="B"), Sentence("Hết."),
    ]

    def said(**figures: Decimal | None) -> str:
        return rules.draft(sentences, figures, lambda _code, value: f"{value}")

    assert said(A=Decimal(1), A1=Decimal(2), B=Decimal(0)) == "Có 1, 2. Hết."
    assert said(A=None, A1=Decimal(2), B=Decimal(3)) == "Chưa rõ. Trễ 3. Hết."
    assert said(A=Decimal(1), A1=Decimal(2), B=None) == "Có 1, 2. Hết."


def test_windows_are_those_of_the_letter() -> None:
    version = BOOK.regimes["cchc"].on(date(2026, 12, 31))
    assert version is not None
    found = {
        one.code: (rules.window(one, 2026).first, rules.window(one, 2026).last, rules.window(one, 2026).due[Rank.TOP])
        for one in version.occasions
    }
    assert found == {
        "q1": (date(2025, 12, 15), date(2026, 3, 14), date(2026, 3, 20)),
        "h1": (date(2025, 12, 15), date(2026, 6, 14), date(2026, 6, 20)),
        "q3": (date(2026, 6, 15), date(2026, 9, 14), date(2026, 9, 20)),
        "year": (date(2025, 12, 15), date(2026, 12, 14), date(2026, 12, 20)),
    }
    assert "q2" not in found and "q4" not in found


def test_units_have_their_reports_due_before_those_who_gather_them() -> None:
    for regime in BOOK.regimes.values():
        for version in regime.versions:
            for occasion in version.occasions:
                window = rules.window(occasion, 2026)
                assert window.last < window.due[Rank.BELOW] < window.due[Rank.DIRECT] < window.due[Rank.TOP]


@pytest.mark.parametrize("form", BOOK.forms.values(), ids=lambda form: form.code)
def test_a_form_names_only_cells_and_numbers_that_there_are(form: Form) -> None:
    codes = [cell.code for cell in form.cells]
    assert len(codes) == len(set(codes))
    before = set[str]()
    for cell in form.figures:
        assert {*cell.over, *cell.under} <= before, f"{cell.code} is worked out from cells behind it"
        before.add(cell.code)
        assert cell.is_derived == bool(cell.over)
        if cell.kind is CellKind.NUMBER:
            assert registry.indicator(cell.indicator).unit is not Unit.PERCENT, "shares cannot be added"
    for check in form.checks:
        assert {*check.left, *check.right} <= before
    nothing = dict.fromkeys(codes, Decimal(5))
    for cell in form.texts:
        assert "{" not in rules.draft(cell.draft, nothing, lambda _code, value: str(value))


def test_every_form_of_agency_in_the_register_has_a_title_for_its_head() -> None:
    assert {"sở", "văn phòng", "xã", "huyện", "tỉnh"} <= set(BOOK.titles)
    assert all(regime.form in BOOK.forms and regime.on(today()) for regime in BOOK.regimes.values())


def test_a_report_of_a_node_alone_counts_itself() -> None:
    assert rules.chain(7, [(7, None, "province")], REPORTING) == [Node(7, None, Rank.TOP, frozenset({7}))]


def test_an_ended_agency_is_counted_with_its_heir_or_with_what_stood_above_it() -> None:
    tree = [(1, None, "province"), (2, 1, "district"), (3, 2, "commune"), (4, 2, "office")]
    own = {
        node.agency: node.own
        for node in rules.chain(1, tree, ("district", "commune"), {10: 3, 11: 2, 12: 10, 13: 99, 14: None, 15: 4})
    }
    assert own == {1: {1, 13, 14}, 2: {2, 4, 11, 15}, 3: {3, 10, 12}}
