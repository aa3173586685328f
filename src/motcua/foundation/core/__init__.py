"""The mechanisms that every room is built of.

Nothing here knows a citizen, a dossier or an agency: what core must say about them is a plain reference
`kind:public-id` (`refs.py`).

The main case, one doing of one verb:

1. A door (form, API, import, job) builds a `Call`: the actor, the key of the request, the versions it was drawn from.
2. `verbs.verb` opens the outermost transaction; a request key already answered gives its first result again.
3. It locks the subjects in the order of table and key, compares their versions, and asks the policy on the locked rows.
4. The function changes rows and says `act.record(subject, ...)` for each subject it moved.
5. `ledger.append` chains those events: exact canonical bytes, one hash chain per subject, a locked head row each.
6. On commit the jobs and messages go out. A denial is written down outside the rolled-back transaction.
7. `seals` take all heads moved since the last seal, sign them and carry them out of the database.
"""
