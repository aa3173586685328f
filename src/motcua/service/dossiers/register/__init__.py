"""The register of dossiers of one counter (form 06, since July 2025 form 07), for a range of days, as PDF and XLSX.

1. The officer names two days; `loading.total` counts what lies between, and what was carried over from before.
2. `loading.pages` reads the dossiers in the order of their receipt, a page at a time by key, whatever their number.
3. `sheet` sets them on A4 with numbered pages and the closing line; `workbook` writes them into a file row by row.
4. Every person whose line is printed finds it in the access journal of his dossier.

Volume (quyển) and number are those that the slip carries: the volume is the year of receipt, the number the code
without the agency. They are read from the code, not given anew, so register and slip cannot disagree;
`core.numbering.books` stays for books whose entries are numbered when they are written.
"""
