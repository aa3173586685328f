"""What the screens of a dossier show, worked out from rows: no module here writes anything.

`glance` answers who holds it and until when, `line` lays the clock out, `delay` says whose a delay is, `record` puts
the ledger in words, `page` gathers all of it for one dossier; `board` makes lines of a list, `follow` what a citizen
reads.
"""
