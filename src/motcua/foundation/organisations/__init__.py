"""The dated tree of agencies: who existed on a day, under whom, under which name and code, and who took over whom.

Legal basis: the Law on the Organisation of Local Government (77/2015/QH13, then 72/2025/QH15) for levels and kinds,
the resolutions of the National Assembly's Standing Committee for mergers, Decision 20/2020/QĐ-TTg and QCVN 102:2016
for agency codes. Levels and kinds are data (`data/kinds.toml`); nothing here knows how many levels a province has.

The main case, a merger of communes on 1 February 2020:

1. `data/bac-kan.csv` or the steward's form says what a resolution did, as one `Merge` event with its day and basis.
2. `rules.apply` checks it against the register: every source lives, no code is held twice, nobody becomes an orphan.
3. The sources end on that day (half-open: their last day is 31 January); the new commune begins, with its codes.
4. Successions say who took over whom, wholly or in part. Nothing of the old communes is deleted.
5. `readings.list_units(register, day)` gives the tree as of any day; `heirs` and `forebears` follow all dates.
6. Dossiers, accounts and numbers refer to an agency, never to a name; each asks for the name of its own day.
7. `names.match_names` finds the agencies of a day in the text of a decision; `codes` reads both national formats.

An agency's *key* never changes and is never used again; a statistics code is freed at the end and may pass on.
"""
