"""The figures of reports given out: what the province has sent and still stands, and nobody's name or note."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from motcua.foundation.core import time as clock
from motcua.foundation.core.verbs import Call
from motcua.steering.reports import actions
from motcua.steering.reports.models import Edition
from motcua.steering.reports.tests.factories import (
    SENT,
    Province,
    contested,
    dossiers,
    opened,
    province,
    report_of,
    sent,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Province:
    made = province()
    dossiers(made.communes[0], 3)
    return made


def table() -> list[dict[str, str]]:
    answer = Client().get("/du-lieu-mo/bao-cao.csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), strict=True))


def test_what_is_not_sent_to_the_top_is_not_given_out(at: Province) -> None:
    period = opened(at)
    assert table() == []
    sent(period, at.communes[0], at.heads[0])
    assert table() == []


def test_the_figures_of_the_standing_version_are_given_out_without_notes_or_names(at: Province) -> None:
    period = opened(at)
    contested(period, at.communes[0], at.officers[0], "A2", 4)
    sent(period, at.communes[0], at.heads[0])
    sent(period, at.top, at.chairman)
    rows = {row["ma"]: row for row in table()}
    received = rows["A2"]
    assert received["so_he_thong"] == "3"
    assert received["don_vi_bao_cao"] == at.top.name
    assert received["bam"] == Edition.objects.get(report__unit=at.top).sha256
    told = Client().get("/du-lieu-mo/bao-cao.json").content.decode()
    for hidden in ("Sổ giấy ghi khác", at.chairman.name, at.heads[0].name, at.officers[0].name):
        assert hidden not in told


def test_a_correction_takes_the_place_of_what_was_sent_before(at: Province) -> None:
    period = opened(at)
    sent(period, at.top, at.chairman)
    count = len(table())
    assert count
    with clock.travelling(SENT):
        actions.correct(Call(at.director), report=report_of(period, at.top), reason="Sai một số")
    assert {row["lan"] for row in table()} == {"1"}
    sent(period, at.top, at.chairman)
    assert {row["lan"] for row in table()} == {"2"}
    assert len(table()) == count
