"""The ledger vouches for people, papers and clock of a dossier: whoever changes a row of them is found out."""
# ruff: noqa: S608 - the SQL is a forger's, and its parts stand in this file

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import crypto, ledger, time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.ledger import Entry
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.refs import new_public_id
from motcua.foundation.core.tests.factories import write_events
from motcua.foundation.core.verbs import Call
from motcua.foundation.core.verification import Kind, verify
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.service.dossiers import actions, vouching
from motcua.service.dossiers.models import ClockEvent, Dossier, DossierPaper
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at
from motcua.service.dossiers.types import Ground

pytestmark = pytest.mark.django_db
NOW = at("2025-04-24T09:00")
WHO = actions.Applicant(
    name="Nông Văn Minh", address="xã Bành Trạch", identity="095088001234", phone="0912 345 678",
    submitted_by="Hà Thị Lan",
)
ODD = 'Bản “sao” "có" \\ dấu\nxuống\tdòng \x01\x1f\x7f \u2028 / 🗂 ắ a\u0306\u0301'
PAPERS = [actions.PaperIn(name="Tờ khai", originals=1), actions.PaperIn(name="Hộ khẩu", copies=2)]


def one(place: Office, **more: Any) -> Dossier:
    return received(place, when=NOW, **({"applicant": WHO, "papers": PAPERS, "request": "Cấp thẻ"} | more))


def moved() -> Dossier:
    """Return a dossier that went its whole way, with every kind of event on its clock."""
    place = office()
    dossier = one(place)
    steps: list[Callable[[Dossier], Dossier]] = [
        lambda d: actions.hand_over(Call(place.counter), dossier=d),
        lambda d: actions.decline(Call(place.specialist), dossier=d, reason="thiếu"),
        lambda d: actions.hand_over(Call(place.counter), dossier=d, note="gấp"),
        lambda d: actions.accept(Call(place.specialist), dossier=d),
        lambda d: actions.suspend(
            Call(place.specialist), dossier=d, ground=Ground.VERIFICATION, policy=PausePolicy.RESUME, reason="hỏi"
        ),
        lambda d: actions.resume(Call(place.specialist), dossier=d),
        lambda d: actions.succeed(
            Call(SYSTEM_ACTOR), dossier=d, predecessor=place.department, heir=AgencyFactory()
        ),
    ]
    for number, step in enumerate(steps):
        with time.travelling(NOW + timedelta(minutes=number)):
            dossier = step(dossier)
    return dossier


