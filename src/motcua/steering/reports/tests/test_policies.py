"""Who sees and does what: the unit, the level above, who steers, and everybody else."""

from __future__ import annotations

import pytest

from motcua.foundation.core import time as clock
from motcua.foundation.core.actors import ANYONE
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.steering.reports import actions
from motcua.steering.reports.models import Period, Report
from motcua.steering.reports.policies import REPORTS
from motcua.steering.reports.tests.factories import SENT, Province, opened, province, report_of, sent

pytestmark = pytest.mark.django_db
VERBS = ("report.read", "report.write", "report.contest", "report.send", "report.receive", "report.correct")


@pytest.fixture
def at() -> Province:
    return province()


@pytest.fixture
def period(at: Province) -> Period:
    return opened(at)


def may(actor: Actor, report: Report) -> set[str]:
    """Return what somebody may do with a report; a list and a single reading must agree."""
    found = {verb.removeprefix("report.") for verb in VERBS if REPORTS.may(actor, verb, report)}
    listed = {
        verb.removeprefix("report.") for verb in VERBS
        if REPORTS.rows(actor, verb, Report.objects.all()).filter(pk=report.pk).exists()
    }
    assert found == listed
    return found


def test_before_it_is_sent_only_the_unit_and_who_steers_see_a_report(at: Province, period: Period) -> None:
    report = report_of(period, at.communes[0])
    assert may(at.heads[0], report) == {"read", "write", "contest", "send", "correct"}
    assert may(at.officers[0], report) == {"read", "write", "contest", "correct"}
    assert may(at.steward, report) == may(at.auditor, report) == {"read"}
    for nobody in (at.heads[1], at.district_officer, at.chairman, at.stranger, at.director, ANYONE):
        assert may(nobody, report) == set()


def test_what_was_sent_is_read_and_received_by_the_level_above_alone(at: Province, period: Period) -> None:
    report = sent(period, at.communes[0], at.heads[0])
    assert may(at.district_officer, report) == may(at.district_head, report) == {"read", "receive"}
    for nobody in (at.heads[1], at.chairman, at.stranger, ANYONE):
        assert may(nobody, report) == set()


def test_the_provinces_report_is_written_by_who_gathers_and_signed_by_the_chairman(
    at: Province, period: Period
) -> None:
    report = report_of(period, at.top)
    assert may(at.chairman, report) == {"read", "write", "contest", "send", "correct"}
    assert may(at.steward, report) == may(at.director, report) == {"read", "write", "contest", "correct"}
    sent(period, at.gatherer, at.director)
    assert may(at.steward, report_of(period, at.gatherer)) >= {"read", "receive"}


def test_who_only_receives_dossiers_or_opens_accounts_does_not_report(at: Province, period: Period) -> None:
    report = report_of(period, at.communes[0])
    for role in (Role.RECEPTION, Role.CASHIER, Role.AGENCY_ADMIN):
        assert may(officer(role, home_agency=at.communes[0]), report) == set()


def test_a_controllers_period_is_none_of_the_stewards(at: Province) -> None:
    controller = officer(Role.CONTROLLER, Role.SPECIALIST, home_agency=at.gatherer)
    with clock.travelling(SENT):
        period = actions.open_period(
            Call(controller), plan=actions.Plan("kstt", 2026, occasion="q3"), drafter=at.gatherer
        )
    assert REPORTS.may(controller, "report_period.read", period)
    assert not REPORTS.may(at.steward, "report_period.read", period)
    assert may(controller, report_of(period, at.communes[0])) == {"read"}
    assert "read" not in may(at.steward, report_of(period, at.communes[0]))


def test_a_denied_call_changes_nothing(at: Province, period: Period) -> None:
    report = report_of(period, at.communes[0])
    for nobody in (at.heads[1], at.district_officer, at.stranger, at.auditor):
        with pytest.raises(Denied):
            actions.write(Call(nobody), report=report, texts={"W1": "Lời của người khác"})
    assert report.answers.count() == 0
    assert report_of(period, at.communes[0]).version == report.version
