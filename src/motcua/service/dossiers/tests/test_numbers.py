"""Numbers of dossiers: what is kept equals the rows, after whatever verbs, on every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from motcua.foundation.core import settings_rows, time
from motcua.foundation.core.verbs import Call
from motcua.foundation.indicators import building, comparing, folding, selectors
from motcua.foundation.indicators.models import Delta, Fold
from motcua.foundation.indicators.types import By, Period, Scope
from motcua.service.dossiers import actions, completing
from motcua.service.dossiers.indicators import INDICATORS
from motcua.service.dossiers.models import DelayShare, Dossier, FormerDue
from motcua.service.dossiers.tallying import SOURCE
from motcua.service.dossiers.tests.counted_town import Town, town
from motcua.service.dossiers.tests.factories import office, received
from motcua.service.dossiers.tests.screens import at
from motcua.testing import examples

pytestmark = pytest.mark.django_db
CODES = [one.code for one in INDICATORS]


def agree(place: Town, period: Period, as_of: date | None = None) -> None:
    """Assert that every number of every scope is what its rows come to, and the sum of its table's lines."""
    for scope in place.scopes():
        for code, number in selectors.ask_many(CODES, scope, period, as_of).items():
            assert number.numerator == selectors.recount(code, scope=scope, period=period, as_of=as_of), (code, scope)


@pytest.mark.parametrize("seed", range(examples(6, 60)))
def test_numbers_equal_their_rows_after_any_verbs(seed: int) -> None:
    place = town(seed)
    place.live(70)
    with time.travelling(place.now):
        assert comparing.differences(SOURCE) == []
        agree(place, Period.year(2025))
        agree(place, Period(date(2025, 4, 16), date(2025, 4, 18)))
        agree(place, Period.month(2025, 4), date(2025, 4, 20))
        folding.fold()
        assert not Delta.objects.exists()
        assert comparing.differences(SOURCE) == []
        agree(place, Period.month(2025, 4), date(2025, 4, 20))
        folded = set(Fold.objects.exclude(amount=0).values_list("series", "cell", "amount"))
        building.build(SOURCE)
        assert set(Fold.objects.exclude(amount=0).values_list("series", "cell", "amount")) == folded


@pytest.mark.parametrize("seed", range(100, 100 + examples(6, 60)))
def test_a_past_day_is_told_as_it_was_at_its_end(seed: int) -> None:
    place = town(seed)
    place.live(70)
    assert len({number for (_, code, _), number in place.written.items() if code == "dossiers-open-late"}) > 1
    with time.travelling(place.now):
        for (day, code, scope), number in place.written.items():
            assert selectors.ask(code, scope, as_of=day).numerator == number, (day, code, scope)
            assert selectors.recount(code, scope=scope, as_of=day) == number, (day, code, scope)


@pytest.mark.parametrize("seed", range(200, 200 + examples(2, 20)))
def test_the_lines_of_a_table_add_up_to_its_total(seed: int) -> None:
    place = town(seed)
    place.live(60)
    with time.travelling(place.now):
        for code in ("dossiers-received", "dossiers-settled", "dossiers-open", "dossiers-open-late", "delay-minutes"):
            for by in (By.AGENCY, By.FIELD):
                found = selectors.table(code, by=by)
                assert sum(line.number.numerator or 0 for line in found.lines) == found.total.numerator, (code, by)
        parts = selectors.table("delay-minutes", by=By.PART)
        assert sum(line.number.numerator or 0 for line in parts.lines) == parts.total.numerator


def late_dossier() -> tuple[Town, Dossier]:
    place = town(1)
    dossier = received(place.offices[0], when=at("2025-04-14T09:00"))
    with time.travelling(at("2025-04-14T10:00")):
        dossier = actions.hand_over(Call(place.offices[0].counter), dossier=dossier)
    with time.travelling(at("2025-04-15T10:00")):
        return place, actions.accept(Call(place.offices[0].specialist), dossier=dossier)


def test_a_finished_dossier_moves_its_numbers_at_once_and_says_whose_the_delay_was() -> None:
    place, dossier = late_dossier()
    with time.travelling(at("2025-04-18T10:00")):
        assert selectors.ask("dossiers-open-late").value == 1
        actions.finish(Call(place.offices[0].specialist), dossier=dossier)
        numbers = selectors.ask_many(CODES)
    assert numbers["dossiers-open-late"].value == 0
    assert numbers["dossiers-settled-late"].value == 1
    assert numbers["dossiers-on-time-share"].value == 0
    assert numbers["delay-share-step"].value == 100
    assert numbers["delay-minutes"].value == sum(DelayShare.objects.values_list("minutes", flat=True)) > 0


