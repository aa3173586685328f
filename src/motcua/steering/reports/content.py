"""What a report says, as one value: shown on screen, frozen on sending, set on paper.

A version that was sent says what was frozen; an open report is worked out now, with what units below have sent.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from motcua.foundation.core import words
from motcua.steering.reports import rules
from motcua.steering.reports.filling import plain
from motcua.steering.reports.models import Answer, Edition, Remark, Report
from motcua.steering.reports.types import Carried, Cell, CellKind, Contested, Figure, Form, RemarkKind, Sum

FORM = "motcua-report/1"


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of a report with both sides: the registry's of the unit alone and of all below, and what units say."""

    cell: Cell
    own: Decimal | None
    stated: Decimal | None
    note: str
    signer: str
    whole: Decimal | None
    sum: Sum
    why: str = ""
    as_of: str = ""
    unstated: int = 0
    gathers: bool = False
    carried: tuple[Carried, ...] = ()

    @property
    def registry(self) -> Decimal | None:
        """The registry's number of all that the report tells of."""
        return self.whole if self.gathers else self.own

    @property
    def spoken(self) -> Decimal | None:
        """The figure that sentences speak of."""
        return self.sum.value if not self.gathers or self.cell.kind is CellKind.MANUAL else self.whole

    @property
    def adds(self) -> bool:
        """Whether a sum over units means anything."""
        return self.sum.expected > 0

    @property
    def differs(self) -> bool:
        """Whether all units' figures together and what the registry counts are two known and different numbers.

        While some have not sent, the two are of different units, and nothing can be said.
        """
        both = self.sum.value is not None and self.registry is not None and self.sum.is_whole
        return both and self.sum.value != self.registry


@dataclass(frozen=True, slots=True)
class Part:
    """A unit whose report is taken up: what of it stands, or that nothing does yet."""

    report: str
    unit: str
    state: str
    edition: int = 0
    sha256: str = ""
    sums: Mapping[str, Sum] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    expected: int = 1
    contested: tuple[Contested, ...] = ()

    @property
    def is_in(self) -> bool:
        return bool(self.sha256)


@dataclass(frozen=True, slots=True)
class Content:
    """All of a report."""

    form: Form
    figures: tuple[Said, ...]
    texts: Mapping[str, str]
    parts: tuple[Part, ...] = ()
    gathers: bool = False
    contested: tuple[Contested, ...] = ()

    @property
    def missing(self) -> tuple[Part, ...]:
        """The units of which nothing stands yet."""
        return tuple(part for part in self.parts if not part.is_in)

    @property
    def digest(self) -> str:
        """What a signer saw: other figures, words or versions of the units below give another digest.

        That a unit's version was received meanwhile changes nothing of it.
        """
        kept = frozen(self)
        parts = [[one["report"], one["sha256"]] for one in kept["parts"]]
        return hashlib.sha256(canonical({**kept, "parts": parts})).hexdigest()

    @property
    def cover(self) -> tuple[int, int]:
        """Of how many units most of the sums are, and of how many there are: said once, not at every figure."""
        covers = Counter((said.sum.counted, said.sum.expected) for said in self.figures if said.adds)
        return covers.most_common(1)[0][0] if covers else (0, 0)

    @property
    def wordless(self) -> tuple[str, ...]:
        """The required texts that nobody has written and saved: without them nothing can be sent."""
        needed = (cell for cell in self.form.texts if cell.required)
        return tuple(cell.name for cell in needed if not self.texts.get(cell.code, "").strip())

    def figure(self, code: str) -> Said | None:
        return next((said for said in self.figures if said.cell.code == code), None)

    @property
    def spoken(self) -> dict[str, Decimal | None]:
        """The figures that sentences speak of: a unit's as it reports them, a whole as the registry counts it."""
        return {said.cell.code: said.spoken for said in self.figures}


def contents(reports: Iterable[Report]) -> dict[int, Content]:
    """Return what open reports say now, by key (5 queries for any number of them, their periods being read)."""
    rows = list(reports)
    keys = [row.pk for row in rows]
    answers = _by_report(Answer.objects.filter(report__in=keys))
    contests = _by_report(
        Remark.objects.filter(report__in=keys, what=RemarkKind.CONTEST, ended_at__isnull=True)
        .select_related("note", "signer")
    )
    parts = parts_of(row for row in rows if row.gathers)
    return {
        row.pk: build(row, answers.get(row.pk, []), contests.get(row.pk, []), parts.get(row.pk, ())) for row in rows
    }


