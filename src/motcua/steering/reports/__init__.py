"""Reports of offices to the offices above them: numbers come from the registry, people add words and sign.

Legal basis: Decision 860/QĐ-UBND of 15 June 2016, part III, section 2 (who reports, how often, and thematic reports);
letter 581/BNV-CCHC (windows and dates); Circular 02/2017/TT-VPCP and after it 01/2020/TT-VPCP (control of procedures);
Decree 30/2020/NĐ-CP, annex I (how a report is set). Chains, windows, dates and forms are data (`data/`).

The main case:

1. `actions.open_period`: the steward opens a quarter; each unit of the chain gets its report, already filled. A unit
   under another one reports to it; what stands right under the province reports to whoever gathers for the province.
2. `actions.write` adds words to the sentences that were made from the numbers. Numbers cannot be typed over: who
   thinks one wrong says his own figure and why (`actions.contest`), and both stand side by side from there on.
3. `actions.send`: the head signs; numbers and words are frozen as bytes, and their digest goes into the ledger.
4. The level above receives it or gives it back (`receive`, `give_back`). Its own report takes what was sent as it
   stands: the sum of what units reported, beside what the registry itself counts for the same units.
5. `actions.correct` begins a further version; the former one counts until the new one is sent.
6. `documents` sets a report as .docx, .xlsx and PDF from the frozen bytes.

Unknown is not zero: a sum says of how many units it is, and names who is missing.

For other rooms: `types`, `selectors`, `actions`, `errors`.
"""
