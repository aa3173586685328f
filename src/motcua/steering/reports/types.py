"""What crosses the border of this room: regimes, forms, figures, and what a report says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from motcua.foundation.identity.types import Role


class State(StrEnum):
    """Where a report stands. One that is corrected counts as it was sent until the next version is sent."""

    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"
    CORRECTING = "correcting"

    @property
    def label(self) -> str:
        return {
            "draft": "Đang làm", "sent": "Đã gửi", "received": "Cấp trên đã nhận", "returned": "Bị trả lại",
            "correcting": "Đang đính chính",
        }[self.value]


OPEN = frozenset({State.DRAFT, State.RETURNED, State.CORRECTING})
"""States in which words and contested figures may change."""
COUNTED = frozenset({State.SENT, State.RECEIVED, State.CORRECTING})
"""States in which what was sent last stands, and the level above counts it."""


class PeriodKind(StrEnum):
    """Why a period was opened."""

    PERIODIC = "periodic"
    AD_HOC = "ad-hoc"
    THEMATIC = "thematic"

    @property
    def label(self) -> str:
        return {"periodic": "Định kỳ", "ad-hoc": "Đột xuất", "thematic": "Chuyên đề"}[self.value]


class CellKind(StrEnum):
    """Where a cell's content comes from."""

    NUMBER = "number"
    """An indicator."""
    TOTAL = "total"
    """Other cells, added."""
    RATIO = "ratio"
    """Some cells in percent of others."""
    MANUAL = "manual"
    """Typed by the unit: no record of the platform holds it."""
    WORDS = "words"


class Rank(StrEnum):
    """How far below the top a unit stands; due dates are set by it."""

    TOP = "top"
    DIRECT = "direct"
    BELOW = "below"

    @property
    def label(self) -> str:
        return {"top": "Cả tỉnh", "direct": "Gửi thẳng lên tỉnh", "below": "Gửi cấp trên trực tiếp"}[self.value]


class RemarkKind(StrEnum):
    """Why somebody signed a note about a report."""

    CONTEST = "contest"
    RETURN = "return"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence made from cells, `{A1}` being the figure of cell A1. `otherwise` is said where one is unknown;
    nothing is said where the cell `unless_zero` is zero."""

    say: str
    otherwise: str = ""
    unless_zero: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a form. `before` asks the indicator as of the day before the period; `gathers` puts what the units
    below wrote into the draft of the level above. A cell that does not `adds` counts the same thing at several units
    (a procedure that all communes carry out): no sum of it means anything."""

    code: str
    name: str
    kind: CellKind
    unit: str = ""
    indicator: str = ""
    before: bool = False
    over: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    adds: bool = True
    gathers: bool = False
    required: bool = False
    draft: tuple[Sentence, ...] = ()

    @property
    def is_figure(self) -> bool:
        return self.kind is not CellKind.WORDS

    @property
    def is_derived(self) -> bool:
        """Tell whether it is worked out from other cells, and so cannot be contested itself."""
        return self.kind in {CellKind.TOTAL, CellKind.RATIO}


@dataclass(frozen=True, slots=True)
class Check:
    """Two sums of cells that ought to be equal. Where they are not it is said; nothing is corrected."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form."""

    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form as data: what a report of a regime asks."""

    code: str
    name: str
    title: str
    basis: str
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for section in self.sections for cell in section.cells)

    @property
    def figures(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.is_figure)

    @property
    def texts(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if not cell.is_figure)

    def cell(self, code: str) -> Cell | None:
        """Return a cell by its code, or None."""
        return next((cell for cell in self.cells if cell.code == code), None)


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of the year reported on, or (`year` −1) of the year before."""

    year: int
    month: int
    day: int

    def of(self, year: int) -> date:
        """Return the day for a year reported on."""
        return date(year + self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A report of the year: what it is called, the days it tells of, when it is due at each rank."""

    code: str
    name: str
    first: YearDay
    last: YearDay
    due: Mapping[Rank, YearDay]


@dataclass(frozen=True, slots=True)
class RegimeVersion:
    """A regime while one text held: who reports (kinds of agencies), to whom it goes in the end, and when.

    `prepared_by` names, by kind of unit, the agency under it that prepares its report.
    """

    valid_from: date
    valid_to: date | None
    basis: str
    trust: str
    kinds: tuple[str, ...]
    outside: tuple[str, ...]
    prepared_by: Mapping[str, str]
    occasions: tuple[Occasion, ...]

    def occasion(self, code: str) -> Occasion | None:
        return next((one for one in self.occasions if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Regime:
    """A regime of reports: who opens its periods, its form, its versions in time."""

    code: str
    name: str
    opened_by: Role
    form: str
    versions: tuple[RegimeVersion, ...]

    def on(self, day: date) -> RegimeVersion | None:
        """Return the version that holds on a day, or None."""
        return next(
            (one for one in self.versions if one.valid_from <= day and (one.valid_to is None or day < one.valid_to)),
            None,
        )


@dataclass(frozen=True, slots=True)
class Window:
    """The days a period tells of, and the day each rank's reports are due."""

    first: date
    last: date
    due: Mapping[Rank, date]


@dataclass(frozen=True, slots=True)
class Counted:
    """A number as the registry gave it: exact, with its day, or why it is unknown."""

    value: Decimal | None
    as_of: date | None = None
    why: str = ""
    unstated: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """The part of a unit's number that is of an agency it carries on, and the day on which that one had ended."""

    name: str
    day: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of one unit: what the registry counted, and what the unit says instead (contested, or typed)."""

    registry: Decimal | None
    stated: Decimal | None = None

    @property
    def reported(self) -> Decimal | None:
        """The unit's own figure where it gave one, else the registry's."""
        return self.registry if self.stated is None else self.stated


@dataclass(frozen=True, slots=True)
class Contested:
    """A figure that a unit says is another one: both, why, and who signed it."""

    unit: str
    cell: str
    registry: Decimal | None
    stated: Decimal | None
    note: str
    signer: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What units reported, added: over how many whose figure is known, of how many that there are."""

    value: Decimal | None
    counted: int
    expected: int

    @property
    def is_whole(self) -> bool:
        return self.counted == self.expected


@dataclass(frozen=True, slots=True)
class Broken:
    """A check that does not come out."""

    name: str
    left: Decimal
    right: Decimal


@dataclass(frozen=True, slots=True)
class Node:
    """A unit of the chain. `own` are the agencies its own numbers are of: itself, and what reports nothing itself.

    `drafter` prepares its report: itself, unless one of those under it does.
    """

    agency: int
    above: int | None
    rank: Rank
    own: frozenset[int] = field(default_factory=frozenset)
    drafter: int | None = None
