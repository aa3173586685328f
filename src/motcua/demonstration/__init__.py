"""The demonstration province, an exercise clearly marked as one: made through the verbs, like real life.

Bắc Kạn as it stood on 15 June 2016 (three tiers), or the two-tier province of 1 July 2025, at today's date. Names and
codes of agencies are facts; procedures, people and dossiers are invented here, and every page and paper says so.

1. `actions.open_exercise` writes the store's first event: this is a simulated store.
2. `world.furnish` loads the register, opens offices with their people and roles.
3. `catalogue.publish` drafts and publishes the twenty procedures with their internal processes.
4. `programme.load` enters the province's programme of reform (shape 2016): its 63 rows as facts, three invented years
   of work on them. It stands still in 2018, on today's day and month, for its years are over (`today.STANDS_ON`).
5. `lives.Simulation` lets citizens come and officers work, in the order of time, each step through its verb: some
   are late, some wait for papers, some are withdrawn. A seal is made at the end of every simulated day.
"""
