"""`ledger verify` finds a version that was changed behind the verbs' back."""

from __future__ import annotations

import hashlib

import pytest

from motcua.foundation.core.verification import verify
from motcua.steering.reports.models import Edition, Report
from motcua.steering.reports.tests.factories import Province, opened, province, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Province:
    return province()


def found(report: Report) -> list[str]:
    """Return what verification says of a report."""
    return [fault.text for fault in verify().faults if fault.where == report.ref]


def test_versions_that_were_left_alone_are_in_order(at: Province) -> None:
    period = opened(at)
    report = sent(period, at.communes[0], at.heads[0])
    assert found(report) == []


def test_a_changed_version_is_found_even_with_its_digest_made_anew(at: Province) -> None:
    report = sent(opened(at), at.communes[0], at.heads[0])
    edition = report.editions.get()
    changed = bytes(edition.canonical).replace("Đã ban hành".encode(), "Chưa ban hành".encode())
    assert changed != bytes(edition.canonical)
    Edition.objects.filter(pk=edition.pk).update(canonical=changed, sha256=hashlib.sha256(changed).hexdigest())
    assert len(found(report)) == 2


def test_a_removed_version_is_found(at: Province) -> None:
    report = sent(opened(at), at.communes[0], at.heads[0])
    report.editions.all().delete()
    assert found(report)
