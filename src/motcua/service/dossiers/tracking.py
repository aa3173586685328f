"""Tracking by code and check word: a wrong word and an unknown code answer alike, and guessing is slowed down.

Wrong tries are counted by code and by the caller's address, as keyed digests that name nobody. A code that is guessed
at is closed for a while to everybody, its slip's QR too; its owner is told how long. An address is closed only after
many more, for a whole office or village may stand behind one.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from motcua.foundation.core import ledger, time, words
from motcua.foundation.core.crypto import blind_index
from motcua.foundation.core.errors import NotFound, Refusal
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.settings_rows import read as read_setting
from motcua.service.dossiers.models import ClockEvent, Dossier, Letter, WrongWord

WHILE = timedelta(minutes=15)
_NO_WORD = "-" * 6
_MARK = re.compile(r"(?P<number>[1-9][0-9]{0,8})\.(?P<digest>[0-9a-f]{12})")


class TooOften(Refusal):
    """Too many wrong tries in a short while."""

    status = 429
    code = "too-often"


def find(code: str, word: str, address: str) -> Dossier:
    """Return the dossier of this code whose check word this is.

    Raises NotFound, the same for a wrong word and an unknown code, and TooOften with how long to wait.
    """
    code, now = clean_code(code), time.now()
    sources = {digest("track-address", address): by_address(), digest("track-code", code): by_code()}
    _refuse_if_often(sources, now)
    dossier = _dossiers().filter(code=code).first()
    # Compared even where there is no dossier, so that the time taken tells nothing.
    fits = hmac.compare_digest(clean_word(word).encode(), (dossier.check_word if dossier else _NO_WORD).encode())
    if dossier is None or not fits:
        _count_wrong(sources, now)
        raise NotFound(
            "Không tìm thấy hồ sơ với mã và từ kiểm tra này. Bạn xem lại giấy hẹn, nhập đúng từng chữ, rồi thử lại.",
            field="word",
        )
    return dossier


def by_code() -> int:
    """Wrong words in a quarter of an hour after which a code is closed (a setting of the store)."""
    return _most("track-wrong-by-code", 10)


def by_address() -> int:
    """Wrong words in a quarter of an hour after which an address is closed (a setting of the store)."""
    return _most("track-wrong-by-address", 60)


def _most(key: str, default: int) -> int:
    value = read_setting(key)
    return default if value is None else int(value)


def slip_agrees(dossier: Dossier, mark: str) -> bool | None:
    """Return whether the mark of the ledger printed in a slip's QR is that of the dossier's chain (at most 1 query).

    A mark is an event's number and the first twelve figures of its hash, which is worked out anew from the stored bytes
    of all events up to it. None where the address carries no mark.
    """
    if not mark:
        return None
    found = _MARK.fullmatch(mark)
    if found is None:
        return False
    events = LedgerEvent.objects.filter(subject=dossier.ref, sequence__lte=int(found["number"])).order_by("sequence")
    link, last = ledger.GENESIS, 0
    for last, canonical in events.values_list("sequence", "canonical"):  # noqa: B007 - the last one is looked at
        link = ledger.chain(link, bytes(canonical))
    return last == int(found["number"]) and link.hex().startswith(found["digest"])


def clean_code(text: str) -> str:
    """Return a code as it is stored, however it was typed."""
    return "".join(text.split()).upper()


def clean_word(text: str) -> str:
    """Return a check word as it is stored: small letters, nothing between them."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def digest(kind: str, text: str) -> bytes:
    """Return the keyed digest under which tries are counted."""
    # The blind index passes over dots and dashes, which tell two addresses apart.
    return blind_index(kind, text.replace(".", "/").replace("-", "_")) or bytes(16)


def _dossiers() -> QuerySet[Dossier]:
    events = ClockEvent.objects.select_related("agency", "step", "note")
    said = Letter.objects.filter(dossier=OuterRef("pk"), new_day__isnull=False).order_by("-id")
    return Dossier.objects.select_related(
        "version_of__procedure", "receiving", "at_agency", "at_step"
    ).prefetch_related(Prefetch("clock", events)).annotate(announced_day=Subquery(said.values("new_day")[:1]))


def _refuse_if_often(sources: dict[bytes, int], now: datetime) -> None:
    for tries in WrongWord.objects.filter(source__in=list(sources), since__gt=now - WHILE):
        if tries.count >= sources[bytes(tries.source)]:
            minutes = max(1, -int((now - WHILE - tries.since).total_seconds() // 60))
            raise TooOften(
                f"Đã nhập sai quá nhiều lần, nên tra cứu tạm dừng, cả khi quét mã vuông trên giấy hẹn. Bạn thử lại "
                f"sau {minutes} phút, từ {words.clock(tries.since + WHILE)}; hồ sơ vẫn được giải quyết bình thường."
            )


def _count_wrong(sources: dict[bytes, int], now: datetime) -> None:
    WrongWord.objects.filter(since__lte=now - WHILE).delete()
    for source in sources:
        if not WrongWord.objects.filter(source=source).update(count=F("count") + 1):
            WrongWord.objects.bulk_create([WrongWord(source=source, since=now, count=1)], ignore_conflicts=True)
