"""Needles: each measurable part of a target as one number with its baseline, goal, pace and forecast.

Legal basis: the decision's own targets (860/QĐ-UBND, phần II.I); where it leaves open how one is counted, the steward
chooses a reading on a dated ground, and the screen shows what each reading gives.

The main case:

1. `actions.offer` says how a measure can be counted from the platform's records: one or more readings (`Formula`), each
   an indicator over whose records, counted how. The first holds from the day it is offered.
2. `asking.read` asks `foundation.indicators` for all readings of a programme at once; nothing is counted here.
3. `rules` says what is needed (pace), where the values lead (Theil–Sen line with its spread), and how that stands.
4. `actions.choose` sets another reading from a day on; the ledger keeps who and why. Both results stay on screen.
5. What no record holds, the responsible agency enters with day, source and file (`actions.count`, or a bare value).
6. `gaps` lists the rows that are missing: those of the denominator that are not in the numerator.
7. `jobs` keeps what each reading gave at the end of every month: the history, from which forecasts are made.

`public` and `catalog` give programme and needles out as open data (DCAT-AP), approved programmes only.
"""
