"""Verbs of the register. Each enters one dated event: the rules decide, the rows follow, the ledger remembers.

An event names its legal basis by the document's number. The ledger holds a digest of it, for numbers carry letters
(NĐ-CP) that its facts do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from motcua.foundation.core import ledger
from motcua.foundation.core.settings_rows import write as write_setting
from motcua.foundation.core.verbs import Act, Call, verb
from motcua.foundation.organisations import ahead, datafile, jobs, passing, rules, selectors, store
from motcua.foundation.organisations.errors import BadEvent
from motcua.foundation.organisations.models import Agency, Passage, RegisterEvent
from motcua.foundation.organisations.policies import AGENCIES
from motcua.foundation.organisations.store import Stored
from motcua.foundation.organisations.types import (
    Bequest,
    Close,
    Event,
    Found,
    Merge,
    Profile,
    Register,
    Rename,
    Reparent,
    Share,
    Source,
    Split,
)

LAWFUL = Bequest()
"""Nothing is said beyond what the document says: the only successor takes over, and people stay where they are."""


@verb("agency.found", policy=AGENCIES)
def found(act: Act, *, profile: Profile, day: date, basis: str) -> Agency:
    """Found an agency that has no predecessor."""
    return _enter(act, Found(day=day, basis=basis, profile=profile))


@verb("agency.rename", policy=AGENCIES, locks=("agency",))
def rename(act: Act, *, agency: Agency, name: str, form: str, day: date, basis: str) -> Agency:
    """Give the same agency another name or form from a day on."""
    return _enter(act, Rename(day=day, basis=basis, key=agency.key, name=name, form=form))


@verb("agency.reparent", policy=AGENCIES, locks=("agency",))
def reparent(act: Act, *, agency: Agency, parent: Agency, day: date, basis: str) -> Agency:
    """Put an agency under another one from a day on."""
    return _enter(act, Reparent(day=day, basis=basis, key=agency.key, parent=parent.key))


@verb("agency.merge", policy=AGENCIES, locks=("agency",))
def merge(
    act: Act, *, agency: Agency, others: Sequence[Agency], day: date, basis: str, into: Profile | None = None,
    bequest: Bequest = LAWFUL,
) -> Agency:
    """Merge the others into the agency, which stays the same; or, with `into`, it and the others into a new one.

    From the day on the one that takes them over carries their open work.
    """
    sources = [*([agency] if into else []), *others]
    event = Merge(
        day=day, basis=basis, sources=tuple(Source(other.key) for other in sources), into=into or agency.key
    )
    return _enter(act, event, bequest)


@verb("agency.split", policy=AGENCIES, locks=("agency",))
def split(
    act: Act, *, agency: Agency, into: Sequence[Profile | Agency], day: date, basis: str, survives: bool = False,
    bequest: Bequest = LAWFUL,
) -> Agency:
    """Divide an agency among new and living ones; it ends, or goes on smaller where it `survives`.

    Where it ends with open work, `bequest.heir` says which part goes on with it. Raises NoHeir.
    """
    parts = tuple(part if isinstance(part, Profile) else part.key for part in into)
    return _enter(act, Split(day=day, basis=basis, key=agency.key, into=parts, survives=survives), bequest)


@verb("agency.close", policy=AGENCIES, locks=("agency",))
def close(
    act: Act, *, agency: Agency, successors: Sequence[Agency], day: date, basis: str, bequest: Bequest = LAWFUL
) -> Agency:
    """End an agency; living ones may take over its duties. Open work needs an heir: raises NoHeir without one."""
    heirs = tuple(heir.key for heir in successors)
    return _enter(act, Close(day=day, basis=basis, key=agency.key, successors=heirs), bequest)


@verb("agency.choose_heir", policy=AGENCIES, locks=("agency", "heir"))
def choose_heir(act: Act, *, agency: Agency, heir: Agency, carried: Iterable[str] = ()) -> Agency:
    """Say afterwards who goes on with what an ended agency left, where its end named nobody.

    The heir may be any agency at work: a paper that divides duties need not divide dossiers. Raises BadEvent.
    """
    passage = Passage.objects.select_for_update().filter(predecessor=agency, heir__isnull=True).first()
    if passage is None:
        raise BadEvent(f"{agency.name} chưa kết thúc, hoặc đã có cơ quan nhận hồ sơ. Chưa có gì thay đổi.")
    if not selectors.at_work().filter(pk=heir.pk).exists():
        raise BadEvent(f"{heir.name} không còn hoặc chưa hoạt động. Anh/chị chọn cơ quan khác.", field="into")
    passage.heir, passage.carried, passage.entered_at = heir, sorted(carried), act.entered_at
    passage.save()
    passing.inherit(agency, heir, max(passage.day, heir.valid_from))
    agency.save(update_fields=["version"])
    act.record(agency, what="choose-heir", heir=heir.ref, carried=passage.carried)
    jobs.begin(act, passage)
    return agency


@verb("agency.load", policy=AGENCIES)
def load(act: Act, *, events: Sequence[Event]) -> Agency:
    """Enter the events of a data file in its order, all or none. Returns the agency of the first one."""
    stored = store.read(lock=True)
    store.write_catalogue(stored.register.catalogue)
    entered = [_enter_into(stored, act, event, is_load=True) for event in events]
    return entered[0]


def load_place(by: Call, text: str, *, stands_on: date | None = None, goes_on: bool = False) -> int:
    """Load a data file of dated events; what was entered before is passed over. Returns how many were new.

    `stands_on` makes the store an exercise whose register stands still on that day: present lists and names are those
    of the day, while `list --as-of` and histories still read across all dates. With `goes_on` it is never before that
    day, and what is entered for later days takes effect as they come. Raises BadData and BadEvent.
    """
    events = datafile.read_events(text, store.catalogue())
    known = set(RegisterEvent.objects.values_list("digest", flat=True))
    new = [event for event in events if store.event_digest(event) not in known]
    if stands_on is not None:
        write_setting(selectors.STANDS_ON, f"{stands_on}{selectors.ONWARD if goes_on else ''}")
    if new:
        load(by, events=new)
    store.refresh_names(selectors.register_day())
    return len(new)


def _enter(act: Act, event: Event, bequest: Bequest = LAWFUL) -> Agency:
    return _enter_into(store.read(lock=True), act, event, bequest)


def _enter_into(
    stored: Stored, act: Act, event: Event, bequest: Bequest = LAWFUL, *, is_load: bool = False
) -> Agency:
    """Apply one event: rules, rows, the remembered event, who takes over what was open, the ledger."""
    before = stored.register
    if not is_load:
        rules.check_day(event.day, selectors.still_day())
    after = rules.apply(before, event) if is_load else ahead.apply(before, event, selectors.register_day())
    keys = store.write(stored, after, event.basis, selectors.register_day())
    main = stored.rows[_main_key(event)]
    RegisterEvent.objects.create(
        agency=main, what=type(event).__name__.lower(), day=event.day, basis=event.basis, trust=event.trust,
        digest=store.event_digest(event),
    )
    passages = passing.leave(act, stored, before, bequest, is_load=is_load)
    heirs = {passage.predecessor_id: passage.heir.ref for passage in passages if passage.heir is not None}
    # Who gives a part away, or passes later to another one than was recorded, does not change himself.
    keys += (new.predecessor for new in after.successions[len(before.successions):])
    for key in dict.fromkeys([main.key, *keys]):
        row = stored.rows[key]
        passed = _passed(before, after, key, stored)
        _record(act, stored, row, event, is_new=key not in before.units, passed=passed, heir=heirs.get(row.pk))
    for passage in passages:
        jobs.begin(act, passage)
    return main


def _main_key(event: Event) -> str:
    match event:
        case Found():
            return event.profile.key
        case Merge():
            return event.into if isinstance(event.into, str) else event.into.key
    key = getattr(event, "key", None) or event.into  # type: ignore[attr-defined]
    assert isinstance(key, str)
    return key


def _passed(before: Register, after: Register, key: str, stored: Stored) -> list[str]:
    new = after.successions[len(before.successions):]
    return [
        f"{stored.rows[s.successor].ref}{'~part' if s.share == Share.PART else ''}" for s in new if s.predecessor == key
    ]


def _record(
    act: Act, stored: Stored, agency: Agency, event: Event, *, is_new: bool, passed: Iterable[str], heir: str | None
) -> None:
    state = stored.register.units[agency.key].states[-1]
    act.record(
        agency, first=is_new, what=type(event).__name__.lower(), day=event.day.isoformat(),
        name=ledger.digest(agency.public_id, state.name), kind=state.kind,
        parent=stored.rows[state.parent].ref if state.parent else None,
        until=agency.valid_to.isoformat() if agency.valid_to else None,
        basis=ledger.digest(agency.public_id, event.basis), trust=event.trust, passed_to=list(passed),
        heir=heir,
    )
