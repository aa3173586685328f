"""What the reading of a decision gives: verbatim text, and beside it what was understood of it.

A printed number is a label, never a key. Unknown, blank, by rule and zero are four different values. Half-read things
keep their text; what is unsure is an `Anomaly` or an unresolved unit, to be asked and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Recurrence(StrEnum):
    """How often a row of the annex falls due."""

    ONCE = "once"
    SPAN = "span"
    ANNUAL = "annual"
    CONTINUOUS = "continuous"
    CONDITIONAL = "conditional"
    NOT_STATED = "not_stated"


class BudgetState(StrEnum):
    """What the money cell says."""

    AMOUNT = "amount"
    BY_RULE = "by_rule"
    BLANK = "blank"


class UnitKind(StrEnum):
    """What a name in a cell is: one agency of the register, a class of them, a body, somebody outside, or unknown."""

    AGENCY = "agency"
    CLASS = "class"
    BODY = "body"
    OUTSIDE = "outside"
    UNRESOLVED = "unresolved"


class AnomalyKind(StrEnum):
    """What disagrees with itself in a document. Shown, never corrected."""

    DUPLICATE_NUMBER = "duplicate_number"
    NUMBER_GAP = "number_gap"
    ROW_WITHOUT_NUMBER = "row_without_number"
    ROW_WITHOUT_PERIOD = "row_without_period"
    PERIOD_UNREAD = "period_unread"
    PERIOD_SEVERAL = "several_times_a_year"
    YEAR_OUTSIDE = "year_outside_programme"
    PERIOD_REVERSED = "period_reversed"
    SUM = "sum_mismatch"
    PERCENTAGE = "percentage_mismatch"
    DIFFERENCE = "difference_mismatch"
    TWO_DATES = "document_with_two_dates"
    BUDGET_TOTAL = "budget_total_mismatch"
    BUDGET_UNREAD = "budget_unread"
    BUDGET_YEARLY = "budget_per_year_mismatch"
    BLANK_REFERENCE = "blank_reference"
    UNIT_UNRESOLVED = "unit_unresolved"
    CELLS_UNSURE = "cells_unsure"
    HEADER_DIFFERS = "header_differs"
    NO_ANNEX = "no_annex"
    NO_TARGETS = "no_targets"


@dataclass(frozen=True, slots=True)
class Header:
    """Who decided what, and when. Missing is None or "", as the document leaves it."""

    number: str = ""
    type: str = ""
    issuing_body: str = ""
    place: str = ""
    issue_date: date | None = None
    effective_date: date | None = None
    signer: str = ""
    signer_office: str = ""
    title: str = ""
    status: str = ""
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document that the decision stands on, as cited."""

    type: str
    number: str
    date: date | None
    year: int | None
    issuer: str
    text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One measurable part of a target. Without a number `value` is None: the words say what is wanted."""

    text: str
    comparator: str
    value: float | None
    unit: str
    scope: str


@dataclass(frozen=True, slots=True)
class Target:
    """A target as printed, and its measurable parts."""

    id: str
    text: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """A solution of the running text, under its heading."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What an agency is made responsible for in the running text."""

    agency: str
    text: str
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A name as read out of a cell. `ids` are register codes of the day of the decision."""

    name: str
    kind: UnitKind
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A date within the year. `strictly_before` means the day before it at the latest."""

    text: str
    month: int
    day: int | None
    strictly_before: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """When a row is to be done. Years are the printed ones, else None."""

    text: str
    recurrence: Recurrence
    start_year: int | None = None
    end_year: int | None = None
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What a row costs, in đồng."""

    text: str
    state: BudgetState
    amount_vnd: int | None = None
    per_year_vnd: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the annex. Texts are the printed cells, blank is ""."""

    uid: str
    number: str
    group: str
    text: str
    product: str
    lead: str
    coordinating: str
    period: Period
    budget: Budget
    lead_units: tuple[Unit, ...] = ()
    coordinating_units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """The printed total of the money against the sum of the rows, in đồng."""

    printed_vnd: int | None
    sum_vnd: int
    printed_text: str = ""

    @property
    def difference_vnd(self) -> int | None:
        """Return how much the rows lack of the printed total; None where none is printed."""
        return None if self.printed_vnd is None else self.printed_vnd - self.sum_vnd


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something that disagrees: where, the text, and the values that do."""

    kind: AnomalyKind
    where: str
    text: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read of a decision, in the order of the document."""

    header: Header
    bases: tuple[LegalBasis, ...] = ()
    targets: tuple[Target, ...] = ()
    solutions: tuple[Solution, ...] = ()
    duties: tuple[Duty, ...] = ()
    tasks: tuple[Task, ...] = ()
    totals: Totals = field(default_factory=lambda: Totals(None, 0))
    anomalies: tuple[Anomaly, ...] = ()
