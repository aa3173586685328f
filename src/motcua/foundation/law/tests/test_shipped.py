"""The shipped documents and rule sets, and their loading."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.foundation.core.actors import ANYONE, SYSTEM_ACTOR
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.law import actions, datafile, selectors
from motcua.foundation.law.actions import Loaded
from motcua.foundation.law.errors import BadRules, NoSuchRule
from motcua.foundation.law.models import LegalDocument, RuleSet
from motcua.foundation.law.types import Document, Rule, Rules, Standing, Trust

SYSTEM = Call(SYSTEM_ACTOR)
PLAN = date(2016, 6, 15)


@pytest.fixture
def loaded(db: None) -> Loaded:
    return actions.load_shipped(SYSTEM)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2015, 5, 14), "qd-93-2007"), (date(2015, 5, 15), "qd-09-2015"), (date(2018, 6, 20), "qd-09-2015"),
        (date(2018, 6, 21), "nd-61-2018"), (date(2025, 6, 30), "nd-61-2018"), (date(2025, 7, 1), "nd-118-2025"),
    ],
)  # fmt: skip
def test_one_stop_rule_set_of_a_day(day: date, code: str, loaded: Loaded) -> None:
    assert selectors.rule_set_at(day).code == code


@pytest.mark.parametrize(
    ("key", "day", "value"),
    [
        ("apology.deadline", PLAN, "due-date"), ("apology.deadline", date(2018, 6, 21), "day-before"),
        ("apology.gate", PLAN, False), ("apology.gate", date(2019, 1, 1), True),
        ("form.register", date(2025, 6, 30), "06"), ("form.register", date(2025, 7, 1), "07"),
        ("form.control_slip", date(2025, 7, 1), "06"), ("form.stop", date(2025, 7, 1), "05"),
        ("transfer.cut_off", PLAN, "15:00"), ("clock.resume_minimum_days", PLAN, 1),
        ("digitising.levels", date(2022, 12, 1), ["province", "district"]),
        ("government.levels", date(2025, 7, 1), ["province", "commune"]),
        ("filing.place", date(2025, 7, 1), "national-portal"),
    ],
)  # fmt: skip
def test_value_of_a_day(key: str, day: date, value: object, loaded: Loaded) -> None:
    assert selectors.value(key, day) == value


def test_provincial_forms_are_marked_as_an_example(loaded: Loaded) -> None:
    rule = selectors.rule("form.receipt", date(2019, 1, 5))
    assert (rule.trust, rule.rule_set.code) == (Trust.EXAMPLE, "mau-cua-tinh")
    assert selectors.rule("form.receipt", date(2019, 1, 6)).trust == Trust.LAW


def test_dossier_keeps_its_rule_set(loaded: Loaded) -> None:
    kept = selectors.rule_set_at(PLAN)
    assert selectors.value_in(kept, "apology.deadline") == "due-date"
    decree = selectors.rule_set_at(date(2019, 1, 1))
    assert selectors.value_in(decree, "digitising.levels", date(2022, 6, 1)) == ["province"]
    assert selectors.value_in(decree, "digitising.levels") == ["province", "district", "commune"]


def test_what_nothing_sets_is_told(loaded: Loaded) -> None:
    for ask in (
        lambda: selectors.value("form.stop", PLAN), lambda: selectors.rule_set_at(date(1990, 1, 1)),
        lambda: selectors.value_in(selectors.rule_set_at(PLAN), "form.stop"),
    ):
        with pytest.raises(NoSuchRule):
            ask()
    assert selectors.value("form.stop", PLAN, default=None) is None


def test_loading_again_writes_nothing(loaded: Loaded) -> None:
    events = LedgerEvent.objects.count()
    assert loaded.documents == LegalDocument.objects.count() and loaded.rule_sets == RuleSet.objects.count()
    assert actions.load_shipped(SYSTEM) == Loaded(0, 0)
    assert LedgerEvent.objects.count() == events


def test_changed_document_is_corrected_alone(loaded: Loaded) -> None:
    LegalDocument.objects.filter(number="722/NQ-UBTVQH15").update(title="khác")
    assert actions.load_shipped(SYSTEM) == Loaded(1, 0)


def test_every_basis_that_is_a_number_names_a_known_document(loaded: Loaded) -> None:
    for rule_set in RuleSet.objects.exclude(basis="").exclude(code="cach-tinh"):
        assert rule_set.document is not None, rule_set.code


def test_standing_of_documents(loaded: Loaded) -> None:
    by_number = {entry.document.number: entry.standing for entry in selectors.documents_on(PLAN)}
    assert by_number["09/2015/QĐ-TTg"] == Standing.IN_FORCE
    assert by_number["93/2007/QĐ-TTg"] == Standing.EXPIRED
    assert by_number["61/2018/NĐ-CP"] == Standing.AHEAD
    assert by_number["367/2025/NĐ-CP"] == Standing.UNKNOWN
    found = selectors.document("61/2018/NĐ-CP, Điều 19")
    assert found is not None and found.effective_on == date(2018, 6, 21)


def test_sets_of_a_day_take_two_queries(loaded: Loaded, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(2):
        sets = selectors.sets_on(PLAN)
        assert [s.subject for s in sets] == ["clock", "forms", "government", "one-stop", "online"]
        assert all(s.in_force for s in sets)  # type: ignore[attr-defined]


def test_second_set_of_a_subject_is_refused(loaded: Loaded) -> None:
    rules = Rules("moi", "one-stop", "Mới", date(2024, 1, 1), None, Trust.EXAMPLE)
    with pytest.raises(BadRules, match="cùng thời gian"):
        actions.enter_rule_set(SYSTEM, rules=rules)
    other = Rules("moi", "new", "Mới", PLAN, None, Trust.EXAMPLE, rules=(Rule("form.receipt", "x", "9", Trust.LAW),))
    with pytest.raises(BadRules, match="đã có giá trị"):
        actions.enter_rule_set(SYSTEM, rules=other)
    assert not RuleSet.objects.filter(code="moi").exists()


def test_strangers_may_read_and_not_write(db: None) -> None:
    with pytest.raises(Denied):
        actions.enter_document(Call(ANYONE), document=Document("1/QĐ", "Quyết định", "UBND", "x"))
    assert not LegalDocument.objects.exists()


DOCUMENT = '[[document]]\nnumber="1"\ntype="t"\nissuer="i"\ntitle="x"\ntrust="law"\n'
SET = '[[rule_set]]\ncode="a"\nsubject="s"\nname="n"\nvalid_from=2015-01-01\ntrust="law"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Không đọc được"), ("[[document", "Không đọc được"), (DOCUMENT * 2, "hai lần"),
        (DOCUMENT + "issued=2020-01-02\neffective=2020-01-01\n", "thứ tự"),
        (DOCUMENT + "issued='hôm qua'\n", "một ngày"),
        (DOCUMENT.replace('"law"', '"sure"'), "sure"), ("[[document]]\nnumber='7'\n", "“7”"),
    ],
)  # fmt: skip
def test_bad_documents_are_refused(text: str, words: str) -> None:
    with pytest.raises(BadRules, match=words):
        datafile.read_documents(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SET + SET.replace('"a"', '"b"'), "cùng hiệu lực"),
        (SET * 2, "hai lần"), (SET + "valid_to=2015-01-01\n", "trống"),
        (SET + 'rule=[{key="k",title="t",value=1},{key="k",title="t",value=2}]\n', "cùng hiệu lực"),
        (SET + 'rule=[{key="k",title="t",value=1,valid_from=2010-01-01}]\n', "ngoài thời gian"),
        (SET + 'rule=[{key="k",title="t"}]\n', "value"), ('[[rule_set]]\ncode="a"\n', "valid_from"),
    ],
)  # fmt: skip
def test_bad_rule_sets_are_refused(text: str, words: str) -> None:
    with pytest.raises(BadRules, match=words):
        datafile.read_rule_sets(text)
