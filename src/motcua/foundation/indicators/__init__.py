"""The registry of numbers: each is declared once, knows its formula and its rows, and tells its age.

Law names figures (Decision 860/QĐ-UBND of 2016 sets them as targets, Circular 01/2020/TT-VPCP as report cells), seldom
how to count them; so each number says in words how it is counted and which reading was chosen.

For other rooms: `types`, `registry`, `selectors`. To declare, in `AppConfig.ready`:

    registry.declare(Indicator(code="dossiers-received", unit=Unit.DOSSIER, …, numerator=Measure(SOURCE, "received")))

To ask:

1. `selectors.ask("dossiers-on-time-share", Scope.of(agency.pk), Period.year(2026))` → a `Number`: value or why it is
   unknown, numerator, denominator, as of which day, how old, and what the last comparison found.
2. `selectors.ask_many(codes, …)` reads as many as one likes in one query a source; a page never asks one by one.
3. `selectors.table(code, …, by=By.AGENCY)` → the same number line by line, with its total.
4. `selectors.rows(code, Side.NUMERATOR, …)` → the truth: the rows as a query set; `recount` counts them.

How a number stays quick and true:

1. A verb appends `Delta` rows in its own transaction (`changes.of`, put beside the event by `act.put`).
2. Reading is fold + unfolded in one statement (`reading`): it waits for nobody, and sees a change at once.
3. A folder (`folding`, every minute) sums deltas into cells of days, months and years and deletes them.
4. What time alone changes is told beforehand: a due date appends its first late day as a change to come, and whoever
   ends the matter takes it back. What the present hour alone changes is counted from an index.
5. Every night `comparing` counts all rows anew in SQL; what differs is kept and shown beside the number.
6. `motcua indicators recompute` builds the fold anew from the rows.

Unknown is not zero: a number without rows to speak from says so (`Number.unknown`), and what the record leaves open is
counted apart (`Number.unstated`).
"""
