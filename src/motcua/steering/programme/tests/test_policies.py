"""Owner, colleague, steward, stranger: who reads and who does what."""

from __future__ import annotations

import pytest

from motcua.foundation.core.actors import ANYONE, SYSTEM_ACTOR
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.models import Agency, Inheritance
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.steering.programme.models import Measure, Occurrence, Programme, Task
from motcua.steering.programme.policies import ACCEPTING, LEADING, PROGRAMMES, STEERING
from motcua.steering.programme.tests.factories import Province, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    return Province()


def people(province: Province) -> dict[str, Officer]:
    return {
        "owner": officer(province.justice, Role.SPECIALIST), "colleague": officer(province.health, Role.HEAD),
        "steward": officer(province.steward, Role.STEWARD), "office": officer(province.office, Role.HEAD),
        "counter": officer(province.justice, Role.RECEPTION), "auditor": officer(province.health, Role.AUDITOR),
        "stranger": officer(AgencyFactory(), Role.CHAIRMAN),
    }


def may(province: Province, verb: str, row: object) -> set[str]:
    return {who for who, person in people(province).items() if PROGRAMMES.may(person, verb, row)}


EVERYONE = {"owner", "colleague", "steward", "office", "counter", "auditor", "stranger"}


def test_a_draft_is_read_by_the_steward_and_the_auditor_alone(province: Province) -> None:
    programme = province.drafted()
    assert may(province, "programme.read", programme) == {"steward", "auditor"}
    assert may(province, "programme.read", programme.tasks.first()) == {"steward", "auditor"}
    for model in (Programme, Task, Measure):
        among = model._default_manager.all()
        seen = {who for who, one in people(province).items() if PROGRAMMES.rows(one, "programme.read", among).exists()}
        assert seen == {"steward", "auditor"}, model


def test_what_is_approved_is_read_by_all_who_signed_in(province: Province) -> None:
    programme = province.approved()
    row = Occurrence.objects.get(task__uid="1.1")
    assert may(province, "programme.read", programme) == may(province, "programme.read", row) == EVERYONE
    assert not PROGRAMMES.may(ANYONE, "programme.read", programme)
    assert not PROGRAMMES.rows(ANYONE, "programme.read", Programme.objects.all()).exists()
    assert PROGRAMMES.may(SYSTEM_ACTOR, "programme.approve", programme)


def test_the_lead_agency_writes_its_row_and_the_steward_for_those_who_sent_paper(province: Province) -> None:
    province.approved()
    row = Occurrence.objects.get(task__uid="1.1")
    for verb in LEADING:
        assert may(province, verb, row) == {"owner", "steward"}, verb
    for verb in STEERING:
        assert may(province, verb, row.task) == {"steward"}, verb
    for verb in ACCEPTING:
        assert may(province, verb, row) == {"steward", "office"}, verb


def test_lists_and_single_readings_agree(province: Province) -> None:
    province.approved()
    for person in people(province).values():
        for verb in ("programme.read", "occurrence.submit", "occurrence.drop"):
            among = Occurrence.objects.select_related("task__programme")
            listed = set(PROGRAMMES.rows(person, verb, among).values_list("pk", flat=True))
            assert listed == {row.pk for row in among if PROGRAMMES.may(person, verb, row)}, (person.name, verb)


def test_who_carries_on_an_ended_agency_acts_for_it(province: Province) -> None:
    programme = province.approved()
    heir: Agency = AgencyFactory(name="Sở Pháp chế")
    assert programme.issued_on is not None
    Inheritance.objects.create(predecessor=province.justice, heir=heir, day=programme.issued_on)
    row = Occurrence.objects.get(task__uid="1.1")
    assert PROGRAMMES.may(officer(heir, Role.HEAD), "occurrence.submit", row)


def test_a_verb_nobody_knows_is_nobodys(province: Province) -> None:
    province.approved()
    assert may(province, "programme.burn", Programme.objects.get()) == set()
