"""A process of its own at work on a store: `stores.Hand` starts it and gives it one order a line, as JSON.

Every order is answered with one line: {"answer": …}, or {"refused": code, "message": …} where the product said no.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django

ORDERS: dict[str, Callable[..., Any]] = {}
SHIFT = timedelta(seconds=float(os.environ.get("HANDS_SHIFT", "0")))


def order(function: Callable[..., Any]) -> Callable[..., Any]:
    ORDERS[function.__name__] = function
    return function


@order
def prepare() -> dict[str, Any]:
    """Make the store and an office in it; return the keys by which later orders name them."""
    from django.core.management import call_command

    from motcua.foundation.identity.models import Account
    from motcua.service.dossiers.tests.factories import office

    call_command("migrate", verbosity=0)
    place = office()
    people = {
        name: getattr(place, name).account_id for name in ("counter", "colleague", "specialist", "head", "stranger")
    }
    return {
        **people, "commune": place.commune.pk, "department": place.department.pk, "version": place.version.public_id,
        "version_pk": place.version.pk, "process": place.process.pk, "limit": place.version.limits.get().pk,
        "username": Account.objects.get(pk=people["counter"]).username,
    }


def officer(account: int) -> Any:
    from motcua.foundation.core import time
    from motcua.foundation.identity import selectors
    from motcua.foundation.identity.models import Account

    return selectors.officer(Account.objects.get(pk=account), time.today())


@order
def receive(place: dict[str, Any], by: str = "counter", key: str | None = None, count: int = 1) -> list[list[Any]]:
    """Receive so many dossiers at the commune; return codes and references."""
    from motcua.foundation.core.verbs import Call
    from motcua.foundation.organisations.models import Agency
    from motcua.service.dossiers import actions
    from motcua.service.procedures.models import ChannelLimit, ProcedureVersion, Process

    agencies = Agency.objects.in_bulk([place["commune"], place["department"]])
    process, who = Process.objects.get(pk=place["process"]), officer(place[by])
    made = []
    for _ in range(count):
        dossier = actions.receive(
            Call(who, request_key=key), agency=agencies[place["commune"]], competent=agencies[place["department"]],
            version=ProcedureVersion.objects.get(pk=place["version_pk"]), process=process,
            limit=ChannelLimit.objects.get(pk=place["limit"]), first_step=process.steps.all()[0],
            applicant=actions.Applicant(name="Nông Văn Minh"), papers=[actions.PaperIn(name="Tờ khai", originals=1)],
        )
        made.append([dossier.code, dossier.ref, dossier.pk])
    return made


@order
def press(
    verb: str, dossier: int, by: int, key: str | None = None, seen: int | None = None, **asked: Any
) -> dict[str, Any]:
    """Do a verb on a dossier."""
    from motcua.foundation.calendar.types import PausePolicy
    from motcua.foundation.core.verbs import Call
    from motcua.service.dossiers import actions
    from motcua.service.dossiers.models import Dossier
    from motcua.service.dossiers.types import Ground

    row = Dossier.objects.get(pk=dossier)
    if verb == "suspend":
        asked |= {"ground": Ground.SUPPLEMENT, "policy": PausePolicy.RESUME}
    call = Call(officer(by), request_key=key, seen={} if seen is None else {row.ref: seen})
    done = getattr(actions, verb)(call, dossier=row, **asked)
    return {"ref": done.ref, "version": done.version, "state": done.state}


@order
def hold(dossier: int, seconds: float) -> str:
    """Keep a dossier locked for a while; answers once when it is locked, and with the time when it is let go."""
    from django.db import transaction

    from motcua.foundation.core import time as present
    from motcua.service.dossiers.models import Dossier

    with transaction.atomic():
        Dossier.objects.select_for_update().get(pk=dossier)
        print(json.dumps({"answer": "held"}), flush=True)
        time.sleep(seconds)
        until = present.now()
    return until.isoformat()


@order
def moments(dossier: int) -> list[list[str]]:
    """Return what happened to a dossier and when, and when it was entered."""
    from motcua.foundation.core.models import LedgerEvent
    from motcua.foundation.core.time import from_microseconds
    from motcua.service.dossiers.models import Dossier

    row = Dossier.objects.get(pk=dossier)
    entered = LedgerEvent.objects.filter(subject=row.ref).order_by("sequence").values_list("entered_us", flat=True)
    return [
        [event.what, event.at.isoformat(), from_microseconds(when).isoformat()]
        for event, when in zip(row.clock.all(), entered, strict=True)
    ]


VERBS = (
    "hand_over", "hand_over", "accept", "accept", "finish", "suspend", "resume", "decline", "return_result", "withdraw",
)


@order
def live(place: dict[str, Any], dossiers: list[int], seed: int, acts: int, busy_after: int = 0) -> dict[str, int]:
    """Press buttons at random; return how often each answer came. Answers once before, after so many presses."""
    from motcua.foundation.core.errors import Refusal
    from motcua.service.dossiers.models import Dossier

    chance = random.Random(seed)
    answers: dict[str, int] = defaultdict(int)
    for number in range(acts):
        try:
            if chance.random() < 0.2:
                receive(place, key=f"song-{seed}-{number:04d}")
            else:
                verb, dossier = chance.choice(VERBS), chance.choice(dossiers)
                who = place[chance.choice(["counter", "colleague", "specialist", "head", "head", "counter"])]
                version = Dossier.objects.values_list("version", flat=True).get(pk=dossier)
                asked = {"reason": "thiếu"} if verb in {"suspend", "decline", "withdraw"} else {}
                press(verb, dossier, who, seen=chance.choice([None, version]), **asked)
            answers["done"] += 1
        except Refusal as refusal:
            answers[refusal.code] += 1
        if number + 1 == busy_after:
            print(json.dumps({"answer": "busy"}), flush=True)
    return answers


@order
def prepare_another() -> dict[str, Any]:
    """Make one more office, beside those that other processes made, and a commune that can take its commune over."""
    from motcua.foundation.identity.models import Account
    from motcua.foundation.identity.tests.factories import AccountFactory
    from motcua.foundation.identity.tests.factories import officer as made
    from motcua.foundation.identity.types import Role
    from motcua.foundation.organisations.models import Agency
    from motcua.foundation.organisations.tests.factories import AgencyFactory
    from motcua.service.procedures.models import Procedure
    from motcua.service.procedures.tests.factories import ProcedureFactory

    for factory, model in ((AgencyFactory, Agency), (AccountFactory, Account), (ProcedureFactory, Procedure)):
        factory.reset_sequence(100 + model._base_manager.count(), force=True)
    found, agency = prepare(), AgencyFactory()
    people = {name: made(role, home_agency=agency).account_id
              for name, role in (("heir_counter", Role.RECEPTION), ("heir_head", Role.CHAIRMAN))}
    return {**found, "heir": agency.pk, **people}


@order
def merge(commune: int, heir: int, carried: list[str]) -> str:
    """Let one agency take another one over, as the steward's screen does."""
    from motcua.foundation.core import time as present
    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.verbs import Call
    from motcua.foundation.organisations import actions
    from motcua.foundation.organisations.models import Agency
    from motcua.foundation.organisations.types import Bequest

    rows = Agency.objects.in_bulk([commune, heir])
    done = actions.merge(
        Call(SYSTEM_ACTOR), agency=rows[heir], others=[rows[commune]], day=present.today(), basis="1/NQ",
        bequest=Bequest(carried=frozenset(carried)),
    )
    return str(done.ref)


