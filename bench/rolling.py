"""Run inside a furnished store: every agency sends its report through the verbs, then the roll-up is timed."""

from __future__ import annotations

import json
import os
import time
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.site.settings"
VERDICTS = {"early": "A3", "on-time": "A4", "late": "A5", "undetermined": "A6"}


def main() -> None:
    """Print how long the roll-up took, how many sent, and which sums differ from plain addition."""
    import django

    django.setup()
    from django.test import Client
    from django.urls import reverse

    from motcua.foundation.identity.models import Account
    from motcua.steering.reports import selectors
    from motcua.steering.reports.content import content_of

    period = _opened()
    rows = list(selectors.whole().filter(period=period))
    sent, plain = _sent(period, rows)
    top = next(row for row in rows if row.above_id is None)
    client = Client(HTTP_HOST="localhost")
    client.force_login(Account.objects.get(username="thuongtruc"))
    began = time.perf_counter()
    assert client.get(reverse("report-roll-up", args=[top.public_id])).status_code == 200
    seconds = time.perf_counter() - began
    said = {one.cell.code: one.sum.value for one in content_of(selectors.whole().get(pk=top.pk)).figures}
    wrong = {code: (str(value), str(said[code])) for code, value in plain.items() if said[code] != value}
    print(json.dumps({"seconds": seconds, "sent": sent, "units": len(rows), "wrong": wrong}))


def _opened() -> Any:
    from motcua.demonstration.world import SYSTEM
    from motcua.foundation.core.time import today
    from motcua.foundation.organisations.models import Agency
    from motcua.steering.reports import actions
    from motcua.steering.reports.types import PeriodKind, Rank, Window

    last = today() - timedelta(days=1)
    window = Window(last - timedelta(days=89), last, {rank: last + timedelta(days=5) for rank in Rank})
    plan = actions.Plan("cchc", last.year, PeriodKind.AD_HOC, window=window, name="Báo cáo đo thử")
    return actions.open_period(SYSTEM, plan=plan, drafter=Agency.objects.get(key="bk-snv"))


def _counted(first: date, last: date) -> dict[int, Counter[str]]:
    """Count every agency's dossiers of the period from the bare rows, one after another."""
    from motcua.foundation.core.time import local_day
    from motcua.service.dossiers.models import Dossier

    found: dict[int, Counter[str]] = defaultdict(Counter)
    columns = ("receiving_id", "received_at", "finished_at", "verdict", "state", "held_since")
    for agency, received, finished, verdict, state, held in Dossier.objects.values_list(*columns):
        if first <= local_day(received) <= last:
            found[agency]["A2"] += 1
        if finished and first <= local_day(finished) <= last:
            found[agency][VERDICTS[verdict]] += 1
        if state in {"withdrawn", "stopped"} and first <= local_day(held) <= last:
            found[agency]["A8"] += 1
    return found


def _sent(period: Any, rows: list[Any]) -> tuple[int, dict[str, Decimal]]:
    """Let every unit send, the deepest first; return how many did, and what their figures come to, added plainly."""
    above = {row.pk: row.above_id for row in rows}

    def depth(row: Any) -> int:
        steps, at = 0, row.above_id
        while at is not None:
            steps, at = steps + 1, above[at]
        return steps

    chance, sent, plain = Random(148), 0, Counter[str]()
    counted = _counted(period.first, period.last)
    for row in sorted(rows, key=depth, reverse=True):
        own = counted[row.unit_id]
        if row.above_id is not None:
            own.update(_send(row, own, chance))
            sent += 1
        plain.update(own)
    sums = {code: Decimal(plain[code]) for code in (*VERDICTS.values(), "A2", "A8", "M2")}
    good, judged = sums["A3"] + sums["A4"], sums["A3"] + sums["A4"] + sums["A5"]
    return sent, sums | {"A7": judged + sums["A6"], "A11": good * 100 / judged}


def _send(row: Any, own: Counter[str], chance: Random) -> dict[str, int]:
    """Send a unit's report as its leader; return what is to be added for what it says otherwise."""
    from motcua.foundation.core.time import today
    from motcua.foundation.core.verbs import Call
    from motcua.foundation.identity.models import RoleGrant
    from motcua.foundation.identity.selectors import officer
    from motcua.steering.reports import actions
    from motcua.steering.reports.content import content_of, draft

    grant = RoleGrant.objects.filter(agency=row.unit, role__in=["chairman", "head"]).order_by("id")[0]
    by, content = officer(grant.account, today()), content_of(row)
    texts, news = {cell.code: draft(content, cell) for cell in content.form.texts}, chance.randrange(50)
    row = actions.write(Call(by), report=row, texts=texts, values={"M2": Decimal(news)})
    more = chance.randrange(1, 9) if chance.random() < 0.2 else 0
    if more:
        value, reason = Decimal(own["A2"] + more), "Sổ giấy của đơn vị ghi khác"
        row = actions.contest(Call(by), report=row, cell="A2", value=value, reason=reason)
    actions.send(Call(by), report=row)
    return {"M2": news, "A2": more}


if __name__ == "__main__":
    main()
