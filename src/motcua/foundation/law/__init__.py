"""Law as dated data: legal documents, and rule sets whose values other rooms ask for instead of holding constants.

Legal basis: the documents listed in `data/documents.toml`; each carries its dates and a trust mark. What is not read in
a legal text is marked so, and only `Trust.LAW` may be shown to a citizen as law.

The main case, the rule set of a dossier:

1. A dossier is received on 24 April 2025. `selectors.rule_set_at(day)` gives the one-stop rule set of that day.
2. The dossier keeps that rule set for ever; Decree 118/2025 changes nothing for it.
3. The apology letter asks `selectors.value_in(rule_set, "apology.deadline")`: one day before the due date.
4. The slip asks `selectors.value("form.receipt", day)`: the form's number in the series of that day.
5. Where a decree changes a value within a rule set (Decree 107/2021 within Decree 61/2018), the value is dated itself.
6. The page `phap-luat/` lists what is in force on a day, value by value, with basis and trust.

A rule set belongs to a subject (one-stop, forms, clock, online, government); on any day each subject has at most one.
Provinces add their own documents and values; the shipped file can be loaded again without doubling anything.
"""
