"""Counting procedures as of a day: which are in force, for whom, and how each is served.

What a decision says (`serving`) comes first. Where it says nothing, the published record speaks as far as it goes: a
process that begins at a counter is received there, a channel “trực tuyến” is level 3 at least. The rest is unstated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from motcua.foundation.core.policies import Actor
from motcua.foundation.identity.types import Role
from motcua.foundation.indicators.sources import BaseSource, count
from motcua.foundation.indicators.types import Asked, By, Key, Line, Tallies
from motcua.foundation.organisations.models import AgencyState, Kind
from motcua.foundation.organisations.selectors import register_day_of
from motcua.service.procedures.models import ChannelLimit, Procedure, ProcedureVersion, Process, Step
from motcua.service.procedures.places import Place
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.reading.text import fold
from motcua.service.procedures.serving import ProcedureService
from motcua.service.procedures.types import Channel, Level, State

NESTED = 3
"""From this level on a dossier can be handed in online (Decree 43/2011/NĐ-CP)."""


@dataclass(frozen=True, slots=True)
class Served:
    """A procedure as of a day. None is what neither decision nor record says."""

    pk: int
    field: str
    levels: frozenset[str]
    one_stop: bool | None
    interconnected: bool | None
    online: int | None
    has_channel: bool | None
    names: str = ""

    def files_online(self) -> bool | None:
        """Tell whether a dossier can be handed in online: level 3 or 4."""
        return self.has_channel if self.online is None else self.online >= NESTED

    def is_at(self, level: int) -> bool | None:
        """Tell whether it stands at exactly this online level, as far as that is known."""
        if self.online is not None:
            return self.online == level
        return False if self.has_channel is not None and self.has_channel != (level >= NESTED) else None


@dataclass(slots=True)
class Performers:
    """Who carries procedures out: a territory all of its level, another agency where the record names it."""

    territories: dict[str, list[int]] = field(default_factory=dict)
    named: list[tuple[int, str, str]] = field(default_factory=list)

    def of(self, row: Served) -> Iterator[int]:
        """Yield the agencies that carry a procedure out."""
        for level in row.levels:
            yield from self.territories.get(level, ())
        yield from (agency for agency, level, name in self.named if level in row.levels and name in row.names)


def _test(measure: str, row: Served) -> bool | None:
    if measure.startswith("online-") and measure[-1].isdigit():
        return row.is_at(int(measure[-1]))
    if measure.startswith("level-"):
        return measure.removeprefix("level-") in row.levels
    return {
        "in-force": True, "one-stop": row.one_stop, "interconnected": row.interconnected,
        "online": row.files_online(),
    }[measure]


class ProcedureSource(BaseSource):
    """The versions of procedures and what decisions say of them."""

    code = "procedures"

    def tallies(self, measures: Collection[str], asked: Asked, by: By | None) -> Tallies:
        """Count in one pass (2 queries; 2 more where agencies are told apart)."""
        performers = performers_on(asked) if by is By.AGENCY or asked.chosen is not None else None
        rows = list(self._served(asked, performers))

        def lines(row: Served) -> list[Key]:
            if by is By.AGENCY and performers is not None:
                return list(dict.fromkeys(performers.of(row)))
            return [row.field if by is By.FIELD else None]

        return count(rows, {name: partial(_test, name) for name in measures}, lines)

    def _served(self, asked: Asked, performers: Performers | None) -> Iterator[Served]:
        for row in served_on(asked.as_of, with_names=performers is not None):
            is_asked = (not asked.levels or row.levels & asked.levels) and (not asked.field or row.field == asked.field)
            is_performed = asked.chosen is None or (performers is not None and any(performers.of(row)))
            if is_asked and is_performed:
                yield row

    def rows(self, measure: str, asked: Asked) -> QuerySet[Any]:
        performers = performers_on(asked) if asked.chosen is not None else None
        found = [row.pk for row in self._served(asked, performers) if _test(measure, row)]
        return Procedure.objects.filter(pk__in=found)

    def fields(self) -> list[str]:
        return list(Procedure.objects.exclude(field="").order_by().values_list("field", flat=True).distinct())

    def opened(self, rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
        return PROCEDURES.rows(actor, "procedure.read", rows)

    def lines(self, rows: Sequence[Procedure]) -> list[Line]:
        return [
            Line(row.pk, row.name, f"{row.code} · {row.field}", reverse("procedures-one", args=[row.public_id]))
            for row in rows
        ]


def served_on(day: date, *, with_names: bool = False) -> list[Served]:
    """Return all procedures in force on a day (2 queries)."""
    channels = ChannelLimit.objects.filter(of=OuterRef("pk"))
    versions = ProcedureVersion.objects.on(day).annotate(
        has_channels=Exists(channels), files_online=Exists(channels.filter(channel=Channel.ONLINE)),
        at_counter=Exists(_begins_at_counter(day)),
    ).order_by("number")
    columns = ["procedure", "procedure__field", "levels", "coordinating", "has_channels", "files_online", "at_counter"]
    names = ["performing", "competent", "authorised"] if with_names else []
    said = {row.procedure_id: row for row in ProcedureService.objects.on(day)}
    # The latest version of a day speaks for its procedure.
    found = {row[0]: _served(row, said.get(row[0])) for row in versions.values_list(*columns, *names)}
    return list(found.values())


def _begins_at_counter(day: date) -> QuerySet[Process]:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    first = Step.objects.filter(process=OuterRef("pk"), position=1, role=Role.RECEPTION, place=Place.RECEIVING)
    published = Process.objects.filter(begun, running, procedure=OuterRef("procedure")).exclude(state=State.DRAFT)
    return published.filter(Exists(first))


def _served(row: tuple[Any, ...], said: ProcedureService | None) -> Served:
    pk, of_field, levels, coordinating, has_channels, files_online, at_counter, *names = row
    one_stop = said.one_stop if said else None
    interconnected = said.interconnected if said else None
    return Served(
        pk=pk, field=of_field, levels=frozenset(levels),
        one_stop=True if one_stop is None and at_counter else one_stop,
        interconnected=True if interconnected is None and coordinating else interconnected,
        online=said.online if said else None, has_channel=bool(files_online) if has_channels else None,
        names=fold(" ; ".join(name for part in names for name in part)) if names else "",
    )


def performers_on(asked: Asked) -> Performers:
    """Return who carries procedures out on a day, of those asked for (2 queries)."""
    territorial = set(Kind.objects.filter(is_territorial=True).values_list("code", flat=True))
    # An exercise may stand still on a day of the register: its present day is that one.
    day = register_day_of(asked.as_of)
    states = AgencyState.objects.on(day)
    if asked.chosen is not None:
        states = states.filter(agency__in=asked.chosen)
    found = Performers()
    for agency, level, kind, name in states.values_list("agency", "level", "kind", "name"):
        if kind in territorial:
            found.territories.setdefault(level, []).append(agency)
        else:
            found.named.append((agency, level, fold(name)))
    return found


LEVEL_NAMES: Mapping[str, str] = {level.value: level.words for level in Level}
