"""A quarter is opened, filled, written, sent and gathered."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from motcua.foundation.core import ledger
from motcua.foundation.core import time as clock
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Denied, Invalid
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.models import Agency, AgencyState, Inheritance
from motcua.steering.reports import actions, selectors, signing
from motcua.steering.reports.documents.sheet import notes_of
from motcua.steering.reports.errors import NotNow
from motcua.steering.reports.models import Period
from motcua.steering.reports.tests.factories import (
    OPENED,
    SENT,
    Province,
    agency,
    contested,
    dossiers,
    numbers,
    opened,
    province,
    report_of,
    sent,
)
from motcua.steering.reports.types import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Province:
    made = province()
    dossiers(made.communes[0], 3)
    dossiers(made.communes[1], 2)
    return made


@pytest.fixture
def period(at: Province) -> Period:
    return opened(at)


def test_opening_makes_a_filled_report_for_each_unit_of_the_chain(at: Province, period: Period) -> None:
    above = {report.unit.name: report.above and report.above.unit.name for report in period.reports.all()}
    assert above[at.top.name] is None
    assert above[at.gatherer.name] == above[at.district.name] == at.top.name
    assert above[at.communes[0].name] == at.district.name
    content = selectors.content(report_of(period, at.communes[0]))
    received = content.figure("A2")
    assert received is not None and received.registry == received.sum.value == 3
    whole = selectors.content(report_of(period, at.district)).figure("A2")
    assert whole is not None and whole.registry == 5
    assert numbers(whole.sum.value, whole.sum.counted, whole.sum.expected) == [0, 1, 3]


def test_a_period_is_opened_once(at: Province, period: Period) -> None:
    with pytest.raises(Invalid, match="đã mở"):
        opened(at)
    assert Period.objects.count() == 1


def test_only_whoever_steers_opens(at: Province) -> None:
    for person in (at.director, at.stranger, at.heads[0]):
        with pytest.raises(Denied):
            actions.open_period(Call(person), plan=actions.Plan("cchc", 2026, occasion="q3"), drafter=at.gatherer)
    assert not Period.objects.exists()


def test_what_was_sent_is_what_the_level_above_receives(at: Province, period: Period) -> None:
    contested(period, at.communes[0], at.officers[0], "A2", 4)
    for commune, head in zip(at.communes, at.heads, strict=True):
        sent(period, commune, head)
    gathered = selectors.content(report_of(period, at.district))
    figure = gathered.figure("A2")
    assert figure is not None
    assert numbers(figure.sum.value, figure.registry) == [6, 5] and figure.differs
    assert [(one.unit, one.cell, *numbers(one.stated, one.registry)) for one in gathered.contested] == [
        (at.communes[0].name, "A2", 4, 3)
    ]
    sent(period, at.district, at.district_head)
    whole = selectors.content(report_of(period, at.top)).figure("A2")
    assert whole is not None
    assert numbers(whole.sum.value, whole.registry) == [6, 5]
    assert not whole.differs, "the sum is not of all units yet"
    (told,) = selectors.content(report_of(period, at.top)).contested
    assert (told.unit, told.note) == (at.communes[0].name, "Sổ giấy ghi khác")
    assert (whole.sum.counted, whole.sum.expected) == (4, period.reports.count()), "the others have not sent"


def test_sending_freezes_bytes_whose_digest_is_in_the_ledger(at: Province, period: Period) -> None:
    report = sent(period, at.communes[0], at.heads[0])
    (edition,) = report.editions.all()
    assert hashlib.sha256(bytes(edition.canonical)).hexdigest() == edition.sha256
    event = LedgerEvent.objects.filter(subject=report.ref, verb="report.send").get()
    assert ledger.facts_of(event)["sha256"] == edition.sha256
    dossiers(at.communes[0], 2)
    content = selectors.shown(report).content
    figure = content.figure("A2")
    assert figure is not None and figure.registry == 3, "frozen"
    assert edition.code == "01/BC-UBND"


def test_an_open_report_counts_for_nothing_above_and_unknown_is_not_zero(at: Province, period: Period) -> None:
    sent(period, at.communes[0], at.heads[0])
    content = selectors.content(report_of(period, at.district))
    inspected = content.figure("M1")
    assert inspected is not None and inspected.sum.value is None and inspected.sum.counted == 0
    assert [part.unit for part in content.missing] == [at.communes[1].name]


def test_a_report_is_sent_only_when_its_days_are_over_and_its_numbers_fresh(at: Province) -> None:
    from motcua.steering.reports.actions import Plan, open_period

    with clock.travelling(SENT.replace(month=9, day=10)):
        period = open_period(Call(at.steward), plan=Plan("cchc", 2026, occasion="q3"), drafter=at.gatherer)
    with pytest.raises(Invalid, match="chưa kết thúc"):
        sent(period, at.communes[0], at.heads[0], SENT.replace(day=14))
    with pytest.raises(Invalid, match="Lấy lại số liệu"):
        sent(period, at.communes[0], at.heads[0])
    with clock.travelling(SENT):
        actions.refresh(Call(at.officers[0]), report=report_of(period, at.communes[0]))
        actions.refresh(Call(at.district_officer), report=report_of(period, at.district))
    assert sent(period, at.communes[0], at.heads[0]).state == State.SENT
    whole = selectors.content(report_of(period, at.district)).figure("A2")
    assert whole is not None and whole.registry == 5


def test_words_must_stand_before_it_is_sent(at: Province, period: Period) -> None:
    with pytest.raises(Invalid, match="chưa có lời"), clock.travelling(SENT):
        actions.send(Call(at.heads[0]), report=report_of(period, at.communes[0]))
    assert report_of(period, at.communes[0]).edition == 0


def test_nobody_but_the_head_or_deputy_signs(at: Province, period: Period) -> None:
    report = report_of(period, at.communes[0])
    for person in (at.officers[0], at.heads[1], at.steward, at.stranger, at.auditor):
        with pytest.raises(Denied):
            actions.send(Call(person), report=report)
    assert report_of(period, at.communes[0]).state == State.DRAFT
    report = sent(period, at.gatherer, at.deputy)
    signature = report.editions.get().content["signature"]
    assert signature["lines"] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert [line for line, _ in signature["heading"]] == ["ỦY BAN NHÂN DÂN TỈNH BẮC KẠN", "SỞ NỘI VỤ"]
    head = sent(period, at.communes[0], at.heads[0]).editions.get().content["signature"]
    assert head["lines"] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


def test_a_contested_figure_stands_beside_the_registrys_and_can_be_taken_back(at: Province, period: Period) -> None:
    report = contested(period, at.communes[0], at.officers[0], "A2", 4)
    figure = selectors.content(report).figure("A2")
    assert figure is not None
    assert numbers(figure.own, figure.stated, figure.sum.value) == [3, 4, 4]
    assert figure.note == "Sổ giấy ghi khác" and figure.signer
    with pytest.raises(Invalid, match="bằng đúng số"):
        contested(period, at.communes[0], at.officers[0], "A2", 3)
    contested(period, at.communes[0], at.officers[0], "A2", 6)
    with clock.travelling(SENT):
        report = actions.take_back(Call(at.officers[0]), report=report_of(period, at.communes[0]), cell="A2")
    figure = selectors.content(report).figure("A2")
    assert figure is not None and figure.stated is None and figure.sum.value == 3
    assert report.remarks.count() == 2, "nothing of what was signed is deleted"


def test_a_worked_out_figure_follows_the_contested_one_and_is_not_contested_itself(
    at: Province, period: Period
) -> None:
    report = contested(period, at.communes[0], at.officers[0], "A3", 5)
    total = selectors.content(report).figure("A7")
    assert total is not None and numbers(total.own, total.sum.value) == [0, 5]
    with pytest.raises(NotNow):
        contested(period, at.communes[0], at.officers[0], "A7", 5)


def test_what_is_given_back_counts_no_more_and_is_sent_again_as_a_further_version(
    at: Province, period: Period
) -> None:
    report = sent(period, at.communes[0], at.heads[0])
    for person in (at.heads[0], at.heads[1], at.stranger, at.steward):
        with pytest.raises(Denied):
            actions.give_back(Call(person), report=report, reason="Thiếu")
    with pytest.raises(Invalid), clock.travelling(SENT):
        actions.give_back(Call(at.district_officer), report=report, reason=" ")
    with clock.travelling(SENT):
        report = actions.give_back(Call(at.district_officer), report=report, reason="Thiếu kiến nghị")
    part = selectors.content(report_of(period, at.district)).parts[0]
    assert not part.is_in
    report = sent(period, at.communes[0], at.heads[0], W4="Xin thêm máy quét")
    assert (report.edition, report.state) == (2, State.SENT)
    content = selectors.content(report_of(period, at.district))
    assert content.parts[0].texts["W4"] == "Xin thêm máy quét"
    assert [edition.code for edition in report.editions.all()] == ["01/BC-UBND", "02/BC-UBND"]


def test_a_correction_leaves_the_former_version_standing_until_the_next_is_sent(at: Province, period: Period) -> None:
    report = sent(period, at.communes[0], at.heads[0])
    with clock.travelling(SENT):
        report = actions.receive(Call(at.district_officer), report=report)
        with pytest.raises(NotNow):
            actions.write(Call(at.officers[0]), report=report, texts={"W1": "Khác"})
        report = actions.correct(Call(at.officers[0]), report=report, reason="Nhầm một hồ sơ")
        contested(period, at.communes[0], at.officers[0], "A2", 9)
    above = selectors.content(report_of(period, at.district))
    assert above.parts[0].sums["A2"].value == 3
    report = sent(period, at.communes[0], at.heads[0])
    above = selectors.content(report_of(period, at.district))
    assert numbers(report.edition, above.parts[0].sums["A2"].value) == [2, 9]


def test_words_begin_as_sentences_made_from_the_numbers(at: Province, period: Period) -> None:
    from motcua.steering.reports.content import draft

    content = selectors.content(report_of(period, at.communes[0]))
    cell = content.form.cell("W2")
    assert cell is not None
    said = draft(content, cell)
    assert said.startswith("Trong kỳ đã tiếp nhận 3 hồ sơ, cùng 0 hồ sơ kỳ trước chuyển sang.")
    assert "Chưa có hồ sơ nào để tính tỷ lệ" in said
    assert "rà soát nguyên nhân" not in said


def test_typed_numbers_are_added_and_an_emptied_one_is_unknown_again(at: Province, period: Period) -> None:
    report = report_of(period, at.communes[0])
    with clock.travelling(OPENED):
        report = actions.write(Call(at.officers[0]), report=report, values={"M1": Decimal(2)})
        figure = selectors.content(report).figure("M1")
        assert figure is not None and figure.sum.value == 2
        with pytest.raises(Invalid):
            actions.write(Call(at.officers[0]), report=report, values={"M1": Decimal(-1)})
        report = actions.write(Call(at.officers[0]), report=report, values={"M1": None})
    figure = selectors.content(report).figure("M1")
    assert figure is not None and figure.sum.value is None


def test_on_the_day_after_the_last_all_open_reports_are_filled_anew_once(at: Province) -> None:
    from motcua.steering.reports.jobs import refill_reports

    early, night = SENT.replace(day=10), OPENED.replace(hour=0, minute=40)
    with clock.travelling(early):
        plan = actions.Plan("cchc", 2026, occasion="q3")
        period = actions.open_period(Call(at.steward), plan=plan, drafter=at.gatherer)
        refill_reports()
    assert report_of(period, at.communes[0]).filled_at == early
    dossiers(at.communes[0], 1)
    with clock.travelling(night):
        refill_reports()
    report = report_of(period, at.communes[0])
    assert (report.filled_at, report.as_of) == (night, period.last)
    figure = selectors.content(report).figure("A2")
    whole = selectors.content(report_of(period, at.district)).figure("A2")
    assert figure is not None and whole is not None
    assert numbers(figure.registry, whole.registry) == [4, 6]
    with clock.travelling(night.replace(minute=50)):
        refill_reports()
    assert report_of(period, at.communes[0]).filled_at == night
    assert sent(period, at.communes[0], at.heads[0]).edition == 1
    with clock.travelling(SENT), pytest.raises(Denied):
        actions.refill(Call(at.district_head), period=period)
    with clock.travelling(SENT):
        actions.refill(Call(at.steward), period=period)
    assert report_of(period, at.communes[0]).filled_at == night, "what was sent stays as it was sent"
    assert report_of(period, at.communes[1]).filled_at == SENT


@pytest.mark.parametrize("has_heir", [True, False])
def test_dossiers_of_an_agency_that_ended_in_the_period_are_counted_where_its_work_went(
    at: Province, has_heir: bool
) -> None:
    ended = agency("UBND xã số 3", "commune", at.district, "01979", "xã")
    dossiers(ended, 5)
    day = date(2026, 9, 1)
    Agency.objects.filter(pk=ended.pk).update(valid_to=day)
    ended.states.update(valid_to=day)
    if has_heir:
        Inheritance.objects.create(predecessor=ended, heir=at.communes[0], day=day)
    period = opened(at)
    taking = report_of(period, at.communes[0] if has_heir else at.district)
    figure = selectors.content(taking).figure("A2")
    assert figure is not None
    assert numbers(figure.own) == [8 if has_heir else 5]
    (note,) = [one for one in notes_of(figure) if one.startswith("gồm")]
    assert note == "gồm 5 của UBND xã số 3, thôi hoạt động từ 1/9/2026"
    for commune, head in zip(at.communes, at.heads, strict=True):
        sent(period, commune, head)
    whole = selectors.content(report_of(period, at.district)).figure("A2")
    assert whole is not None
    assert numbers(whole.sum.value, whole.registry) == [10, 10] and not whole.differs
    district = sent(period, at.district, at.district_head)
    kept = selectors.shown(district).content.figure("A2")
    assert kept is not None and kept.carried == whole.carried, "frozen with it"
    top = selectors.content(report_of(period, at.top)).figure("A2")
    assert top is not None
    assert numbers(top.sum.value, top.registry) == [10, 10]
    with clock.travelling(SENT):
        actions.refill(Call(at.steward), period=period)
    again = selectors.content(report_of(period, at.top)).figure("A2")
    assert again is not None and again.registry == 10


def test_a_contested_figure_that_the_registry_counts_by_now_stands_no_more(at: Province, period: Period) -> None:
    contested(period, at.communes[0], at.officers[0], "A2", 4)
    contested(period, at.communes[0], at.officers[0], "A3", 7)
    contested(period, at.communes[1], at.officers[1], "A2", 9)
    dossiers(at.communes[0], 1)
    with clock.travelling(SENT):
        report = actions.refresh(Call(at.officers[0]), report=report_of(period, at.communes[0]))
    content = selectors.content(report)
    figure = content.figure("A2")
    assert figure is not None and figure.stated is None
    assert numbers(figure.own, figure.sum.value) == [4, 4]
    assert [(one.cell, *numbers(one.stated)) for one in content.contested] == [("A3", 7)]
    event = LedgerEvent.objects.filter(subject=report.ref, verb="report.refresh").latest("pk")
    assert ledger.facts_of(event)["agreed"] == ["A2"]
    with clock.travelling(SENT):
        actions.refill(Call(at.steward), period=period)
    other = selectors.content(report_of(period, at.communes[1])).figure("A2")
    assert other is not None and numbers(other.stated) == [9], "that one differs still"


def test_only_the_regimes_own_role_at_an_agency_of_the_province_opens_a_period(at: Province) -> None:
    small = officer(Role.STEWARD, home_agency=at.communes[0])
    controller = officer(Role.CONTROLLER, home_agency=at.gatherer)
    tried = (
        (small, at.communes[0]), (small, at.gatherer), (controller, at.gatherer), (at.steward, at.communes[0]),
        (SYSTEM_ACTOR, at.communes[0]),
    )
    for person, drafter in tried:
        with pytest.raises(Denied, match="kỳ chưa mở"), clock.travelling(OPENED):
            actions.open_period(Call(person), plan=actions.Plan("cchc", 2026, occasion="q3"), drafter=drafter)
    assert not Period.objects.exists()
    with clock.travelling(OPENED), pytest.raises(Denied, match="kỳ chưa mở"):
        actions.open_period(Call(at.steward), plan=actions.Plan("kstt", 2026, occasion="q3"), drafter=at.gatherer)


@pytest.mark.parametrize(
    ("kind", "code", "title", "symbol"),
    [
        ("department", "000.00.03.H03", "Sở Kế hoạch và Đầu tư", "SKHĐT"),
        ("department", "06-STP", "Sở Tư pháp", "STP"),
        ("department", "000.00.11.H03", "Sở Lao động - Thương binh và Xã hội", "SLĐTBXH"),
        ("commune", "06-X", "UBND xã A", "UBND"),
    ],
)
def test_a_number_bears_the_symbol_of_who_sends(kind: str, code: str, title: str, symbol: str) -> None:
    unit, state = Agency(code=code), AgencyState(kind=kind, title=title, name=title)
    assert signing.symbol_of(unit, state) == symbol
