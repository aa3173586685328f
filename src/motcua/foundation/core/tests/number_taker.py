"""One of several processes that take numbers at the same time; started by `test_numbering_processes`.

Each takes numbers in transactions of its own, gives some up on purpose, and prints as JSON what it kept.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time

TRIES = 5


def main(seed: int, count: int) -> None:
    """Take numbers of a counter, a book and a range, `count` times each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    import django

    django.setup()
    chance, kept = random.Random(seed), {"letter": [], "book": [], "range": []}  # type: ignore[var-annotated]
    for at in range(count):
        for what, found in kept.items():
            number = _try(what, f"thing:{seed}-{at}", give_up=chance.random() < 0.25)
            if number is not None:
                found.append(number)
    sys.stdout.write(json.dumps(kept))


def _try(what: str, subject: str, *, give_up: bool) -> int | None:
    from django.db import OperationalError

    for attempt in range(TRIES):
        try:
            return _take(what, subject, give_up=give_up)
        except OperationalError:
            if attempt + 1 == TRIES:
                raise
            time.sleep(0.05 * (attempt + 1))
    return None


class _GivenUp(Exception):
    pass


def _take(what: str, subject: str, *, give_up: bool) -> int | None:
    from django.db import transaction

    from motcua.foundation.core import numbering
    from motcua.foundation.core.numbering import books, ranges
    from motcua.foundation.core.numbering.models import NumberRange
    from motcua.foundation.core.refs import Ref
    from motcua.foundation.core.time import now

    facts = {"subject": Ref(subject), "by": Ref("account:test"), "at": now()}
    try:
        with transaction.atomic():
            if what == "letter":
                entry = numbering.give("letter:H03:PXL:2026", **facts)  # type: ignore[arg-type]
            elif what == "book":
                entry = books.enter("book:H03:CT:2026", **facts)  # type: ignore[arg-type]
            else:
                entry = ranges.take_next(NumberRange.objects.get(), **facts)  # type: ignore[arg-type]
            if give_up:
                raise _GivenUp
            return entry.number
    except (_GivenUp, ranges.RangeEmpty):
        return None


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
