"""The programme (đề án, kế hoạch): a decision read into targets and tasks, and what became of each.

Legal basis: the decision itself; for the programme of Bắc Kạn 2016–2020, Decision 860/QĐ-UBND of 15 June 2016.

The main case:

1. `reading` opens a file (text, Word, web page, PDF), finds header, legal bases, targets, solutions, duties and the
   rows of the annex, keeps every text verbatim, and says what disagrees with itself. Nothing is corrected or guessed.
2. `actions.enter` stores a reading as a draft; the steward answers what is unsure on the review screen, with the
   source text beside, and approves. The same file again changes nothing; an amended one comes as a difference.
3. On approval rows unfold: one assignment for each responsible agency, one occurrence for each year it falls due.
4. Agencies submit, the province issues, somebody else than the owner accepts the product; what is late rises.
5. Each sub-target is bound to an indicator, or to dated entries with a source where no record holds it yet.

For other rooms: `types`, `kinds`, `selectors`, `actions`, `errors`. What day it is for a programme, `today.day()` says.
"""
