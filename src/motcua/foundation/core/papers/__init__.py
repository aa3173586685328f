"""Papers: every slip, letter and notice is a Typst template and its data, made into PDF/A-2b once and kept.

1. A room works out the data of a paper (plain values) and names its template, kind and occasion.
2. `rendering.render` sets it with the fonts of this repository alone; a warning of Typst is an error, and the time
   inside the PDF is that of the event, so the same data give the same bytes.
3. `keeping.keep` stores bytes, digest and row inside a verb; the paper has a chain of its own in the ledger.
4. A reprint serves the kept bytes. A void paper stays, and makes room for another one of its kind.
"""