@order
def pass_on() -> None:
    """Run what the clock runs for ended agencies."""
    from motcua.foundation.organisations import jobs

    jobs.pass_on_due()


@order
def standing(agency: int) -> dict[str, int]:
    """Return how many open dossiers stand at an agency, and how often dossiers were passed on in all."""
    from motcua.foundation.core.models import LedgerEvent
    from motcua.service.dossiers.models import OPEN, ClockEvent, Dossier

    return {
        "open": Dossier.objects.filter(OPEN, at_agency=agency).count(),
        "events": LedgerEvent.objects.filter(verb="dossier.succeed").count(),
        "moments": ClockEvent.objects.filter(what="succeed").count(),
        "twice": Dossier.objects.filter(clock__what="succeed").count()
        - Dossier.objects.filter(clock__what="succeed").distinct().count(),
    }


@order
def seal() -> list[int]:
    """Seal what moved."""
    from motcua.foundation.core.seals import make_seal

    return make_seal()


@order
def fill(spare: int) -> int:
    """Let this process write so many pages more and no further, as on a full disk (SQLite)."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + spare}")
    return int(pages)


@order
def empty() -> None:
    """Give the room back."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")


@order
def slips() -> dict[str, str]:
    """Return the digest of each paper's bytes as they are read now, by the subject it is of."""
    import hashlib

    from motcua.foundation.core.papers import keeping
    from motcua.foundation.core.papers.models import Paper

    return {paper.of: hashlib.sha256(keeping.read(paper)).hexdigest() for paper in Paper.objects.select_related("file")}


@order
def counts() -> dict[str, int]:
    """Return how many rows each table of the house has, denials apart."""
    from django.apps import apps

    models = [model for model in apps.get_models() if model.__module__.startswith("motcua.")]
    return {model.__name__: model._base_manager.count() for model in models if model.__name__ != "Denial"}


@order
def audit() -> dict[str, Any]:
    """Look over the whole store with plain means; return every fault, and what was seen."""
    from tests import auditing

    return auditing.audit()


def main() -> None:
    django.setup()
    from motcua.foundation.core import time as present
    from motcua.foundation.core.errors import Refusal

    if SHIFT:
        present.now = lambda: datetime.now(UTC) + SHIFT
    print(json.dumps({"answer": "ready"}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            told = {"answer": ORDERS[asked.pop("order")](**asked)}
        except Refusal as refusal:
            told = {"refused": refusal.code, "message": refusal.message, "status": refusal.status}
        print(json.dumps(told, default=str), flush=True)


if __name__ == "__main__":
    main()
