"""The register's verbs as screens offer them: the form of each, its preview, and how it is entered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations import actions, ahead, forms, passing, selectors, store
from motcua.foundation.organisations.effects import Effect, effects
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.passing import Estate
from motcua.foundation.organisations.types import (
    Bequest,
    Close,
    Event,
    Found,
    Merge,
    Profile,
    Rename,
    Reparent,
    Split,
)


@dataclass(frozen=True, slots=True)
class Doing:
    """A verb on the page of an agency."""

    slug: str
    form: type[forms.EventForm]
    icon: str
    is_end: bool = False


DOINGS = {
    doing.slug: doing
    for doing in (
        Doing("doi-ten", forms.RenameForm, "edit"),
        Doing("chuyen-cap-tren", forms.ReparentForm, "sitemap"),
        Doing("nhap-vao", forms.AbsorbForm, "transfer-in"),
        Doing("hop-nhat", forms.UniteForm, "arrows-exchange"),
        Doing("chia-tach", forms.SplitForm, "transfer-out"),
        Doing("ket-thuc", forms.CloseForm, "ban", is_end=True),
    )
}
FOUND = Doing("moi", forms.FoundForm, "plus")


@dataclass(frozen=True, slots=True)
class Preview:
    """What an event would do, and what becomes of the things at agencies that it ends.

    `digest` tells that what is entered is what was shown.
    """

    effects: tuple[Effect, ...]
    estates: tuple[Estate, ...]
    digest: str


def preview(event: Event, bequest: Bequest) -> Preview:
    """Return what the event would change, without writing anything. Raises BadEvent, NoHeir."""
    stored = store.read()
    after = ahead.apply(stored.register, event, selectors.register_day())
    estates = passing.estates(stored, after, bequest)
    said = f"{store.event_digest(event)} {bequest.heir} {sorted(bequest.carried)}"
    return Preview(effects(stored.register, after), estates, hashlib.sha256(said.encode()).hexdigest())


def perform(by: Call, event: Event, bequest: Bequest) -> Agency:  # noqa: PLR0911 - one return a verb
    """Enter the event through its verb, and return the agency concerned."""
    day, basis = event.day, event.basis
    match event:
        case Found():
            return actions.found(by, profile=event.profile, day=day, basis=basis)
        case Rename():
            return actions.rename(by, agency=_row(event.key), name=event.name, form=event.form, day=day, basis=basis)
        case Reparent():
            return actions.reparent(by, agency=_row(event.key), parent=_row(event.parent), day=day, basis=basis)
        case Merge(into=str() as key):
            return actions.merge(
                by, agency=_row(key), others=_rows(s.key for s in event.sources), day=day, basis=basis,
                bequest=bequest,
            )
        case Merge(into=Profile() as profile):
            first, *others = _rows(source.key for source in event.sources)
            return actions.merge(
                by, agency=first, others=others, into=profile, day=day, basis=basis, bequest=bequest
            )
        case Split():
            parts = [part if isinstance(part, Profile) else _row(part) for part in event.into]
            return actions.split(
                by, agency=_row(event.key), into=parts, survives=event.survives, day=day, basis=basis, bequest=bequest
            )
        case Close():
            return actions.close(
                by, agency=_row(event.key), successors=_rows(event.successors), day=day, basis=basis, bequest=bequest
            )
    raise TypeError(f"no verb enters {type(event).__name__}")


def _row(key: str) -> Agency:
    return Agency.objects.get(key=key)


def _rows(keys: Iterable[str]) -> list[Agency]:
    return [_row(key) for key in keys]
