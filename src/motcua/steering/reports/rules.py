"""How a period lies, who reports to whom, how figures add up, which sentences they make. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal

from motcua.steering.reports.types import (
    Broken,
    Cell,
    CellKind,
    Check,
    Figure,
    Form,
    Node,
    Occasion,
    Rank,
    Sentence,
    Sum,
    Window,
)

Standing = tuple[int, int | None, str]
"""An agency, the one above it, and its kind."""


def window(occasion: Occasion, year: int) -> Window:
    """Return the days of an occasion in a year."""
    due = {rank: day.of(year) for rank, day in occasion.due.items()}
    return Window(occasion.first.of(year), occasion.last.of(year), due)


def chain(
    top: int, standing: Collection[Standing], kinds: Collection[str], ended: Mapping[int, int | None] | None = None
) -> list[Node]:
    """Return who reports to whom, the top first and each after the one it reports to.

    A unit reports to the nearest one above it that reports itself, else to the top. An agency that does not report
    is counted with the nearest one above it that does; an ended one with whoever took its place, by `ended`.
    """
    parents = dict(ended or {}) | {agency: parent for agency, parent, _ in standing}
    reporting = {agency for agency, _, kind in standing if kind in kinds} | {top}
    own: dict[int, set[int]] = defaultdict(set)
    for agency in parents:
        own[nearest(agency, parents, reporting, top)].add(agency)
    nodes = {top: Node(top, None, Rank.TOP, frozenset(own[top] | {top}))}
    for agency in sorted(reporting - {top}):
        above = nearest(parents.get(agency), parents, reporting, top)
        rank = Rank.DIRECT if above == top else Rank.BELOW
        nodes[agency] = Node(agency, above, rank, frozenset(own[agency]))
    return sorted(nodes.values(), key=lambda node: (_depth(node, nodes), node.agency))


def nearest(agency: int | None, parents: Mapping[int, int | None], among: Collection[int], top: int) -> int:
    """Return the agency itself if it is among those, else the nearest above it that is, else the top."""
    seen = set[int]()
    while agency is not None and agency not in among and agency not in seen:
        seen.add(agency)
        agency = parents.get(agency)
    return agency if agency is not None and agency in among else top


def _depth(node: Node, nodes: Mapping[int, Node]) -> int:
    depth = 0
    while node.above is not None and depth <= len(nodes):
        node, depth = nodes[node.above], depth + 1
    return depth


def below(top: int, above: Mapping[int, int | None]) -> set[int]:
    """Return a unit and all that report to it, through however many others."""
    found = {top}
    while more := {unit for unit, over in above.items() if over in found} - found:
        found |= more
    return found


def derive(cell: Cell, figure: Callable[[str], Decimal | None]) -> Decimal | None:
    """Return a figure that is worked out from others: unknown where one of them is, or nothing stands below it."""
    over = [figure(code) for code in cell.over]
    under = [figure(code) for code in cell.under]
    if None in over or None in under:
        return None
    total = sum((value for value in over if value is not None), Decimal())
    if cell.kind is CellKind.TOTAL:
        return total
    share = sum((value for value in under if value is not None), Decimal())
    return total * 100 / share if share else None


def complete(form: Form, known: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    """Return all figures of a form in its order: those given, and those worked out from them."""
    found: dict[str, Decimal | None] = {}
    for cell in form.figures:
        found[cell.code] = derive(cell, found.get) if cell.is_derived else known.get(cell.code)
    return found


def alone(figure: Figure) -> Sum:
    """Return one unit's figure as a sum: over one unit, or over none where it is unknown."""
    return Sum(figure.reported, 0 if figure.reported is None else 1, 1)


def add(parts: Iterable[Sum]) -> Sum:
    """Return several sums as one. Unknown is not zero: what is unknown is left out of the sum and of `counted`."""
    value, counted, expected = None, 0, 0
    for part in parts:
        expected += part.expected
        counted += part.counted
        if part.value is not None:
            value = part.value if value is None else value + part.value
    return Sum(value, counted, expected)


#: What does not add: over no unit, of none.
NO_SUM = Sum(None, 0, 0)


def complete_sums(form: Form, known: Mapping[str, Sum]) -> dict[str, Sum]:
    """Return the sums of all figures; one that is worked out is so from the sums, never from the units' own shares."""
    found: dict[str, Sum] = {}

    def figure(code: str) -> Decimal | None:
        return found[code].value

    for cell in form.figures:
        if not cell.is_derived:
            found[cell.code] = known[cell.code]
            continue
        of = [found[code] for code in (*cell.over, *cell.under)]
        least = min(of, key=lambda one: one.counted)
        found[cell.code] = NO_SUM if NO_SUM in of else Sum(derive(cell, figure), least.counted, least.expected)
    return found


def broken(checks: Iterable[Check], figures: Mapping[str, Decimal | None]) -> list[Broken]:
    """Return the checks that do not come out; one with an unknown figure says nothing."""
    found = []
    for check in checks:
        left, right = (_sum(codes, figures) for codes in (check.left, check.right))
        if left is not None and right is not None and left != right:
            found.append(Broken(check.name, left, right))
    return found


def _sum(codes: Iterable[str], figures: Mapping[str, Decimal | None]) -> Decimal | None:
    total = Decimal()
    for code in codes:
        value = figures.get(code)
        if value is None:
            return None
        total += value
    return total


def draft(
    sentences: Iterable[Sentence], figures: Mapping[str, Decimal | None], spell: Callable[[str, Decimal], str]
) -> str:
    """Return the sentences that figures make; `spell` writes a cell's figure."""
    said = (_say(sentence, figures, spell) for sentence in sentences)
    return " ".join(words for words in said if words)


def _say(
    sentence: Sentence, figures: Mapping[str, Decimal | None], spell: Callable[[str, Decimal], str]
) -> str:
    if sentence.unless_zero and not figures.get(sentence.unless_zero):
        return ""
    words = sentence.say
    for code, value in figures.items():
        if f"{{{code}}}" in words:
            if value is None:
                return sentence.otherwise
            words = words.replace(f"{{{code}}}", spell(code, value))
    return words
