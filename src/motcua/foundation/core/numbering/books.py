"""Books of a year in volumes (quyển): numbers run on from one volume to the next; a closed one has its closing line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.models import Counter
from motcua.foundation.core.numbering import counting
from motcua.foundation.core.numbering.models import NumberEntry, Use, Volume
from motcua.foundation.core.refs import Ref


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """What stands under the last entry of a volume (khóa sổ)."""

    volume: int
    first: int
    last: int
    count: int
    void: int


def enter(series: str, *, subject: Ref, by: Ref, at: datetime) -> NumberEntry:
    """Enter a subject in the open volume of a book; the first entry of a year opens volume 1."""
    entry = counting.give(series, subject=subject, by=by, at=at)
    # The counter's row is ours until the commit, so nobody opens or closes a volume of this book meanwhile.
    volume = Volume.objects.filter(series=series, closed_at__isnull=True).first() or _open(series, entry.number)
    entry.volume = volume.number
    entry.save(update_fields=["volume"])
    return entry


def _open(series: str, first: int) -> Volume:
    last = Volume.objects.filter(series=series).order_by("-number").first()
    return Volume.objects.create(series=series, number=last.number + 1 if last else 1, first=first)


def close(series: str, *, by: Ref, at: datetime) -> ClosingLine:
    """Close the open volume; the next entry opens another. Raises Refusal where none is open."""
    # An entry that is on its way holds the counter: its number belongs to this volume and must be counted.
    counter = Counter.objects.select_for_update().filter(series=series).first()
    volume = Volume.objects.filter(series=series, closed_at__isnull=True).first()
    if counter is None or volume is None:
        raise Refusal("Sổ này chưa có quyển nào đang mở, nên không có gì để khóa.")
    volume.last, volume.closed_at, volume.closed_by = counter.value, at, by
    volume.save(update_fields=["last", "closed_at", "closed_by"])
    entries = NumberEntry.objects.filter(series=series, volume=volume.number)
    void = entries.filter(use=Use.VOID).count()
    return ClosingLine(volume.number, volume.first, counter.value, entries.count() - void, void)
