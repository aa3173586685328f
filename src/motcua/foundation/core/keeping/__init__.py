"""Keeping a store well: looking it over (`doctor`), carrying it away (`backup`), bringing it back (`restore`).

1. A backup is one file: a consistent copy of the database, the files, the seals, and last a manifest with the SHA-256
   of each. A file that was cut has no manifest, and a changed one does not agree with it.
2. The keys are not in it. Who finds a backup reads no identity number; who loses the keys reads none either.
3. Restoring looks at everything before it touches anything, keeps what was there under a dated name, and verifies the
   ledger against the seals that came with the backup.
"""
