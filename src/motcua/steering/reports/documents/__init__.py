"""A report as a document: one sheet of plain values, set as .docx, .xlsx or PDF.

1. `sheet.of_edition` reads a version that was sent, `sheet.of_draft` an open report; both give a `Sheet`.
2. `word`, `workbook` and `portable` set the same sheet, so that the three never say different things.
3. The PDF of a version is kept once for ever (`portable.paper_of`); the other two are set anew from the frozen bytes.
"""
