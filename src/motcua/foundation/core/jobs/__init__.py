"""Work outside the request: a queue in the database, a worker that empties it, a schedule that fills it.

1. `queue.job` makes a job of a function; `queue.enqueue` writes it in the verb's own transaction, so a job is there
   exactly when what it speaks of is there. Its arguments are references and codes, never personal data.
2. `working` is the worker: it runs jobs, gives a sign of life, and takes up again what a dead worker left.
3. `schedule.periodic` declares what runs by the clock, in code. A row for each holds when it is due and a lease, so it
   runs once however many machines there are; a missed run is caught up, once.
4. `signs` tells the desk when nobody works.
"""