def content_of(report: Report) -> Content:
    """Return what one report says now."""
    return contents([report])[report.pk]


def _by_report(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.report_id, []).append(row)
    return found


def parts_of(reports: Iterable[Report]) -> dict[int, tuple[Part, ...]]:
    """Return the units below each report, as they were sent, in the order of the chain (2 queries)."""
    keys = [report.pk for report in reports]
    if not keys:
        return {}
    rows = list(Report.objects.filter(above__in=keys).select_related("unit").order_by("pk"))
    editions = {
        (edition.report_id, edition.number): edition
        for edition in Edition.objects.filter(report__above__in=keys)
    }
    sizes = _sizes(rows)
    found: dict[int, list[Part]] = {key: [] for key in keys}
    for row in rows:
        edition = editions.get((row.pk, row.edition)) if row.is_counted else None
        assert row.above_id is not None
        found[row.above_id].append(_part(row, edition, sizes[row.pk]))
    return {key: tuple(parts) for key, parts in found.items()}


def _sizes(rows: Iterable[Report]) -> dict[int, int]:
    """Return of how many units each report is, itself counted (1 query for all that gather)."""
    rows = list(rows)
    gathering = [row for row in rows if row.gathers]
    above: dict[int, int | None] = {}
    if gathering:
        pairs = Report.objects.filter(period__in={row.period_id for row in rows}).values_list("pk", "above_id")
        above = dict(pairs)
    return {row.pk: len(rules.below(row.pk, above)) if row.gathers else 1 for row in rows}


def _part(row: Report, edition: Edition | None, size: int) -> Part:
    if edition is None:
        return Part(row.public_id, row.unit.name, row.state, expected=size)
    frozen = edition.content
    sums = {code: _sum_of(one["sum"]) for code, one in frozen["figures"].items()}
    contested = _contested_of(frozen.get("contested", ()))
    return Part(
        row.public_id, row.unit.name, row.state, edition.number, edition.sha256, sums, frozen["texts"], size, contested
    )


def _contested_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Contested, ...]:
    return tuple(
        Contested(
            one["unit"], one["cell"], decimal(one["registry"]), decimal(one["stated"]), one["note"], one["signer"]
        )
        for one in kept
    )


def _carried_of(kept: Mapping[str, Any]) -> tuple[Carried, ...]:
    return tuple(Carried(name, day, Decimal(value)) for name, day, value in kept.get("carried", ()))


def _sum_of(kept: Mapping[str, Any]) -> Sum:
    return Sum(decimal(kept["value"]), kept["counted"], kept["expected"])


def decimal(text: str | None) -> Decimal | None:
    """Return an exact number as it was kept."""
    return None if text is None else Decimal(text)


def build(report: Report, answers: Iterable[Answer], contests: Iterable[Remark], parts: tuple[Part, ...]) -> Content:
    """Put together what a report says, from its rows."""
    form, own = report.period.shape, report.numbers["own"]
    answered = {answer.cell: answer for answer in answers}
    contested = {remark.cell: remark for remark in contests}
    stated = {code: remark.value for code, remark in contested.items()}
    stated |= {code: answer.value for code, answer in answered.items() if answer.value is not None}
    mine = {cell.code: decimal(own.get(cell.code, {}).get("value")) for cell in form.figures}
    said = {code: Figure(value, stated.get(code)) for code, value in mine.items()}
    sums = _sums(form, said, parts, gathers=report.gathers)
    whole = {code: decimal(one["value"]) for code, one in report.numbers.get("whole", {}).items()}
    mine, whole = rules.complete(form, mine), rules.complete(form, whole)
    beside = {cell.code: _said(cell, own.get(cell.code, {}), contested.get(cell.code)) for cell in form.figures}
    figures = tuple(
        replace(
            beside[code], own=mine[code], stated=stated.get(code), whole=whole.get(code), sum=sums[code],
            gathers=report.gathers,
        )
        for code in beside
    )
    texts = {cell.code: answered[cell.code].text if cell.code in answered else "" for cell in form.texts}
    mine_said = tuple(
        Contested(report.unit.name, said.cell.code, said.own, said.stated, said.note, said.signer)
        for said in figures if said.cell.code in contested
    )
    below = tuple(one for part in parts for one in part.contested)
    return Content(form, figures, texts, parts, report.gathers, (*mine_said, *below))


