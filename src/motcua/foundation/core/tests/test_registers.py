"""What a process keeps of the registers is never older than what a verb has changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from motcua.foundation.core import registers
from motcua.foundation.core.models import RegisterMark
from motcua.foundation.core.registers import Kept


class Shelf:
    """A register of one row, and how often it was read."""

    def __init__(self) -> None:
        self.value, self.read_times = 1, 0
        self.kept = Kept(self._read)

    def _read(self, key: str) -> str:
        self.read_times += 1
        return f"{key}{self.value}"


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with registers.reading():
        yield Shelf()


def present() -> str | None:
    return RegisterMark.objects.values_list("mark", flat=True).first()


def test_outside_a_request_nothing_is_kept(shelf: Shelf) -> None:
    assert [shelf.kept("a"), shelf.kept("a")] == ["a1", "a1"]
    assert shelf.read_times == 2


@pytest.mark.keeps_registers
def test_under_one_mark_a_register_is_read_once(shelf: Shelf) -> None:
    registers.seen("one")
    assert [shelf.kept("a"), shelf.kept("a"), shelf.kept("b")] == ["a1", "a1", "b1"]
    assert shelf.read_times == 2


@pytest.mark.keeps_registers
def test_another_mark_reads_anew_and_an_act_that_changes_keeps_nothing(shelf: Shelf) -> None:
    registers.seen("one")
    shelf.kept("a")
    shelf.value = 2
    assert shelf.kept("a") == "a1"
    registers.changing()
    assert shelf.kept("a") == "a2"
    registers.seen("two")
    assert shelf.kept("a") == "a2"
    shelf.value = 3
    registers.seen("three")
    assert shelf.kept("a") == "a3"


@pytest.mark.keeps_registers
def test_even_under_one_mark_nothing_is_kept_for_ever(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    instant = 0.0
    monkeypatch.setattr(registers, "monotonic", lambda: instant)
    registers.seen("one")
    shelf.kept("a")
    shelf.value, instant = 2, registers.LONGEST + 1
    assert shelf.kept("a") == "a2"


@pytest.mark.django_db(transaction=True)
def test_a_mark_never_comes_again_even_where_the_act_was_undone() -> None:
    registers.renew()
    first = present()
    undone = None
    with pytest.raises(RuntimeError), transaction.atomic():
        registers.renew()
        undone = present()
        raise RuntimeError
    assert present() == first
    registers.renew()
    assert len({first, undone, present()}) == 3
