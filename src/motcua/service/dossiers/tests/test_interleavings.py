# ruff: noqa: PLR0917 - the rules of a state machine take what hypothesis draws
"""Random interleavings of several officers over several dossiers, judged after every step by `oracle`.

The machine runs inside one transaction, so hundreds of steps take seconds; real processes are in `tests/`.
"""

from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings as conf
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import Limit, PausePolicy
from motcua.foundation.core import time, verification
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.models import Denial, LedgerEvent, LedgerHead
from motcua.foundation.core.seals import make_seal
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations import actions as register
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers import actions, clockwork, rules, selectors
from motcua.service.dossiers.models import ClockEvent, Dossier, HandOver
from motcua.service.dossiers.presenting import stays
from motcua.service.dossiers.tests import oracle, tampering
from motcua.service.dossiers.tests.happenings import HAPPENINGS, OFTEN
from motcua.service.dossiers.tests.town import BEGINNINGS, Town, snapshot, town, transaction_of_a_test
from motcua.service.dossiers.types import Ground
from motcua.service.procedures.models import ChannelLimit
from motcua.testing import examples

NOTED = ("what", "at", "holder", "agency", "step", "account", "policy", "ground")
RARE = {"decline", "finish", "withdraw", "stop"}


class Counters(RuleBasedStateMachine):
    """Officers press buttons in any order; after each press the store must be as the judge says."""

    place: Town

    def __init__(self) -> None:
        super().__init__()
        self.inside = transaction_of_a_test()
        self.inside.__enter__()
        conf.HOME.seals.unlink(missing_ok=True)
        oracle.Mergers.heirs = {}
        self.cases: list[oracle.Case] = []
        self.answered: list[tuple[str, str, str, str]] = []
        self.calls = 0
        self.day_codes: dict[tuple[str, str], list[str]] = defaultdict(list)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.inside.__exit__(None, None, None)
        conf.HOME.seals.unlink(missing_ok=True)

    @initialize(now=st.sampled_from(BEGINNINGS), first=st.lists(HAPPENINGS["receive"], min_size=2, max_size=3))
    def begin(self, now: datetime, first: list[dict[str, Any]]) -> None:
        self.now = now
        self.rows = snapshot()
        for asked in first:
            self.receive(**(asked | {"who": 1, "key": "new"}))  # by somebody who may: there is always a dossier

    @rule(
        happening=st.sampled_from(OFTEN).flatmap(lambda name: st.tuples(st.just(name), HAPPENINGS[name])),
        after=st.sampled_from([0, 0, 1, 45, 240, 700, 1440, 4320]) | st.integers(0, 9000), seconds=st.integers(0, 59),
    )
    def some_time_later(self, happening: tuple[str, dict[str, Any]], after: int, seconds: int) -> None:
        """One rule for all, as hypothesis would leave whole rules out of an example."""
        name, asked = happening
        self.now += timedelta(minutes=after, seconds=seconds)
        getattr(self, name)(**asked)

    # --- what happens

    def receive(self, who: int, where: int, limit: Limit | None, own: bool, steps: bool, key: str) -> None:
        if len(self.cases) > 8:
            return
        agency = self.present(self.place.communes[where])
        able = [one for one in self.place.people if oracle.holds(one, agency.pk, "reception")]
        by = able[who % len(able)] if who % 5 else self.person(who // 5)
        competent = agency if own else self.present(self.place.department)
        process = list(self.place.process.steps.all()) if steps else []
        row = ChannelLimit(of=self.place.version, amount=limit.amount, unit=limit.unit) if limit else None
        call = Call(by, request_key=self.key(key))

        def work() -> Dossier:
            return actions.receive(
                call, agency=agency, competent=competent, version=self.place.version, limit=row,
                process=self.place.process if steps else None, first_step=process[0] if steps else None,
                applicant=actions.Applicant(name="Nông Văn Minh", identity="095088001234"), papers=[],
            )

        wanted = {"done"} if oracle.holds(by, agency.pk, "reception") else {"denied"}
        if wanted == {"done"} and any(oracle.now(one.pk) != one.pk for one in (agency, competent)):
            wanted = {"not-receivable"}
        done = self.press("dossier.receive", call, agency.ref, wanted, work)
        if done is not None:
            step = process[0] if steps else None
            case = oracle.Case(
                done.pk, done.ref, agency.pk, competent.pk, process, limit, self.now, agency.pk, step, by.account_id
            )
            case.note("receive", "receive", by, self.now)
            case.versions.append(done.version)
            self.cases.append(case)
            day = f"{self.now.astimezone(oracle.HANOI):%y%m%d}"
            self.day_codes[agency.code, day].append(done.code)

    def work_goes_on(self, which: int, what: int, who: int, ground: Ground, policy: PausePolicy) -> None:
        """Do something that can be done, so that dossiers get somewhere."""
        case = self.cases[which % len(self.cases)]
        full: dict[str, dict[str, Any]] = {
            "hand_over": {"to_step": None, "to_agency": None if case.steps else self.place.agencies[who % 4]},
            "suspend": {"ground": ground, "policy": policy, "reason": "chờ"}, "decline": {"reason": "thiếu"},
            "withdraw": {"reason": "rút"}, "stop": {"reason": "trùng"},
            "accept": {}, "finish": {}, "resume": {}, "return_result": {},
        }
        near = {"hand_over": {**full["hand_over"], "to_agency": getattr(full["hand_over"]["to_agency"], "pk", None)}}
        can = {
            verb: able for verb in full
            if (able := [number for number, one in enumerate(self.place.people)
                         if oracle.answers(case, verb, one, None, **(full | near)[verb]) == {"done"}])
        }
        if can:
            likely = [verb for verb in sorted(can) for _ in range(1 if verb in RARE else 5)]
            verb = likely[what % len(likely)]
            self.move(verb, which, 2 * can[verb][who % len(can[verb])], "fresh", "none", **full[verb])

    def somebody_presses_anything(
        self, verb: str, which: int, who: int, seen: str, key: str, asked: tuple[str, Ground, PausePolicy, int, int]
    ) -> None:
        """Whoever it is, whatever the dossier's state: mostly to be refused. A step may be a strange one."""
        reason, ground, policy, step, agency = asked
        steps = [*self.place.process.steps.all(), self.place.strange]
        full: dict[str, dict[str, Any]] = {
            "hand_over": {
                "to_step": steps[step] if step >= 0 else None,
                "to_agency": self.place.agencies[agency] if agency >= 0 else None,
            },
            "suspend": {"ground": ground, "policy": policy, "reason": reason}, "decline": {"reason": reason},
            "withdraw": {"reason": reason}, "stop": {"reason": reason},
        }
        self.move(verb, which, who, seen, key, **full.get(verb, {}))

    def an_agency_is_merged_into_its_neighbour(self, which: int) -> None:
        """Once: the first commune into the second one, whose calendar is another, or the department into its like."""
        if oracle.Mergers.heirs:
            return
        pairs = (self.place.communes, (self.place.department, self.place.agencies[3]))
        ended, heir = (self.present(one) for one in pairs[which])
        with time.travelling(self.now):
            register.merge(Call(SYSTEM_ACTOR), agency=heir, others=[ended], day=time.today(), basis="1/NQ-UBTVQH16")
        oracle.Mergers.heirs = {ended.pk: heir.pk}
        for case in self.cases:
            if oracle.succeed(case, ended.pk, heir.pk, SYSTEM_ACTOR.ref, self.now):
                case.versions.append(Dossier.objects.get(pk=case.pk).version)
        self.rows = snapshot()

    def somebody_seals_and_somebody_tampers(self, which: int, how: int) -> None:
        """Whatever is changed behind the verbs' back is found; and what is put back is found whole again."""
        if how % 2 == 0:
            self.seal()
        self.tamper(which, how)

    def seal(self) -> None:
        with time.travelling(self.now):
            make_seal()
        self.rows = snapshot()
        report = verification.verify(conf.HOME.seals)
        assert (report.ok, report.unsealed) == (True, 0), report.faults

    def tamper(self, which: int, how: int) -> None:
        subject = self.cases[which % len(self.cases)].ref
        head = LedgerHead.objects.get(subject=subject)
        known = (*tampering.PLAIN, *(tampering.SEALED if head.sequence == head.sealed_sequence else ()))
        tamper = known[how // 2 % len(known)]
        with tampering.unguarded():
            tamper(subject)
            report = verification.verify(conf.HOME.seals if conf.HOME.seals.exists() else None)
            assert not report.ok, f"{tamper.__name__} was not found"
        assert verification.verify().ok

    # --- pressing a button

    def person(self, who: int) -> Officer:
        return self.place.people[who % len(self.place.people)]

    @staticmethod
    def present(agency: Agency) -> Agency:
        """Return an agency as it stands in the store: a screen draws its choices anew."""
        return Agency.objects.get(pk=agency.pk)

    def key(self, wanted: str) -> str | None:
        if wanted == "none":
            return None
        if wanted == "again" and self.answered:
            return self.answered[-1][0]
        self.calls += 1
        return f"phieu-{self.calls:06d}"

    def move(self, verb: str, which: int, who: int, seen: str, key: str, **asked: Any) -> None:
        """Press a button of a dossier. Half the time it is somebody who may, so that dossiers get somewhere."""
        case = self.cases[which % len(self.cases)]
        able = [one for one in self.place.people if oracle.may(case, verb, one)]
        by = able[who % len(able)] if able and who % 2 else self.person(who // 2)
        version = {"none": None, "fresh": case.versions[-1], "stale": case.versions[who % len(case.versions)]}[seen]
        if seen == "stale" and version == case.versions[-1]:
            version += 1
        row = Dossier.objects.get(pk=case.pk)
        call = Call(by, request_key=self.key(key), seen={} if version is None else {row.ref: version})
        to_agency = asked.get("to_agency")
        if to_agency is not None:
            asked["to_agency"] = to_agency = self.present(to_agency)
        judged = {**asked, "to_agency": to_agency.pk if to_agency else None} if verb == "hand_over" else asked
        wanted = oracle.answers(case, verb, by, version, **judged)
        work = functools.partial(getattr(actions, verb), call, dossier=row, **asked)
        done = self.press(oracle.NAMES[verb], call, case.ref, wanted, work)
        if done is not None:
            oracle.apply(case, verb, by, self.now, **judged)
            case.versions.append(done.version)

    def press(self, verb: str, call: Call, subject: str, wanted: set[str], work: Any) -> Dossier | None:
        """Do it; return the dossier where something new was done. A refusal or a repeated key must change nothing."""
        denials = Denial.objects.count()
        before = [one for one in self.answered if one[0] == call.request_key]
        if before:
            wanted = {"again"} if before[0][1:3] == (verb, call.actor.ref) else {"refused"}
        result = None
        with time.travelling(self.now):
            try:
                result, answer = work(), "done"
            except Refusal as refusal:
                answer = refusal.code
        if before and result is not None:
            assert result.ref == before[0][3]
            answer = "again"
        assert answer in wanted, f"{verb}: {answer}, not {wanted}"
        rows, new = snapshot(), Denial.objects.order_by("id").values_list("actor", "verb", "subject")[denials:]
        # A press that was denied in this quarter of an hour already leaves no second row.
        once = (call.actor.ref, verb, subject)
        assert list(new) in ([[], [once]] if answer == "denied" else [[]])
        assert answer != "denied" or Denial.objects.filter(actor=once[0], verb=verb, subject=subject).exists()
        if answer != "done":
            assert rows == self.rows, f"{verb} was answered “{answer}” and changed rows"
            return None
        assert rows != self.rows
        self.rows = rows
        if call.request_key:
            assert result is not None
            self.answered.append((call.request_key, verb, call.actor.ref, result.ref))
        return result

    # --- what must be true after each step

    @invariant()
    def the_columns_are_what_the_judge_noted(self) -> None:
        for case, row in self.both():
            last = case.events[-1]
            assert (row.state, row.holder, row.at_agency_id, row.is_awaited) == (
                case.state, case.holder, case.agency, case.awaited
            )
            assert (row.at_step_id, row.at_account_id) == (case.step.pk if case.step else None, case.account)
            assert (row.holder, row.at_agency_id, row.at_step_id, row.at_account_id, row.held_since) == (
                last.holder, last.agency, last.step, last.account, last.at
            ) or case.state == "withdrawn"
            assert case.versions == sorted(set(case.versions))

    @invariant()
    def there_is_one_holder_at_every_moment(self) -> None:
        for case, row in self.both():
            stored = list(row.clock.values_list(*NOTED))
            assert [oracle.Noted(*fields) for fields in stored] == case.events
            assert list(row.clock.values_list("sequence", flat=True)) == list(range(1, len(stored) + 1))
            spans = rules.spans(clockwork.moments_of(row))
            assert [(span.holder, span.began, span.until) for span in spans] == oracle.holders(case)
            assert spans[0].began == row.received_at
            assert all(one.until == after.began for one, after in pairwise(spans))
            assert (spans[-1].until is None) == (case.state in oracle.OPEN)

    @invariant()
    def the_clock_says_what_a_patient_clerk_says(self) -> None:
        for case, row in self.both():
            answer, first = oracle.due(case), oracle.due(case, first=True)
            at, first_at = (value and oracle.cut(value) for value in (row.due_at, row.first_due_at))
            assert (at, row.ran_out, row.due_is_provisional) == (answer.due, answer.ran_out, answer.provisional)
            assert first_at == first.due
            again = clockwork.due_of(row, clockwork.moments_of(row))
            assert (again.due_at, again.ran_out, again.provisional) == (row.due_at, row.ran_out, row.due_is_provisional)
            assert (row.verdict, row.finished_at) == (case.verdict, case.finished_at)

    @invariant()
    def the_control_slip_has_a_row_for_each_hand_over(self) -> None:
        for case, row in self.both():
            slip = list(HandOver.objects.filter(dossier=row).select_related("to_step"))
            given = [act for act in case.acts if act[0] == "dossier.hand_over"]
            assert [one.given_at for one in slip] == [act[2] for act in given]
            waiting = [one for one in slip if one.accepted_at is None and one.declined_at is None]
            assert len(waiting) == int(case.awaited) and waiting == slip[len(slip) - len(waiting) :]
            # Promised by the calendar of whoever it was given to, though his heir answers it.
            gave = [event for act, event in zip(case.acts, case.events, strict=True) if act in given]
            for one, event in zip(slip, gave, strict=True):
                wanted = oracle.step_due(one.to_step, event.agency, one.given_at) if one.to_step else None
                assert (one.step_due_at and oracle.cut(one.step_due_at)) == wanted

    @invariant()
    def each_step_is_judged_when_it_is_left_for_good(self) -> None:
        for case, row in self.both():
            slip = [None, *HandOver.objects.filter(dossier=row)]
            kept = {slip.index(one.hand_over): one for one in row.step_times.select_related("hand_over")}
            wanted = {hand.number: hand for hand in oracle.hands(case) if hand.step is not None}
            assert {number for number, one in kept.items() if one.left_at} == {
                number for number, hand in wanted.items() if hand.left
            }
            for number, one in kept.items():
                if one.left_at is None:
                    assert one.verdict == ""
                    continue
                hand = wanted[number]
                assert (one.began_at, one.left_at, one.step_id) == (hand.began, hand.left, hand.step and hand.step.pk)
                dates = oracle.cut(one.promised_at), oracle.cut(one.due_at)
                assert (*dates, one.verdict) == oracle.step_time(hand)

    @invariant()
    def the_page_names_who_had_each_step_from_when_on(self) -> None:
        if not oracle.Mergers.heirs:
            return
        case = self.cases[self.calls % len(self.cases)]  # one of them: a page is dear
        row = selectors.full().get(pk=case.pk)
        working = working_time_for(row.receiving_id).time
        shown = stays.lines(row, clockwork.moments_of(row), list(row.clock.all()), self.now, working)
        names = {agency.name: agency.pk for agency in Agency.objects.all()}
        assert {(one.number, names[one.who.split(" – ")[0]], one.began) for one in shown} == oracle.parts(case)
        assert len(shown) == len(oracle.parts(case))
        going_on = [names[one.who.split(" – ")[0]] for one in shown if one.left is None]
        assert going_on == ([case.agency] if case.state in oracle.OPEN else [])

    @invariant()
    def the_chain_is_whole(self) -> None:
        events = defaultdict(list)
        for event in LedgerEvent.objects.order_by("subject", "sequence"):
            events[event.subject].append(event)
        heads = {head.subject: (head.sequence, bytes(head.hash)) for head in LedgerHead.objects.all()}
        assert set(heads) == set(events)
        for subject, chain in events.items():
            link = bytes(32)
            for number, event in enumerate(chain, 1):
                assert event.sequence == number
                link = hashlib.sha256(link + bytes(event.canonical)).digest()
                assert link == bytes(event.hash)
            assert heads[subject] == (len(chain), link)
        for case in self.cases:
            said = [(event.verb, event.actor, time.from_microseconds(event.happened_us)) for event in events[case.ref]]
            assert said == case.said()

    @invariant()
    def codes_have_no_gap_and_no_double(self) -> None:
        for (agency, day), codes in self.day_codes.items():
            assert codes == [f"{agency}-{day}-{number:04d}" for number in range(1, len(codes) + 1)]
        assert Dossier.objects.count() == len(self.cases)
        assert ClockEvent.objects.count() == sum(len(case.events) for case in self.cases)

    def both(self) -> list[tuple[oracle.Case, Dossier]]:
        rows = Dossier.objects.in_bulk([case.pk for case in self.cases])
        return [(case, rows[case.pk]) for case in self.cases]


@pytest.mark.django_db
def test_officers_in_any_order_leave_one_holder_one_history_and_the_right_date() -> None:
    with time.travelling(datetime(2025, 1, 2, 2, tzinfo=UTC)):
        place = town()

    class Machine(Counters):
        pass

    Machine.place = place
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples(12, 150), stateful_step_count=examples(50, 80), deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
