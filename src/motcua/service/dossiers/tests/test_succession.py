"""An agency ends; its dossiers go on at the heir: holder, clock, hand-overs, reading, returning, people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Conflict, Denied
from motcua.foundation.core.ledger import facts_of
from motcua.foundation.core.models import Denial, LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.models import Account
from motcua.foundation.organisations import actions as register
from motcua.foundation.organisations import jobs, passing
from motcua.foundation.organisations import selectors as agencies
from motcua.foundation.organisations.errors import BadEvent, NoHeir
from motcua.foundation.organisations.models import Agency, Passage
from motcua.foundation.organisations.types import Bequest, Close
from motcua.service.dossiers import actions, clockwork, rules, selectors, vouching
from motcua.service.dossiers.errors import NoSuchStep, NotNow, NotReceivable
from motcua.service.dossiers.models import ClockEvent, Dossier, HandOver, Letter
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.presenting.follow import follow
from motcua.service.dossiers.tests.factories import received
from motcua.service.dossiers.tests.merging import BASIS, Place, again, merge, place
from motcua.service.dossiers.tests.screens import asked, at, signed_in, text_of
from motcua.service.dossiers.types import Ground, Happening, Holder, Person

pytestmark = pytest.mark.django_db
DAY = date(2025, 4, 24)


@pytest.fixture
def here() -> Place:
    return place()


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def test_the_heir_holds_from_that_instant_and_every_date_stays(here: Place) -> None:
    before = received(here, when=at("2025-04-22T09:00"), competent=here.commune)
    with time.travelling(at("2025-04-24T10:00")):
        merge(here)
    after = fresh(before)
    assert (after.at_agency, after.competent, after.receiving) == (here.other, here.other, here.commune)
    kept = ("code", "due_at", "first_due_at", "limit_amount", "received_at", "state", "ran_out", "check_word")
    assert {name: getattr(before, name) for name in kept} == {name: getattr(after, name) for name in kept}
    held = [(span.holder_key.split("/")[0], span.began) for span in rules.spans(clockwork.moments_of(after))]
    assert held == [(str(here.commune.pk), before.received_at), (str(here.other.pk), at("2025-04-24T10:00"))]
    event = LedgerEvent.objects.get(subject=after.ref, verb="dossier.succeed")
    assert facts_of(event) == {
        "what": "succeed", "from_agency": here.commune.ref, "to_agency": here.other.ref, "holds": True, "settles": True,
        "clock": vouching.clock(after.clock.get(sequence=2)),
    }


def test_an_open_suspension_stays_one(here: Place) -> None:
    dossier = received(here, when=at("2025-04-22T09:00"))
    with time.travelling(at("2025-04-22T10:00")):
        actions.suspend(
            Call(here.counter), dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason="thiếu ảnh"
        )
    with time.travelling(at("2025-04-24T10:00")):
        merge(here)
        shown = follow(selectors.full().get(pk=dossier.pk), time.now())
    stood = fresh(dossier)
    assert (stood.holder, stood.due_at, stood.at_agency) == (Holder.CITIZEN, None, here.other)
    assert shown.answer == "Hồ sơ đang chờ bạn bổ sung giấy tờ" and shown.why == "thiếu ảnh"
    last = stood.clock.last()
    assert last is not None and (last.policy, last.ground) == (PausePolicy.RESUME, Ground.SUPPLEMENT)
    spans = rules.spans(clockwork.moments_of(stood))
    assert [span.counts for span in spans] == [True, False, False]
    alone = received(here, when=at("2025-04-22T09:00"), agency=here.third, by=here.stranger)
    with time.travelling(at("2025-04-22T10:00")):
        actions.suspend(
            Call(here.stranger), dossier=alone, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason="thiếu ảnh"
        )
    with time.travelling(at("2025-04-25T10:00")):
        merged = actions.resume(Call(here.heir_counter), dossier=stood)
        beside = actions.resume(Call(here.stranger), dossier=alone)
    assert merged.due_at == beside.due_at is not None


def test_a_hand_over_that_nobody_answered_waits_at_the_heir(here: Place) -> None:
    process_less: dict[str, Any] = {"process": None, "first_step": None, "competent": here.commune}
    dossier = received(here, agency=here.third, by=here.stranger, **process_less)
    dossier = actions.hand_over(Call(here.stranger), dossier=dossier, to_agency=here.commune)
    merge(here)
    assert HandOver.objects.get(dossier=dossier).to_agency == here.other
    done = actions.accept(Call(here.heir_counter), dossier=fresh(dossier))
    assert done.at_account_id == here.heir_counter.account_id


def test_what_an_ended_agency_gave_and_is_declined_goes_back_to_the_heir(here: Place) -> None:
    dossier = actions.hand_over(Call(here.counter), dossier=received(here))
    merge(here)
    back = actions.decline(Call(here.specialist), dossier=fresh(dossier), reason="thiếu")
    assert (back.at_agency, back.at_account, back.is_awaited) == (here.other, None, False)
    assert actions.hand_over(Call(here.heir_counter), dossier=back).at_agency == here.department


def test_steps_to_come_are_the_heirs(here: Place) -> None:
    dossier = actions.hand_over(Call(here.counter), dossier=received(here))
    dossier = actions.accept(Call(here.specialist), dossier=dossier)
    merge(here)
    assert fresh(dossier).at_agency == here.department, "whoever holds it elsewhere holds it on"
    done = actions.finish(Call(here.specialist), dossier=dossier)
    assert (done.at_agency, done.receiving) == (here.other, here.commune)
    last = done.clock.last()
    assert last is not None and (last.what, last.agency) == (Happening.FINISH, here.other)
    fixed = here.process.steps.create(position=9, name="Gửi", place="fixed", agency=here.commune, role="reception")
    new = received(here, agency=here.third, by=here.stranger, competent=here.department)
    fixed.refresh_from_db()
    assert actions.hand_over(Call(here.stranger), dossier=new, to_step=fixed).at_agency == here.other


def test_an_agency_that_ended_while_somebody_chose_it_is_refused_with_its_heir(here: Place) -> None:
    dossier = received(here, agency=here.third, by=here.stranger, process=None, first_step=None)
    merge(here)
    with pytest.raises(NoSuchStep, match=f"{here.other.name} giải quyết"):
        actions.hand_over(Call(here.stranger), dossier=dossier, to_agency=Agency.objects.get(pk=here.commune.pk))
    assert fresh(dossier).version == dossier.version


# --- reading and giving back


def finished(here: Place) -> Dossier:
    dossier = actions.hand_over(Call(here.counter), dossier=received(here))
    dossier = actions.accept(Call(here.specialist), dossier=dossier)
    return actions.finish(Call(here.specialist), dossier=dossier)


def test_the_heirs_counter_gives_back_what_the_ended_one_received(here: Place) -> None:
    dossier = finished(here)
    assert not DOSSIERS.may(here.heir_counter, "dossier.read", dossier)
    merge(here)
    dossier = fresh(dossier)
    assert dossier.at_agency == here.commune, "what is finished is nobody's open work"
    assert dossier in selectors.ready(here.heir_counter).rows
    with pytest.raises(Denied):
        actions.return_result(Call(here.stranger), dossier=dossier)
    said = text_of(signed_in(here.heir_counter).get(reverse("dossier", args=[dossier.public_id])))
    assert f"{here.commune.name}, nay là {here.other.name} – chờ trả kết quả" in said
    assert actions.return_result(Call(here.heir_counter), dossier=dossier).returned_at is not None


def test_before_the_day_nothing_passes_and_the_clock_brings_it_on(here: Place) -> None:
    with time.travelling(at("2025-04-22T09:00")):
        dossier, over = received(here), finished(here)
        merge(here, DAY)
        assert fresh(dossier).at_agency == here.commune
        assert not DOSSIERS.may(here.heir_counter, "dossier.read", over)
        assert passing.due() == []
    with time.travelling(at("2025-04-24T00:05")):
        assert len(passing.due()) == 1
        jobs.pass_on_due()
        assert fresh(dossier).at_agency == here.other
        assert DOSSIERS.may(here.heir_counter, "dossier.read", over)
        passed = ClockEvent.objects.filter(what=Happening.SUCCEED).count()
        jobs.pass_on_due()
        assert ClockEvent.objects.filter(what=Happening.SUCCEED).count() == passed
    with time.travelling(at("2025-04-24T02:00")):
        jobs.pass_on_due()
        assert passing.due() == []


def test_an_heirs_heir_carries_both(here: Place) -> None:
    dossier, over = received(here), finished(here)
    merge(here)
    later = time.now() + timedelta(days=2)
    with time.travelling(later):
        register.merge(
            Call(SYSTEM_ACTOR), agency=here.third, others=[Agency.objects.get(pk=here.other.pk)], day=time.today(),
            basis=BASIS,
        )
        assert fresh(dossier).at_agency == here.third
        assert set(agencies.family(here.third.pk)) == {here.third.pk, here.other.pk, here.commune.pk}
        assert agencies.carrier(Agency.objects.get(pk=here.commune.pk)) == here.third
        actions.return_result(Call(again(here.stranger)), dossier=fresh(over))


def test_a_part_that_went_elsewhere_is_not_read_there(here: Place) -> None:
    over = finished(here)
    register.close(
        Call(SYSTEM_ACTOR), agency=here.commune, successors=[here.other, here.third], day=time.today(), basis=BASIS,
        bequest=Bequest(heir="b"),
    )
    assert DOSSIERS.may(here.heir_counter, "dossier.read", over)
    assert not DOSSIERS.may(here.stranger, "dossier.read", over)


# --- several heirs, none, and choosing afterwards


@pytest.mark.parametrize("successors", [[], ["other", "third"]])
def test_open_work_needs_an_heir(here: Place, successors: list[str]) -> None:
    dossier = received(here)
    with pytest.raises(NoHeir, match="còn 1 hồ sơ đang giải quyết") as refused:
        register.close(
            Call(SYSTEM_ACTOR), agency=here.commune, successors=[getattr(here, name) for name in successors],
            day=time.today(), basis=BASIS,
        )
    assert refused.value.field == "into"
    assert Agency.objects.get(pk=here.commune.pk).valid_to is None and fresh(dossier).version == dossier.version
    assert not Passage.objects.exists()


def test_an_heir_that_takes_nothing_over_is_no_heir(here: Place) -> None:
    with pytest.raises(NoHeir, match="một trong các cơ quan nhận nhiệm vụ"):
        register.close(
            Call(SYSTEM_ACTOR), agency=here.commune, successors=[here.other, here.third], day=time.today(), basis=BASIS,
            bequest=Bequest(heir="s"),
        )


def test_what_a_file_left_without_an_heir_waits_for_somebody_to_choose(here: Place) -> None:
    dossier = received(here)
    register.load(
        Call(SYSTEM_ACTOR), events=[Close(day=time.today(), basis=BASIS, key="a", successors=("b", "c"))]
    )
    ended = Agency.objects.get(pk=here.commune.pk)
    assert fresh(dossier).at_agency == ended and Passage.objects.get(predecessor=ended).heir is None
    register.choose_heir(Call(SYSTEM_ACTOR), agency=ended, heir=here.third)
    assert fresh(dossier).at_agency == here.third
    with pytest.raises(BadEvent):
        register.choose_heir(Call(SYSTEM_ACTOR), agency=Agency.objects.get(pk=ended.pk), heir=here.other)


# --- people


def test_people_stay_and_are_told_unless_they_are_carried(here: Place) -> None:
    dossier = received(here)
    merge(here)
    assert fresh(dossier).at_account is None, "nobody at the heir holds it yet"
    with pytest.raises(Denied, match="đã kết thúc hoạt động"):
        actions.hand_over(Call(again(here.counter)), dossier=fresh(dossier))
    assert DOSSIERS.may(again(here.counter), "dossier.read", fresh(dossier)), "what he held he may read"


def test_whose_agency_has_ended_is_told_on_an_empty_desk(here: Place) -> None:
    received(here)
    client = signed_in(here.counter)
    assert "đã kết thúc hoạt động" not in text_of(client.get(reverse("queue")))
    merge(here)
    answer, queries = asked(client, reverse("queue"))
    assert f"{here.commune.name}, nay là {here.other.name}. Hồ sơ đang mở đã chuyển" in text_of(answer)
    assert len(queries) <= 6, "\n".join(queries)
    assert "đã kết thúc hoạt động" not in text_of(signed_in(here.heir_head).get(f"{reverse('queue')}?xem=toi"))


def test_who_is_carried_holds_his_dossier_on(here: Place) -> None:
    dossier = received(here)
    merge(here, carried=frozenset({"people"}))
    person = again(here.counter)
    assert (person.agency_id, fresh(dossier).at_account_id) == (here.other.pk, person.account_id)
    assert Account.objects.get(pk=person.account_id).home_agency == here.other
    assert actions.hand_over(Call(person), dossier=fresh(dossier)).at_agency == here.department


# --- concurrency at the border of the verb; real processes are in `tests/`


def test_a_stale_screen_is_told_and_a_second_run_changes_nothing(here: Place) -> None:
    dossier = received(here)
    merge(here, carried=frozenset({"people"}))
    with pytest.raises(Conflict):
        actions.hand_over(
            Call(again(here.counter), seen={dossier.ref: dossier.version}), dossier=dossier, to_agency=here.department
        )
    with pytest.raises(NotNow):
        actions.succeed(Call(SYSTEM_ACTOR), dossier=dossier, predecessor=here.commune, heir=here.other)
    with pytest.raises(Denied):
        actions.succeed(Call(here.heir_head), dossier=dossier, predecessor=here.other, heir=here.commune)


def test_a_run_that_was_cut_off_is_gone_on_with(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [received(here) for _ in range(30)]
    real, count = actions.succeed, [0]

    def failing(*args: Any, **more: Any) -> Dossier:
        count[0] += 1
        if count[0] == 12:
            raise RuntimeError("a cut")
        return real(*args, **more)

    monkeypatch.setattr("motcua.service.dossiers.inheriting.succeed", failing)
    merge(here)  # more than are passed on in a request: the job fails in the middle
    assert Dossier.objects.filter(at_agency=here.other).count() == 11
    jobs.pass_on_due()
    assert Dossier.objects.filter(at_agency=here.other).count() == 30
    assert ClockEvent.objects.filter(what=Happening.SUCCEED, dossier__in=made).count() == 30
    assert Passage.objects.get().passed >= 19


# --- citizens and budgets


def test_the_citizen_reads_who_it_is_now_and_the_slip_still_works(here: Place) -> None:
    dossier = finished(here)
    client = signed_in(here.stranger)
    merge(here)
    answer, queries = asked(client, reverse("track-dossier", args=[dossier.code, dossier.check_word]))
    assert f"mời bạn đến nhận tại {here.commune.name}, nay là {here.other.name}" in text_of(answer)
    assert len(queries) <= 6, "\n".join(queries)
    slip = signed_in(here.heir_counter).get(reverse("dossier-slip", args=[dossier.public_id]))
    assert slip.status_code == 200 and slip["Content-Type"] == "application/pdf"


@pytest.mark.keeps_registers
def test_pages_of_heirs_keep_their_budgets(here: Place) -> None:
    dossier, over = received(here, competent=here.commune), finished(here)
    merge(here)
    client = signed_in(here.heir_counter)
    for address, most in (
        (reverse("dossier", args=[dossier.public_id]), 15), (reverse("dossier", args=[over.public_id]), 15),
        (f"{reverse('queue')}?xem=toi", 6), (f"{reverse('queue')}?xem=cho-tra", 6),
    ):
        answer, queries = asked(client, address)
        assert answer.status_code == 200 and len(queries) <= most, "\n".join(queries)
    said = text_of(client.get(reverse("dossier", args=[dossier.public_id])))
    assert f"Chuyển từ {here.commune.name} sang {here.other.name} do sắp xếp cơ quan" in said
    assert f"Do sắp xếp cơ quan, {here.other.name} giải quyết tiếp hồ sơ" in text_of(
        client.get(reverse("track-dossier", args=[dossier.code, dossier.check_word]))
    )
    assert dossier.code in text_of(signed_in(here.heir_head).get(reverse("unit-rows", args=["dang-giai-quyet"])))


def test_an_ended_agency_s_counter_writes_no_letter_in_its_name_any_more(here: Place) -> None:
    merge(here)
    with pytest.raises(NotReceivable, match="đã kết thúc hoạt động"):
        actions.refuse(
            Call(again(here.counter)), agency=Agency.objects.get(pk=here.commune.pk), person=Person("Nông Văn Minh"),
            reason="không thuộc thẩm quyền", version=here.version,
        )
    assert not Letter.objects.exists()


def test_what_an_ended_counter_refused_is_its_heirs_to_print_again(here: Place) -> None:
    letter = actions.refuse(
        Call(here.counter), agency=here.commune, person=Person("Nông Văn Minh"), reason="trùng", version=here.version
    )
    merge(here)
    address = reverse("letter", args=[letter.public_id])
    assert signed_in(here.heir_counter).get(address).status_code == 200
    assert signed_in(here.stranger).get(address).status_code == 404
    assert Denial.objects.get(actor=here.stranger.ref).subject == letter.ref
