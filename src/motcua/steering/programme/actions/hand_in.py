"""Handing in a file that takes longer to read than a page may: it is kept, read in a job, and taken away."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath

from django.core.files.base import File

from motcua.foundation.core.files import transit
from motcua.foundation.core.jobs.queue import enqueue
from motcua.foundation.core.verbs import Act, verb
from motcua.steering.programme.kinds import HandInState
from motcua.steering.programme.models import HandIn, Programme
from motcua.steering.programme.policies import PROGRAMMES


@verb("programme.hand_in", policy=PROGRAMMES)
def hand_in(act: Act, *, file: File[bytes]) -> HandIn:
    """Keep a file and read it after the commit. One written for an act that is rolled back the sweeper finds."""
    from motcua.steering.programme import jobs  # jobs call verbs, verbs call jobs: one of them looks late

    name = PurePath(file.name or "tep").name[-120:]
    row = HandIn.objects.create(name=name, stored=transit.put(file, name), by=act.actor.ref, at=act.happened_at)
    act.record(row, first=True)
    enqueue(act, jobs.read_hand_in, row.public_id)
    return row


@verb("programme.end_hand_in", policy=PROGRAMMES, locks=("row",))
def end_hand_in(act: Act, *, row: HandIn, programme: Programme | None = None, problem: str = "") -> HandIn:
    """Close a hand-in with what came of it; its file is not needed any more."""
    stored, row.stored = row.stored, ""
    row.programme, row.problem = programme, problem
    row.state = HandInState.READ if programme else HandInState.REFUSED
    row.save()
    act.record(row, what=row.state)
    if stored:
        act.after_commit(partial(transit.forget, stored))
    return row