def test_where_nothing_was_settled_the_share_is_unknown() -> None:
    town(1)
    with time.travelling(at("2025-04-18T10:00")):
        found = selectors.ask("dossiers-on-time-share")
    assert (found.value, found.numerator, found.denominator) == (None, 0, 0)
    assert "Chưa có hồ sơ nào có kết quả" in found.unknown


def test_a_difference_is_kept_and_shown_and_goes_when_all_is_built_anew() -> None:
    place, _ = late_dossier()
    with time.travelling(at("2025-04-18T10:00")):
        folding.fold()
        fold = Fold.objects.filter(series__measure="received", series__agency__gt=0, cell__lt=200_000_000).first()
        assert fold is not None
        fold.amount += 5
        fold.save()
        row = comparing.compare(SOURCE)
        found = selectors.ask("dossiers-received")
        assert row.differences and found.disagreement is not None
        assert (found.disagreement.kept - found.disagreement.counted, found.compared_at) == (5, row.at)
        assert selectors.ask("dossiers-settled").disagreement is None
        building.build(SOURCE)
        comparing.compare(SOURCE)
        assert selectors.ask("dossiers-received").disagreement is None
    agree(place, Period.year(2025), date(2025, 4, 18))


def test_a_wrong_total_is_found_as_well_as_a_wrong_day() -> None:
    late_dossier()
    folding.fold()
    for cell in (200_000_000, 300_000_000):
        fold = Fold.objects.filter(series__agency=0, cell__gte=cell).order_by("cell").first()
        assert fold is not None
        fold.amount += 1
        fold.save()
    assert {one.where for one in comparing.differences(SOURCE)} >= {"totals", "months", "years"}


def test_what_earlier_releases_did_not_write_is_completed_when_building_anew() -> None:
    place = town(7)
    place.live(80)
    with time.travelling(place.now):
        shares, dues = DelayShare.objects.count(), FormerDue.objects.count()
        assert shares and dues
        before = {code: selectors.ask(code).numerator for code in CODES}
        DelayShare.objects.all().delete()
        FormerDue.objects.all().delete()
        Delta.objects.all().delete()
        Fold.objects.all().delete()
        settings_rows.write(completing.DONE, False)
        assert building.build(SOURCE).completed
        assert building.build(SOURCE).completed == 0
        assert (DelayShare.objects.count(), FormerDue.objects.count()) == (shares, dues)
        assert {code: selectors.ask(code).numerator for code in CODES} == before


def test_reception_puts_one_more_group_of_rows_and_asks_nothing_more() -> None:
    place = office()
    received(place, when=at("2025-04-14T09:00"))
    assert [(row.measure, row.agency, row.day) for row in Delta.objects.all()] == [
        ("received", place.commune.pk, 20250414), ("late-open", place.commune.pk, 20250417)
    ]
    received(place, when=at("2025-04-14T09:00"), limit=None)
    assert Delta.objects.count() == 4


def test_an_agency_that_did_not_receive_in_the_period_does_not_use_its_one_stop() -> None:
    place, _ = late_dossier()
    with time.travelling(at("2025-05-20T10:00")):
        april = selectors.ask("agencies-one-stop-used", period=Period.month(2025, 4))
        may = selectors.ask("agencies-one-stop-used", period=Period.month(2025, 5))
        rows = selectors.rows("agencies-one-stop-used", period=Period.month(2025, 4))
    assert (april.numerator, may.numerator) == (1, 0)
    assert [row.pk for row in rows] == [place.offices[0].commune.pk]


def test_before_a_period_begins_nothing_is_counted() -> None:
    late_dossier()
    with time.travelling(at("2025-04-18T10:00")):
        found = selectors.ask("dossiers-received", period=Period.year(2025), as_of=date(2024, 12, 31))
        assert found.value == 0 == selectors.ask("dossiers-open", Scope(), as_of=date(2025, 4, 13)).value
        assert selectors.ask("dossiers-open", as_of=date(2025, 4, 18) - timedelta(days=1)).value == 1
