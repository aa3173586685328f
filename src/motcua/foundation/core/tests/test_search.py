"""Every beginning of every word finds its subject, with marks or without, composed or not; and nothing else does."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.foundation.core.refs import Ref
from motcua.foundation.core.search import store
from motcua.foundation.core.search.folding import beginnings, fold
from motcua.foundation.core.search.models import SearchWord

NAMES = ("Nguyễn", "Đặng", "Hoàng", "Nông", "Lường", "Thị", "Văn", "Ngọc", "Quyền", "Ưng", "Ỷ", "ĐỨC", "Y-Bion", "Nga")
names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=5).map(" ".join)
codes = st.from_regex(r"H03\.[1-4][1-4]-2504[0-3][0-9]-000[0-9]", fullmatch=True)
texts = st.tuples(names, codes | st.just("")).map(" ".join)
anything = st.text(max_size=40)


@pytest.fixture(autouse=True)
def _declared() -> Iterator[None]:
    store.declare("thing", "Việc")
    yield
    store._kinds.pop("thing")


def bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@given(anything)
def test_composed_and_decomposed_text_fold_alike_and_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == folded
    assert fold(" ".join(folded)) == folded


def test_what_follows_a_dash_is_found_too() -> None:
    assert fold("  H03.41.22-250424-0012, ") == ["h03-41-22-250424-0012"]
    assert beginnings(["a-bc-d", "bc"]) == ["a-bc-d", "bc-d", "d", "bc"]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts, st.data())
def test_every_beginning_of_every_word_finds_it(text: str, data: st.DataObject) -> None:
    SearchWord.objects.all().delete()
    store.index(Ref("thing:it"), text, rank=1, is_new=True)
    word = data.draw(st.sampled_from(text.split()))
    start = word[: data.draw(st.integers(1, len(word)))]
    other = data.draw(st.sampled_from(text.split()))
    for typed in (start, bare(start), start.upper(), unicodedata.normalize("NFD", start), f"{start} {other}"):
        if fold(typed):
            assert store.find(typed, "thing").refs == ("thing:it",), typed
    assert store.find(start, "other").refs == ()
    assert store.find("zzz", "thing").refs == ()


def naive(subjects: dict[str, str], query: str) -> set[str]:
    words = fold(query)
    return {
        subject for subject, text in subjects.items()
        if words and all(any(b.startswith(word) for b in beginnings(fold(text))) for word in words)
    }


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(texts, max_size=25), names | st.sampled_from(["n", "ng", "250", "h03.4", "th ng"]), st.integers(1, 4))
def test_pages_hold_exactly_what_fits_each_once(texts: list[str], query: str, size: int) -> None:
    SearchWord.objects.all().delete()
    subjects = {f"thing:{at:03d}": text for at, text in enumerate(texts)}
    for rank, (subject, text) in enumerate(subjects.items()):
        store.index(Ref(subject), text, rank=rank // 3, is_new=True)
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = store.find(query, "thing", after=after, size=size)
        assert len(page.refs) <= size
        found += page.refs
        after = page.after
    assert len(found) == len(set(found))
    assert set(found) == naive(subjects, query)


@pytest.mark.django_db
def test_the_newest_of_a_word_comes_first_and_an_index_can_be_set_anew() -> None:
    for rank in (1, 3, 2):
        store.index(Ref(f"thing:{rank}"), "Nông Văn Minh", rank=rank, is_new=True)
    assert store.find("minh", "thing").refs == ("thing:3", "thing:2", "thing:1")
    store.index(Ref("thing:3"), "Hoàng Thị Mai", rank=3)
    assert store.find("minh", "thing").refs == ("thing:2", "thing:1")
    store.forget(Ref("thing:2"))
    assert store.find("minh", "thing").refs == ("thing:1",)


@pytest.mark.django_db
def test_a_new_subject_costs_one_insert() -> None:
    with CaptureQueriesContext(connection) as caught:
        store.index(Ref("thing:x"), "Nông Văn Minh H03.41.22-250424-0012", rank=1, is_new=True)
    statements = [query["sql"] for query in caught.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 1
    assert statements[0].startswith("INSERT")


@pytest.mark.django_db
def test_what_a_person_may_not_see_is_passed_over() -> None:
    for number in range(12):
        store.index(Ref(f"thing:{number}"), "Nông Văn Minh", rank=number, is_new=True)

    def even(refs: Collection[Ref]) -> set[Ref]:
        return {reference for reference in refs if int(reference.partition(":")[2]) % 2 == 0}

    page = store.visible("minh", "thing", even, size=3)
    assert set(page.refs) <= even(page.refs)
    assert len(page.refs) >= 3


@pytest.mark.django_db
def test_an_undeclared_kind_and_an_empty_query_and_a_forged_key() -> None:
    with pytest.raises(KeyError):
        store.index(Ref("stranger:x"), "a", rank=1)
    store.index(Ref("thing:x"), "an", rank=1)
    assert store.find(" .,- ", "thing").refs == ()
    assert store.find("a", "thing", after="zz~1").refs == ("thing:x",)


@pytest.mark.django_db
def test_finding_reads_the_index_and_sorts_nothing() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plan is read as SQLite prints it")
    plan = store._beginning("thing", "ng").order_by("word", "-rank", "id")[:10].explain()
    assert "core_search" in plan
    assert "TEMP B-TREE" not in plan
