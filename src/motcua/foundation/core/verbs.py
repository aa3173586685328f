"""Verbs: the only way a row of the house changes. Form, API, import and nightly job call the same function.

    @verb("dossier.hand_over", policy=DOSSIERS, locks=("dossier",))
    def hand_over(act: Act, *, dossier: Dossier, note: str = "") -> Dossier:
        ...
        act.record(dossier, step=3)
        return dossier

    hand_over(Call(actor, request_key=key, seen={dossier.ref: 7}), dossier=dossier)

A verb that calls another passes its own `act` on: the inner one joins the transaction and names its cause.
"""

from __future__ import annotations

import functools
import random
import time as clock
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Model

from motcua.foundation.core import denials, faults, ledger, logs, registers, time
from motcua.foundation.core.errors import Busy, Conflict, Denied, Refusal, StoreFull
from motcua.foundation.core.ledger import Entry, Fact
from motcua.foundation.core.models import LedgerEvent, Subject
from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.core.prepared import Prepared
from motcua.foundation.core.refs import Ref, new_public_id
from motcua.foundation.core.subjects import locked, resolve

P = ParamSpec("P")
R = TypeVar("R")
RETRIES = 4


@dataclass(frozen=True, slots=True)
class Call:
    """How a door calls a verb: who, under which key, and from which versions the screen was drawn."""

    actor: Actor
    request_key: str | None = None
    seen: Mapping[Ref, int] = field(default_factory=dict)
    happened_at: datetime | None = None


@dataclass(slots=True)
class Act:
    """One doing of one verb, while it is being done."""

    actor: Actor
    verb: str
    entered_at: datetime
    happened_at: datetime
    request_key: str | None = None
    seen: Mapping[Ref, int] = field(default_factory=dict)
    cause: str = ""
    id: str = field(default_factory=new_public_id)
    entries: list[Entry] = field(default_factory=list)
    later: list[Callable[[], None]] = field(default_factory=list)
    beside: list[Sequence[Model]] = field(default_factory=list)
    outer: Act | None = None
    changes_registers: bool = False

    def record(self, subject: Subject, *, first: bool = False, **facts: Fact | list[Fact]) -> None:
        """Say in the ledger what was done to the subject: codes, times, references and digests only.

        `first` marks the birth of a subject, which has no chain to look for.
        """
        self.entries.append(
            Entry(
                subject=subject.ref, verb=self.verb, actor=self.actor.ref, agency=self.actor.agency_ref, act=self.id,
                cause=self.cause, happened_at=self.happened_at, entered_at=self.entered_at, facts=facts,
                request_key=self.request_key if not self.entries else None, is_first=first,
            )
        )

    def put(self, *rows: Model) -> None:
        """Put new rows of one model into the store together with the event; nobody in the verb needs their keys."""
        self.beside.append(rows)

    def begins_now(self) -> None:
        """Take the time anew, the locks being held: who waited for another must not be entered before him."""
        instant = time.now()
        if self.happened_at == self.entered_at:
            self.happened_at = instant
        self.entered_at = instant

    def after_commit(self, work: Callable[[], None]) -> None:
        """Do the work once the outermost transaction is safely in the store."""
        if self.outer is not None:
            self.outer.after_commit(work)
        else:
            self.later.append(work)


@dataclass(frozen=True, slots=True)
class Verb:
    """What the house knows of a verb: for tests that look over all of them."""

    name: str
    function: Callable[..., Any]
    policy: Policy
    locks: tuple[str, ...]


log = logs.get_logger(__name__)
VERBS: dict[str, Verb] = {}
_BY_KEY = Prepared(lambda key: LedgerEvent.objects.filter(request_key=key), "")


def verb(
    name: str, *, policy: Policy, locks: tuple[str, ...] = (), on: str | None = None
) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[Concatenate[Call | Act, P], R]]:
    """Make a verb of a function. `locks` names the arguments to lock, `on` the one the policy is asked about.

    `on` is the first lock unless said otherwise; a verb that makes a new row names the row it stands under.
    """
    target = on or (locks[0] if locks else None)

    def decorate(function: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Call | Act, P], R]:
        if name in VERBS:
            raise ValueError(f"two verbs are called {name}")
        known = VERBS[name] = Verb(name, function, policy, locks)

        @functools.wraps(function)
        def run(by: Call | Act, *args: P.args, **kwargs: P.kwargs) -> R:  # noqa: ARG001 - verbs take keywords only
            if isinstance(by, Act):
                result: R = _perform(known, target, _joined(by, name), kwargs)
                return result
            result = _outermost(known, target, by, kwargs)
            return result  # noqa: RET504 - names the type for mypy

        return run  # type: ignore[return-value]  # the wrapper takes a call where the function takes an act

    return decorate