def _sums(form: Form, figures: Mapping[str, Figure], parts: tuple[Part, ...], *, gathers: bool) -> dict[str, Sum]:
    """Return what the unit reports and what those below have sent, added."""
    found = {}
    for cell in form.figures:
        below = [part.sums.get(cell.code, Sum(None, 0, part.expected)) for part in parts]
        total = rules.add([rules.alone(figures[cell.code]), *below])
        found[cell.code] = total if cell.adds or not gathers else rules.NO_SUM
    return rules.complete_sums(form, found)


def _said(cell: Cell, kept: Mapping[str, Any], remark: Remark | None) -> Said:
    """Return a figure with what is said beside it; its two sides are put in by `build`."""
    return Said(
        cell=cell, own=None, stated=None, note=remark.note.words if remark else "",
        signer=remark.signer.full_name if remark and remark.signer else "", whole=None, sum=Sum(None, 0, 1),
        why=kept.get("why", ""), as_of=kept.get("as_of") or "", unstated=kept.get("unstated", 0),
        carried=_carried_of(kept),
    )


def frozen(content: Content) -> dict[str, Any]:
    """Return the part of a version that says what the report says."""
    return {
        "figures": {said.cell.code: _frozen_figure(said) for said in content.figures},
        "texts": dict(content.texts), "gathers": content.gathers,
        "contested": [
            asdict(one) | {"registry": _text(one.registry), "stated": _text(one.stated)} for one in content.contested
        ],
        "parts": [
            {
                "report": part.report, "unit": part.unit, "state": part.state, "edition": part.edition,
                "sha256": part.sha256, "expected": part.expected, "texts": dict(part.texts),
                "sums": {code: _frozen_sum(one) for code, one in part.sums.items()},
            }
            for part in content.parts
        ],
    }


def _frozen_figure(said: Said) -> dict[str, Any]:
    return {
        "own": _text(said.own), "stated": _text(said.stated), "note": said.note, "signer": said.signer,
        "whole": _text(said.whole), "sum": _frozen_sum(said.sum), "why": said.why, "as_of": said.as_of,
        "unstated": said.unstated, "carried": [[one.name, one.day, plain(one.value)] for one in said.carried],
    }


def _frozen_sum(one: Sum) -> dict[str, Any]:
    return {"value": _text(one.value), "counted": one.counted, "expected": one.expected}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def thawed(form: Form, kept: Mapping[str, Any]) -> Content:
    """Return what a version said when it was sent."""
    figures = tuple(
        Said(
            cell=cell, own=decimal(one["own"]), stated=decimal(one["stated"]), note=one["note"], signer=one["signer"],
            whole=decimal(one["whole"]), sum=_sum_of(one["sum"]), why=one["why"], as_of=one["as_of"],
            unstated=one["unstated"], gathers=kept["gathers"], carried=_carried_of(one),
        )
        for cell in form.figures if (one := kept["figures"].get(cell.code)) is not None
    )
    parts = tuple(
        Part(
            one["report"], one["unit"], one["state"], one["edition"], one["sha256"],
            {code: _sum_of(inner) for code, inner in one["sums"].items()}, one["texts"], one["expected"],
        )
        for one in kept["parts"]
    )
    return Content(form, figures, kept["texts"], parts, kept["gathers"], _contested_of(kept.get("contested", ())))


def canonical(what: Mapping[str, Any]) -> bytes:
    """Return the one spelling of a version: the bytes that are stored and hashed."""
    return json.dumps(what, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def spell(form: Form, code: str, value: Decimal) -> str:
    """Return a figure as people write it: 1.234 or 97,5%."""
    cell = form.cell(code)
    if cell is not None and cell.kind is CellKind.RATIO:
        return f"{words.number(value, 1)}%"
    return words.number(value)


def draft(content: Content, cell: Cell) -> str:
    """Return the first draft of a text: sentences from the figures, then what the units below wrote."""
    said = rules.draft(cell.draft, content.spoken, lambda code, value: spell(content.form, code, value))
    lines = [said] if said else []
    if cell.gathers:
        lines += [f"- {part.unit}: {text}" for part in content.parts if (text := part.texts.get(cell.code, "").strip())]
    return "\n".join(lines)
