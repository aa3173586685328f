"""Legal working time and the clock.

Due dates are a pure function of the receipt, the published limit, the pauses and a version of the calendar (ADR 3).
Legal basis: Civil Code 2015, Art. 146 to 148 (terms); Labour Code 2019, Art. 111 and 112 (days off, days in lieu);
Decision 14/2010/QĐ-TTg (Saturdays); the Government's yearly notices (swapped days).

A walk through the main case:

1. `seed.read_calendar` reads the shared days 2015 to 2027: holidays, days in lieu, swapped Saturdays, each with its
   source; years without a notice are expected (dự kiến). `seed.read_weeks` reads the default weekly sessions.
2. `WorkingTime(calendar, weeks, own)` compiles both, with an agency's own days above the shared ones, into sorted
   local minutes. A session has two flags: people may come (*open*), the clock runs (*counts*).
3. `due(received_at, limit, working_time, pauses, readings)` answers with a `Due`: the instant, its day, whether it
   leans on expected days, whether the limit had run out before a pause, or what an open pause keeps.
4. `judge` compares the finishing with the due date; `remaining` and `words` say what is left; `holder_shares` says
   who held the dossier and whose the delay is.
5. A date outside the calendar is an error that names the calendar's reach, never an invented date.
6. In a store the calendar lives in versions (`models`). A change (`actions.change`, `change_own`) takes the version its
   screen was drawn from, previews which due dates would move by asking `registry`, makes the next version, and queues
   `jobs.recompute`. Earlier versions stay readable for ever. `selectors.working_time_for(agency)` answers from the
   newest one, compiled once per version and, inside a request, asked for once.
"""
