"""Files that people bring: looked at, limited, scanned, encrypted, and only then known to the store.

1. An upload is streamed to a temporary file; what lies over the limit is never written (`uploads`).
2. `sniffing` reads its kind from the content; a name that says otherwise is refused. Archives are never unpacked.
3. `scanning` asks ClamAV where one is named; the answer is kept with the file.
4. `sealing` encrypts it in chunks while it is written: temporary, fsync, rename (`storage`), through Django's STORAGES.
5. The row is written last, in the verb's transaction: a file without a row is an orphan that `sweeping` finds.
"""
