"""One dossier on its way: received, handed over, suspended, finished, returned. Its clock always knows who holds it.

Law: Decision 09/2015/QĐ-TTg, Decree 61/2018/NĐ-CP and what followed (the rule set a dossier was received under).

1. `receive` takes the applicant and the papers of a procedure in force, numbers the code `agency-yymmdd-nnnn`, works
   out the first due date and keeps it for ever; the slip is a paper at once.
2. `hand_over` passes it to the next step, at the same agency or another. From that moment the unit that receives it
   holds it; `accept` names the person, `decline` gives it back with a reason.
3. `suspend` stops the clock with a legal ground and one of three policies; `resume` lets it run on.
4. `finish` judges it: early, on time or late by the day of finishing. `return_result` is the citizen's own time.
5. `withdraw` and `stop` end it otherwise. Nothing is deleted.
6. Whatever happened is a `ClockEvent`; due date, holders and shares of delay are pure functions of those (`rules`).
"""