def _joined(outer: Act, name: str) -> Act:
    return Act(
        actor=outer.actor, verb=name, entered_at=outer.entered_at, happened_at=outer.happened_at,
        cause=outer.id, outer=outer, seen=outer.seen,
    )


def _outermost(known: Verb, target: str | None, call: Call, kwargs: dict[str, Any]) -> Any:
    """Run in a transaction of its own; again after a deadlock; give the first answer to a key answered already."""
    for attempt in range(RETRIES):
        instant = time.now()
        act = Act(
            actor=call.actor, verb=known.name, entered_at=instant, happened_at=call.happened_at or instant,
            request_key=call.request_key, seen=call.seen,
        )
        try:
            with transaction.atomic(durable=True):
                result = _perform(known, target, act, dict(kwargs))
                if act.changes_registers:
                    registers.renew()
        except (Refusal, IntegrityError) as refusal:
            # The same key, pressed twice: the ledger takes a key once, so the first press stands; its answer is ours.
            first = _answered(act)
            if first is not None:
                return first
            if isinstance(refusal, Denied):
                _write_denial(act, refusal, kwargs.get(target) if target else None)
            raise
        except OperationalError as error:
            if faults.is_full(error):
                raise StoreFull from error
            if not faults.is_passing(error):
                raise
            if attempt + 1 == RETRIES:
                raise Busy from error
            clock.sleep(random.uniform(0.01, 0.05) * (attempt + 1))  # noqa: S311
            continue
        _do_later(act)
        return result
    raise Busy


def _do_later(act: Act) -> None:
    """Do what follows the commit. What goes wrong here must not tell the person that nothing was written: it was."""
    for work in act.later:
        try:
            work()
        except Exception:
            log.exception("what follows a verb went wrong", verb=act.verb)


def _perform(known: Verb, target: str | None, act: Act, kwargs: dict[str, Any]) -> Any:
    if known.policy.guards_registers:
        _changes_registers(act)
    kwargs.update(locked({name: kwargs[name] for name in known.locks}))
    if known.locks and act.outer is None:
        act.begins_now()
    _compare_versions(act, [kwargs[name] for name in known.locks])
    refusal = known.policy.refusal(act.actor, known.name, kwargs.get(target) if target else None)
    if refusal is not None:
        raise Denied(refusal)
    result = known.function(act, **kwargs)
    if not act.entries:
        raise AssertionError(f"the verb {known.name} wrote no event")
    if act.request_key is not None and isinstance(result, Subject):
        _remember(act, result.ref)
    ledger.append(act.entries, act.beside)
    return result


def _changes_registers(act: Act) -> None:
    """Let the outermost act leave a new mark, and read nothing that was kept from here on."""
    registers.changing()
    while act.outer is not None:
        act = act.outer
    act.changes_registers = True


def _remember(act: Act, answer: Ref) -> None:
    """Let the key stand in the event of what the verb returns: a second press must be given the same again."""
    first, found = act.entries[0], [at for at, entry in enumerate(act.entries) if entry.subject == answer]
    if found and found[0]:
        act.entries[found[0]] = replace(act.entries[found[0]], request_key=first.request_key)
        act.entries[0] = replace(first, request_key=None)


def _compare_versions(act: Act, subjects: list[Subject]) -> None:
    for subject in subjects:
        seen = act.seen.get(subject.ref)
        if seen is not None and seen != subject.version:
            raise Conflict(
                "Có người khác vừa xử lý trước anh/chị, nên việc này chưa được ghi. "
                "Trang đã tải lại với tình trạng mới nhất; anh/chị xem lại rồi làm tiếp."
            )


def _answered(act: Act) -> Any:
    """Return the first answer to this request key, or None. A key of somebody else is refused."""
    if act.request_key is None:
        return None
    event = _BY_KEY.first(act.request_key)
    if event is None:
        return None
    if event.actor != act.actor.ref or event.verb != act.verb:
        raise Refusal("Mã yêu cầu này đã dùng cho việc khác. Anh/chị tải lại trang rồi làm lại.")
    return resolve(Ref(event.subject))


def _write_denial(act: Act, denied: Denied, row: object) -> None:
    """Note it outside the transaction that was rolled back, once a quarter of an hour however often it is pressed."""
    denials.write(act.actor, act.verb, row.ref if isinstance(row, Subject) else "", denied.message)
