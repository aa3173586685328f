"""Jobs, the schedule and signs of life: in the transaction or not at all, once across machines, never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from datetime import time as hour
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.core import ledger, time
from motcua.foundation.core.jobs import queue, schedule, signs, working
from motcua.foundation.core.jobs.models import PeriodicRun, SignOfLife
from motcua.foundation.core.jobs.schedule import Periodic

DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
ran: list[str] = []


@queue.job
def note(ref: str) -> None:
    ran.append(ref)


@queue.job
def fail(ref: str) -> None:
    raise ValueError("Nông Văn Minh 095088001234")


@pytest.fixture
def queued(settings: Any) -> Iterator[None]:
    settings.TASKS = DATABASE
    ran.clear()
    yield


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Periodic:
    work = Periodic("test", lambda: ran.append("run"), timedelta(minutes=10))
    monkeypatch.setattr(schedule, "discover", lambda: {"test": work})
    return work


def work_off() -> None:
    hands = working.Hands("here")
    super(working.Hands, hands).run()


@pytest.mark.django_db(transaction=True)
def test_a_job_is_there_exactly_when_its_transaction_is(queued: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue.enqueue(None, note, "dossier:abc")
        raise ZeroDivisionError
    assert not DBTaskResult.objects.exists()
    with transaction.atomic():
        queue.enqueue(None, note, "dossier:abc")
    work_off()
    assert ran == ["dossier:abc"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("argument", ["Nông Văn Minh", "095088001234", "một hai"])
def test_no_personal_data_gets_into_the_queue(queued: None, argument: str) -> None:
    with pytest.raises(ledger.PersonalData):
        queue.enqueue(None, note, argument)
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_an_error_says_is_not_kept_beside_the_job(queued: None) -> None:
    queue.enqueue(None, fail, "dossier:abc")
    work_off()
    row = DBTaskResult.objects.get()
    assert row.status == "FAILED"
    assert "ValueError" in row.traceback
    assert "Minh" not in row.traceback
    assert "095088001234" not in row.traceback


@pytest.mark.django_db(transaction=True)
def test_periodic_work_runs_once_however_many_look(queued: None, only: Periodic) -> None:
    assert schedule.tick() == ["test"]
    assert schedule.tick() == []
    assert DBTaskResult.objects.count() == 1
    work_off()
    assert ran == ["run"]
    row = PeriodicRun.objects.get()
    assert row.lease_until is None
    assert row.finished_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_missed_run_is_caught_up_once_and_a_dead_lease_runs_out(queued: None, only: Periodic) -> None:
    schedule.tick()  # queued, and nobody runs it
    with time.travelling(time.now() + timedelta(minutes=15)):
        assert schedule.tick() == [], "somebody may still hold it"
    with time.travelling(time.now() + timedelta(days=3)):
        assert schedule.tick() == ["test"]
        assert schedule.tick() == []
        assert PeriodicRun.objects.get().next_at > time.now()


@given(st.datetimes(datetime(2015, 1, 2), datetime(2027, 12, 31)), st.integers(1, 1440))  # noqa: DTZ001
def test_the_next_mark_is_the_first_after_now(naive: datetime, minutes: int) -> None:
    now = naive.replace(tzinfo=time.LOCAL_ZONE)
    work = Periodic("x", lambda: None, timedelta(minutes=minutes))
    following = work.next_after(now)
    assert now < following <= now + work.every
    assert work.next_after(following - timedelta(microseconds=1)) == following


def test_nightly_work_is_due_at_its_local_hour() -> None:
    work = Periodic("x", lambda: None, timedelta(days=1), timedelta(hours=2, minutes=10))
    following = work.next_after(datetime(2026, 5, 1, 9, tzinfo=time.LOCAL_ZONE))
    assert time.local(following) == datetime(2026, 5, 2, 2, 10, tzinfo=time.LOCAL_ZONE)
    assert time.local(following).time() == hour(2, 10)


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_dead_worker_is_taken_up_and_a_deadly_one_given_up(queued: None) -> None:
    queue.enqueue(None, note, "dossier:abc")
    long_ago = time.now() - timedelta(hours=1)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["dead"], started_at=long_ago)
    SignOfLife.objects.create(name="dead", kind=signs.WORKER, at=long_ago)
    assert working.take_up() == 1
    work_off()
    assert ran == ["dossier:abc"]
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["a", "b", "dead"], started_at=long_ago)
    working.take_up()
    assert DBTaskResult.objects.get().status == "FAILED"
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["alive"], started_at=long_ago)
    signs.beat(signs.WORKER, "alive")
    assert working.take_up() == 0, "a long job of a living worker is left to it"


@pytest.mark.django_db(transaction=True)
def test_the_desk_is_told_when_the_worker_stopped(queued: None) -> None:
    signs.forget()
    assert signs.notices() == [], "a store where nothing ever waited has nothing to say"
    signs.beat(signs.WORKER, "here")
    with time.travelling(time.now() + timedelta(minutes=10)):
        (notice,) = signs.notices()
        assert "đang dừng từ" in notice.text
        signs.beat(signs.WORKER, "here")
        signs.forget()
        assert signs.notices() == []
    signs.silence("here")
    signs.forget()
    queue.enqueue(None, note, "dossier:abc")
    with time.travelling(time.now() + timedelta(minutes=10)):
        assert "đang dừng" in signs.notices()[0].text
    signs.forget()


@pytest.mark.django_db
def test_core_declares_its_chores() -> None:
    assert {"seal", "sweep-files", "scan-files", "forget-sessions", "forget-jobs"} <= schedule.discover().keys()
    for name in ("sweep-files", "scan-files", "forget-sessions", "forget-jobs"):
        schedule.discover()[name].run()
