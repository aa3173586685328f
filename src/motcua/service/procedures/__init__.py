"""Procedures (thủ tục hành chính): what a citizen may ask for, what it takes, how long, and how an office settles it.

Legal basis: Decree 63/2010/NĐ-CP on control of administrative procedures, as amended by Decrees 48/2013 and 92/2017;
Circular 02/2017/TT-VPCP on publication. Internal processes: Decree 61/2018/NĐ-CP.

The main case:

1. `reading` takes apart what the national portal hands out, without guessing; what is open becomes a reason.
2. `actions.take_in` stores one record, in one transaction: unchanged, new, or a new version in the chain.
3. A ministry's record is in force as it stands, flagged; the counter may receive it at once. Where its limit is
   unknown, dossiers are “chưa xác định thời hạn” until the controller adds amount and unit with their basis
   (`actions.set_limit`).
4. What the province itself regulates is drafted and published here (`actions.draft`, `publish`): a missing mandatory
   part is refused, and the version before ends the day the new one begins.
5. A process is drafted beside the live one and published by decision (`actions.publish_process`): its steps add up to
   the procedure's limit and are frozen from then on.

For other rooms: `types`, `selectors`, `actions`, `errors`.
"""
