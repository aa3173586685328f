"""Writing and finding words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from motcua.foundation.core.prepared import fresh
from motcua.foundation.core.refs import Ref, split
from motcua.foundation.core.search.folding import WORD, beginnings, fold
from motcua.foundation.core.search.models import SearchWord

#: A text this long holds everything a person would search by.
TEXT = 400
PAGE = 25
MOST_WORDS = 6
#: How far words are counted to learn which of them is the rarest.
COUNTED = 500
#: How many pages `visible` turns at most to fill one page of what a person may see.
TURNED = 8
_KEY = re.compile(r"([0-9a-f]*)~(-?\d{1,18})~(\d{1,18})")
_kinds: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Found:
    """A page of references and the key from which the next one goes on, or None at the end."""

    refs: tuple[Ref, ...]
    after: str | None


def declare(kind: str, label: str) -> None:
    """Say that subjects of a kind can be found; `label` names them to a person ("Hồ sơ")."""
    _kinds[kind] = label


def kinds() -> dict[str, str]:
    """Return what can be found: kinds and their labels."""
    return dict(_kinds)


def index(subject: Ref, text: str, *, rank: int, is_new: bool = False) -> None:
    """Set the words by which a subject is found: one INSERT for a new one, a DELETE before it for any other.

    `rank` orders those found by the same word, the highest first (a time in seconds, say). Raises KeyError for a kind
    that no room declared.
    """
    if not is_new:
        forget(subject)
    SearchWord.objects.bulk_create(words_of(subject, text, rank=rank))


def words_of(subject: Ref, text: str, *, rank: int) -> list[SearchWord]:
    """Return the unsaved rows by which a new subject is found, for a verb that puts them beside its event."""
    kind, _ = split(subject)
    if kind not in _kinds:
        raise KeyError(f"no room declared that {kind} can be found")
    words = fold(text[: TEXT * 2])
    whole = f" {' '.join(words)}"[:TEXT]
    return [
        fresh(SearchWord, kind=kind, word=word.encode(), rank=rank, subject=subject, text=whole)
        for word in beginnings(whole.split())
    ]


def forget(subject: Ref) -> None:
    """Let a subject no longer be found."""
    SearchWord.objects.filter(subject=subject).delete()


def find(text: str, kind: str, *, after: str = "", size: int = PAGE) -> Found:
    """Return a page of subjects in which every word of the text begins some word. No word finds nothing.

    Ordered by the word that was met, then the newest first. One query for one word; one more for each further word.
    """
    words = [word[:WORD] for word in fold(text)][:MOST_WORDS]
    if not words:
        return Found((), None)
    leading = min(words, key=lambda word: _count(kind, word)) if len(words) > 1 else words[0]
    rows = _beginning(kind, leading)
    for word in words:
        if word != leading:
            rows = rows.filter(Q(text__contains=f" {word}") | Q(text__contains=f"-{word}"))
    return _page(rows, leading, after, size)


def visible(
    text: str, kind: str, allowed: Callable[[Collection[Ref]], Collection[Ref]], *, after: str = "", size: int = PAGE
) -> Found:
    """Return a page of what a person may see. `allowed` is asked for each page: which of these are his?"""
    seen: list[Ref] = []
    for _ in range(TURNED):
        found = find(text, kind, after=after, size=size)
        may = set(allowed(found.refs)) if found.refs else set()
        seen += [reference for reference in found.refs if reference in may]
        if found.after is None or len(seen) >= size:
            return Found(tuple(seen), found.after)
        after = found.after
    return Found(tuple(seen), after)


def _beginning(kind: str, word: str) -> QuerySet[SearchWord]:
    start = word.encode()
    # No letter's UTF-8 begins with the byte 255, so this is the end of all that begins with the word.
    return SearchWord.objects.filter(kind=kind, word__gte=start, word__lt=start + b"\xff")


def _count(kind: str, word: str) -> int:
    return _beginning(kind, word)[:COUNTED].count()


def _page(rows: QuerySet[SearchWord], leading: str, after: str, size: int) -> Found:
    refs: list[Ref] = []
    last: SearchWord | None = None
    for row in _walk(rows, after, 2 * size + 2):
        if not _is_first_meeting(row, leading):
            continue
        if len(refs) == size and last is not None:
            return Found(tuple(refs), _key(last))
        refs.append(Ref(row.subject))
        last = row
    return Found(tuple(refs), None)


def _key(row: SearchWord) -> str:
    return f"{bytes(row.word).hex()}~{row.rank}~{row.pk}"


def _walk(rows: QuerySet[SearchWord], after: str, step: int) -> Iterator[SearchWord]:
    """Yield rows in their order, `step` at a time from the index, for as long as they are asked for."""
    while True:
        for batch in _batches(rows, after):
            chunk = list(batch.order_by("word", "-rank", "id")[:step])
            yield from chunk
            if len(chunk) == step:
                after = _key(chunk[-1])
                break
        else:
            return


def _batches(rows: QuerySet[SearchWord], after: str) -> list[QuerySet[SearchWord]]:
    """Return where to go on: first the rest of the word a page ended in, then the words behind it."""
    key = _KEY.fullmatch(after)
    if key is None:
        return [rows]
    word, rank, pk = bytes.fromhex(key[1]), int(key[2]), int(key[3])
    rest = rows.filter(Q(rank__lt=rank) | Q(rank=rank, pk__gt=pk), word=word)
    return [rest, rows.filter(word__gt=word)]


def _is_first_meeting(row: SearchWord, leading: str) -> bool:
    """Return whether the subject is met here for the first time: two of its words may begin alike."""
    mine = bytes(row.word)
    return mine == min(word.encode() for word in beginnings(row.text.split()) if word.startswith(leading))
