"""Reminders rise on the ladder, say each thing once, and come in working hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module

import pytest

from motcua.foundation.core import settings_rows, time
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.models import Setting
from motcua.foundation.core.outbox.models import Message
from motcua.foundation.core.papers import keeping
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.models import AgencyState
from motcua.steering.programme import actions, jobs, today
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.kinds import LADDER, Rung
from motcua.steering.programme.models import Programme, Reminder
from motcua.steering.programme.papers.letters import letter_of
from motcua.steering.programme.reminding import digests, is_quiet
from motcua.steering.programme.tests.factories import SYSTEM, Province, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    return Province()


@pytest.fixture
def programme(province: Province) -> Programme:
    return province.approved()


def stand_on(day: date) -> None:
    settings_rows.write(today.STANDS_ON, day.isoformat())


def said(programme: Programme) -> list[tuple[Rung, str, int]]:
    return [(one.rung, one.to.name, len(one.items)) for one in digests(programme, today.day())]


def test_a_digest_holds_all_of_one_reader_and_is_said_once(programme: Programme, province: Province) -> None:
    stand_on(date(2016, 12, 20))
    assert sorted(said(programme)) == [
        (Rung.OWNER, "Sở Nội vụ", 1), (Rung.OWNER, "Sở Tư pháp", 1), (Rung.OWNER, "Sở Y tế", 1),
    ]
    first = actions.remind(SYSTEM, programme)
    assert [one.number for one in first] == [None] * 3, "a word beforehand is no numbered letter"
    assert actions.remind(SYSTEM, programme) == []
    stand_on(date(2017, 1, 2))
    second = actions.remind(SYSTEM, programme)
    assert sorted(one.number or 0 for one in second) == [0, 1, 2]
    assert [one.to for one in second if one.number is None] == [province.steward], "nobody writes to himself"
    assert {one.rung for one in second} == {Rung.OWN_HEAD}
    assert Message.objects.count() == 6
    assert Message.objects.filter(about__in=[one.ref for one in second]).count() == 3


def test_who_presses_while_another_does_is_told_that_all_was_said(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_on(date(2017, 1, 2))
    drawn_up = digests(programme, today.day())
    first = actions.remind(SYSTEM, programme)
    # The second press drew up its digests before the first was through.
    monkeypatch.setattr(import_module("motcua.steering.programme.actions.remind"), "digests", lambda *_: drawn_up)
    assert actions.remind(SYSTEM, programme) == []
    assert Reminder.objects.count() == len(first) == 3
    with pytest.raises(BadProgramme, match="đã được nhắc"):
        actions.issue_reminder(SYSTEM, programme=programme, digest=drawn_up[0])


def test_of_a_digest_only_what_was_not_said_is_said(programme: Programme) -> None:
    stand_on(date(2017, 1, 2))
    drawn_up = digests(programme, today.day())[0]
    item = drawn_up.items[0]
    other = replace(item, occurrence=programme.tasks.get(uid="1.2").occurrences.get(year=2020))
    actions.issue_reminder(SYSTEM, programme=programme, digest=replace(drawn_up, items=[item]))
    more = actions.issue_reminder(SYSTEM, programme=programme, digest=replace(drawn_up, items=[item, other]))
    assert [line.occurrence for line in more.lines.all()] == [other.occurrence]


def test_a_department_has_no_superior_below_the_chairman(programme: Programme, province: Province) -> None:
    stand_on(date(2017, 1, 12))
    assert {rung for rung, _, _ in said(programme)} == {Rung.OWN_HEAD}
    AgencyState.objects.filter(agency=province.health).update(parent=province.office)
    assert (Rung.SUPERIOR, "Văn phòng UBND tỉnh", 1) in said(programme)
    stand_on(date(2017, 2, 5))
    assert {(rung, who) for rung, who, _ in said(programme)} == {(Rung.CHAIRMAN, "UBND tỉnh Mẫu")}


def test_what_is_handed_in_is_not_reminded_of(programme: Programme, province: Province) -> None:
    stand_on(date(2017, 1, 2))
    row = programme.tasks.get(uid="1.2").occurrences.get(year=2016)
    actions.submit(SYSTEM, occurrence=row, number="1/TTr", on=date(2016, 12, 30))
    assert "Sở Nội vụ" not in {who for _, who, _ in said(programme)}


def test_the_letter_is_set_once_and_kept(programme: Programme) -> None:
    stand_on(date(2017, 1, 2))
    actions.remind(SYSTEM, programme)
    reminder = Reminder.objects.select_related("programme", "to", "sender").filter(number=1).get()
    assert reminder.code == "01/ĐĐ-CCHC"
    paper = letter_of(SYSTEM, reminder)
    assert keeping.read(paper).startswith(b"%PDF")
    assert letter_of(SYSTEM, reminder).public_id == paper.public_id


def test_nobody_is_reminded_at_night_nor_on_a_day_off(programme: Programme) -> None:
    # Thursday 5 January 2017, 09:00 and 21:00 local; Sunday 8 January, 09:00.
    assert not is_quiet(programme, datetime(2017, 1, 5, 2, tzinfo=UTC))
    assert is_quiet(programme, datetime(2017, 1, 5, 14, tzinfo=UTC))
    assert is_quiet(programme, datetime(2017, 1, 8, 2, tzinfo=UTC))
    with time.travelling(datetime(2017, 1, 5, 14, tzinfo=UTC)):
        assert jobs.remind_all() == 0
    with time.travelling(datetime(2017, 1, 5, 2, tzinfo=UTC)):
        assert jobs.remind_all() == 3
        assert jobs.remind_all() == 0
    stand_on(date(2018, 1, 5))
    assert jobs.remind_all() == 0, "an exercise that stands still sends nothing by itself"
    Setting.objects.filter(key=today.STANDS_ON).delete()


def test_the_ladder_rises_and_the_steward_sets_it(programme: Programme, province: Province) -> None:
    with pytest.raises(Denied):
        actions.set_ladder(Call(officer(province.justice, Role.HEAD)), programme=programme, ladder=LADDER)
    with pytest.raises(BadProgramme):
        actions.set_ladder(SYSTEM, programme=programme, ladder={**LADDER, Rung.STEWARD: 5})
    actions.set_ladder(SYSTEM, programme=programme, ladder={**LADDER, Rung.OWNER: -30})
    programme.refresh_from_db()
    stand_on(date(2016, 12, 2))
    assert {rung for rung, _, _ in said(programme)} == {Rung.OWNER}
