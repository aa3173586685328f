"""Three people: the controller, a steward who looks on, a stranger; and a citizen without an account."""

import pytest

from motcua.foundation.core.actors import ANYONE
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.service.procedures.models import ImportRun, Procedure, ProcedureVersion
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.tests.factories import ProcedureFactory, ProcedureVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def versions() -> tuple[ProcedureVersion, ProcedureVersion]:
    live, draft = ProcedureVersionFactory(), ProcedureVersionFactory(state="draft")
    live.procedure.current = live
    live.procedure.save()
    return live, draft


def test_everybody_reads_what_is_in_force_and_keepers_read_drafts(
    versions: tuple[ProcedureVersion, ProcedureVersion],
) -> None:
    live, draft = versions
    for person in (ANYONE, officer(Role.SPECIALIST)):
        assert PROCEDURES.may(person, "procedure.read", live)
        assert not PROCEDURES.may(person, "procedure.read", draft)
        assert list(PROCEDURES.rows(person, "procedure.read", ProcedureVersion.objects.all())) == [live]
        assert list(PROCEDURES.rows(person, "procedure.read", Procedure.objects.all())) == [live.procedure]
    for person in (officer(Role.CONTROLLER), officer(Role.STEWARD)):
        assert PROCEDURES.may(person, "procedure.read", draft)
        assert PROCEDURES.rows(person, "procedure.read", ProcedureVersion.objects.all()).count() == 2


@pytest.mark.parametrize("verb", ["procedure.import", "procedure.publish", "procedure.set_limit", "process.publish"])
def test_only_the_controller_changes_anything(verb: str) -> None:
    row = ProcedureFactory()
    assert PROCEDURES.may(officer(Role.CONTROLLER), verb, row)
    for person in (officer(Role.STEWARD), officer(Role.HEAD), ANYONE):
        assert not PROCEDURES.may(person, verb, row)
        assert not PROCEDURES.rows(person, verb, Procedure.objects.all()).exists()


def test_imports_are_seen_by_those_who_oversee() -> None:
    runs = ImportRun.objects.all()
    assert PROCEDURES.may(officer(Role.STEWARD), "procedure.read_import")
    assert not PROCEDURES.may(officer(Role.SPECIALIST), "procedure.read_import")
    assert not PROCEDURES.rows(ANYONE, "procedure.read_import", runs).exists()
