"""The register of agencies as values: dated states, codes and successions, and the events that make them.

All periods are half-open: an agency that closes on 1 July 2025 last existed on 30 June. A *key* names an agency for
ever; names, parents and codes belong to a period, and a freed code may pass to another agency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from motcua.foundation.law.types import Trust


class Scheme(StrEnum):
    """Whose code it is. Every agency has exactly one `REGISTER` code on every day of its life."""

    REGISTER = "register"
    """The code by which this register lists: the statistics code of a territory, else one of our own under it."""
    GSO = "gso"
    """List of administrative units of the General Statistics Office."""
    QCVN = "qcvn"
    """National technical regulation 102:2016, most specific level first: `000.00.01.H03`."""
    D20 = "d20"
    """Decision 20/2020/QĐ-TTg, top level first: `H03.01`."""


class Share(StrEnum):
    """How much of a predecessor a successor took over."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to, not including, `end`; without end it still runs."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Return whether the day lies in the period."""
        return self.start <= day and (self.end is None or day < self.end)

    def meets(self, other: Period) -> bool:
        """Return whether the two periods share a day."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of government; `order` counts from the top."""

    code: str
    name: str
    order: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of agency. `parents` are the kinds it may stand under, "" meaning none; `office` goes before its name."""

    code: str
    name: str
    level: str
    order: int
    parents: tuple[str, ...]
    office: str = ""
    territorial: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The levels and kinds that the register knows. They are data."""

    levels: Mapping[str, Level]
    kinds: Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class Code:
    """A code an agency carries for a period."""

    scheme: Scheme
    code: str
    period: Period
    trust: Trust = Trust.SOURCE


@dataclass(frozen=True, slots=True)
class State:
    """What an agency was called and where it stood during a period."""

    period: Period
    name: str
    form: str
    kind: str
    parent: str | None
    one_stop: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """An agency through its whole life: its states follow each other without gap."""

    key: str
    states: tuple[State, ...]
    codes: tuple[Code, ...]
    aliases: tuple[str, ...] = ()

    @property
    def opened(self) -> date:
        return self.states[0].period.start

    @property
    def closed(self) -> date | None:
        return self.states[-1].period.end

    @property
    def life(self) -> Period:
        return Period(self.opened, self.closed)

    def state_at(self, day: date) -> State | None:
        """Return the state on the day, or None before its opening and after its closing."""
        return next((state for state in self.states if state.period.covers(day)), None)

    def code_at(self, scheme: Scheme, day: date) -> str | None:
        """Return the code of that scheme on the day."""
        return next((code.code for code in self.codes if code.scheme == scheme and code.period.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Succession:
    """On that day the successor took over the predecessor, wholly or in part. `basis` is the document's number."""

    day: date
    predecessor: str
    successor: str
    share: Share
    basis: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Register:
    """All agencies and successions: the value on which every rule works."""

    catalogue: Catalogue
    units: Mapping[str, Unit] = field(default_factory=dict)
    successions: tuple[Succession, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What a new agency is: all that a founding, a merger into something new or a split has to say."""

    key: str
    kind: str
    form: str
    name: str
    parent: str | None
    codes: tuple[tuple[Scheme, str, Trust], ...]
    one_stop: bool = True
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A predecessor in a merger or adjustment, and how much of it passed."""

    key: str
    share: Share = Share.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that a legal document did to the register on a day. `basis` is the document's number."""

    day: date
    basis: str
    trust: Trust = Trust.LAW


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Event):
    """A new agency without predecessor."""

    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename(Event):
    """The same agency under another name or form, as when a commune becomes a township."""

    key: str
    name: str
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reparent(Event):
    """The same agency under another superior."""

    key: str
    parent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Event):
    """The sources close; a new agency or a living one takes them over, their subordinates with them."""

    sources: tuple[Source, ...]
    into: Profile | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust(Event):
    """Parts of the sources pass to a living agency; none closes by it."""

    sources: tuple[Source, ...]
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Event):
    """The source divides into several; it closes, or goes on smaller where `survives`."""

    key: str
    into: tuple[Profile | str, ...]
    survives: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Event):
    """The agency ends; living agencies may take over its duties."""

    key: str
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bequest:
    """What is said of the work that an ended agency leaves: its heir among several (a key), and what is carried along.

    `carried` are the names of those kinds that pass on only where it is asked for (`registry.Dependants.asks`).
    """

    heir: str = ""
    carried: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """One line of the register as of a day. `parent` and `successors` are codes of the same scheme as `code`."""

    key: str
    code: str
    name: str
    title: str
    kind: str
    level: str
    parent: str | None
    valid_from: date
    valid_to: date | None
    successors: tuple[str, ...]
    depth: int
    one_stop: bool