def forge(sql: str, *values: str | int | bytes) -> None:
    """Change the store behind the house's back."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


def blamed() -> list[str]:
    report = verify()
    assert {fault.kind for fault in report.faults} <= {Kind.VOUCHED}
    for fault in report.faults:
        assert fault.where in fault.text, "says of which dossier"
        assert not any(word in fault.text for word in ("Nông", "Minh", "Bành", "0950", "0912", "Lan", "khai", "thẻ"))
    return [fault.where for fault in report.faults]


def test_a_dossier_that_went_its_whole_way_is_as_the_ledger_vouches() -> None:
    dossier = moved()
    assert verify().ok
    lines = [
        ledger.facts_of(event)["clock"] for event in LedgerEvent.objects.filter(subject=dossier.ref).order_by("id")
    ]
    assert lines == [vouching.clock(event) for event in dossier.clock.all()] and len(lines) == 8


@pytest.mark.parametrize("end", [
    lambda place, d: actions.return_result(Call(place.counter), dossier=actions.finish(Call(place.counter), dossier=d)),
    lambda place, d: actions.withdraw(Call(place.counter), dossier=d, reason="rút"),
    lambda place, d: actions.recompute(Call(SYSTEM_ACTOR), dossier=d),
])
def test_ends_are_vouched_for_too(end: Callable[[Office, Dossier], Dossier]) -> None:
    place = office()
    with time.travelling(NOW):
        dossier = end(place, one(place))
    assert verify().ok
    forge("DELETE FROM dossiers_clockevent WHERE dossier_id = %s AND sequence = 1", dossier.pk)
    assert blamed() == [dossier.ref]


@pytest.mark.parametrize("papers", [[], [ODD], ["", '"', "\\", "[]", ","]])
def test_the_database_spells_papers_as_the_verb_did(papers: list[str]) -> None:
    place = office()
    one(place, papers=[actions.PaperIn(name=name, originals=at, copies=3) for at, name in enumerate(papers)])
    one(place, applicant=actions.Applicant(name=ODD.replace("\x01", ""), address=ODD), request=ODD)
    assert verify().ok


def test_instants_of_every_grain_are_spelled_alike() -> None:
    place = office()
    for microseconds in (0, 1, 120_000, 999_999):
        received(place, when=NOW + timedelta(microseconds=microseconds))
    assert verify().ok


@pytest.mark.parametrize("change", [
    "applicant = 'Nông Văn Mình'", "applicant_address = 'x'", "submitted_by = ''", "request = 'Cấp lại thẻ'",
    "applicant_phone = NULL", "applicant_identity = NULL",
])
def test_a_change_of_people_is_found(change: str) -> None:
    dossier = one(office())
    forge(f"UPDATE dossiers_dossier SET {change} WHERE id = %s", dossier.pk)
    assert blamed() == [dossier.ref]


@pytest.mark.parametrize("column", ["applicant_identity", "applicant_phone"])
@pytest.mark.parametrize(
    "value", [b"x", b"\x01" + b"y" * 40, b"\xff" * 40, None], ids=["short", "no-seal", "no-key", "another-seal"]
)
def test_a_sealed_column_exchanged_or_not_to_be_opened_is_found(column: str, value: bytes | None) -> None:
    dossier = one(office())
    value = crypto.seal("095088001235") if value is None else value
    forge(f"UPDATE dossiers_dossier SET {column} = %s WHERE id = %s", value, dossier.pk)
    assert blamed() == [dossier.ref]


def test_two_sealed_columns_exchanged_are_found() -> None:
    dossier = one(office())
    forge(
        "UPDATE dossiers_dossier SET applicant_identity = applicant_phone, applicant_phone = applicant_identity "
        "WHERE id = %s", dossier.pk,
    )
    assert blamed() == [dossier.ref]


@pytest.mark.parametrize("salt", ["", "ab" * 16])
def test_a_changed_salt_is_found(salt: str) -> None:
    dossier = one(office())
    forge("UPDATE dossiers_dossier SET salt = %s WHERE id = %s", salt, dossier.pk)
    assert set(blamed()) == {dossier.ref}


@pytest.mark.parametrize("change", [
    "UPDATE dossiers_dossierpaper SET name = 'Tờ khải' WHERE dossier_id = %s AND originals = 1",
    "UPDATE dossiers_dossierpaper SET originals = 2 WHERE dossier_id = %s AND originals = 1",
    "UPDATE dossiers_dossierpaper SET copies = 1 WHERE dossier_id = %s AND copies = 2",
    "DELETE FROM dossiers_dossierpaper WHERE dossier_id = %s AND copies = 2",
    "INSERT INTO dossiers_dossierpaper (dossier_id, name, originals, copies) VALUES (%s, 'Ảnh', 1, 0)",
])
def test_a_paper_changed_added_or_deleted_is_found(change: str) -> None:
    dossier = one(office())
    forge(change, dossier.pk)
    assert blamed() == [dossier.ref]


@pytest.mark.parametrize("change", [
    "what = 'suspend'", "holder = 'citizen'", "policy = 'NO_STOP'", "ground = 'payment'", "sequence = 99",
    "account_id = NULL", "step_id = NULL",
])
def test_a_changed_clock_event_is_found(change: str) -> None:
    dossier = moved()
    forge(f"UPDATE dossiers_clockevent SET {change} WHERE dossier_id = %s AND sequence = 5", dossier.pk)
    assert blamed() == [dossier.ref]


def test_a_clock_event_moved_by_a_moment_or_to_another_agency_is_found() -> None:
    first, second = moved(), moved()
    for dossier, change in (
        (first, {"at": first.received_at + timedelta(microseconds=1)}), (second, {"agency": first.receiving})
    ):
        assert ClockEvent.objects.filter(dossier=dossier, sequence=2).update(**change) == 1
    assert sorted(blamed()) == sorted([first.ref, second.ref])
    assert all("từ dòng số 2" in fault.text for fault in verify().faults)


def test_clock_events_deleted_put_in_or_in_another_order_are_found() -> None:
    ends, begins, longer, turned = moved(), moved(), moved(), moved()
    forge("DELETE FROM dossiers_clockevent WHERE dossier_id = %s AND sequence = 8", ends.pk)
    forge("DELETE FROM dossiers_clockevent WHERE dossier_id = %s AND sequence = 1", begins.pk)
    ClockEvent.objects.filter(dossier=longer, sequence=8).get()
    ClockEvent.objects.create(
        dossier=longer, sequence=9, what="resume", at=NOW, holder="step", agency_id=longer.at_agency_id
    )
    for sequence, other in ((3, 30), (4, 3), (30, 4)):
        ClockEvent.objects.filter(dossier=turned, sequence=sequence).update(sequence=other)
    places = {fault.where: fault.text[-2] for fault in verify().faults}
    assert places == {ends.ref: "8", begins.ref: "1", longer.ref: "9", turned.ref: "3"}


def test_a_dossier_deleted_with_all_its_rows_is_found() -> None:
    dossier = one(office())
    for table in ("dossiers_clockevent", "dossiers_dossierpaper"):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE dossier_id = %s", [dossier.pk])
    forge("DELETE FROM dossiers_dossier WHERE id = %s", dossier.pk)
    assert blamed() == [dossier.ref]


def earlier(of: Dossier) -> Dossier:
    """Return a dossier as it was before the ledger vouched for any: no salt, and no such fact in its events."""
    dossier = Dossier.objects.get(pk=of.pk)
    dossier.pk, dossier.public_id, dossier.code, dossier.salt = None, new_public_id(), f"{of.code}1", ""
    dossier.save(force_insert=True)
    ClockEvent.objects.create(
        dossier=dossier, sequence=1, what="receive", at=NOW, holder="counter", agency=dossier.receiving
    )
    DossierPaper.objects.create(dossier=dossier, name="Tờ khai")
    return dossier


def test_a_dossier_put_in_beside_the_ledger_is_found() -> None:
    dossier = earlier(one(office()))
    assert blamed() == [dossier.ref]


def test_a_dossier_from_before_is_vouched_for_from_its_next_event_on() -> None:
    place = office()
    dossier = earlier(one(place))
    write_events(dossier.ref, NOW - timedelta(days=1), first=True)
    assert verify().ok
    with time.travelling(NOW):
        actions.hand_over(Call(place.counter), dossier=dossier)
    assert verify().ok
    forge("UPDATE dossiers_clockevent SET holder = 'citizen' WHERE dossier_id = %s AND sequence = 2", dossier.pk)
    assert blamed() == [dossier.ref]
    forge("UPDATE dossiers_clockevent SET holder = 'step' WHERE dossier_id = %s AND sequence = 2", dossier.pk)
    assert verify().ok
    forge("DELETE FROM dossiers_clockevent WHERE dossier_id = %s AND sequence = 1", dossier.pk)
    assert blamed() == [dossier.ref]


def test_the_last_event_that_says_the_digests_anew_counts() -> None:
    dossier = one(office())
    Dossier.objects.filter(pk=dossier.pk).update(applicant="Nông Văn Mình")
    assert blamed() == [dossier.ref]
    dossier.refresh_from_db()
    facts = {
        vouching.PEOPLE: ledger.digest(dossier.salt, vouching.people(dossier)),
        vouching.PAPERS: ledger.digest(dossier.salt, vouching.papers(dossier.papers.order_by("id"))),
    }
    entry = Entry(
        subject=dossier.ref, verb="dossier.correct", actor=SYSTEM_ACTOR.ref, agency="", act=new_public_id(), cause="",
        happened_at=time.now(), entered_at=time.now(), facts=facts,
    )
    with transaction.atomic():
        ledger.append([entry])
    assert verify().ok
