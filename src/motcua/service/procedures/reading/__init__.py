"""Reading what the national portal says about procedures: pure, without database or clock.

`read_path` takes a file or folder, `read_record` one record, `read_list` the official Excel list. Three rules hold
everywhere: the source's text is kept letter for letter beside what was read from it; nothing is guessed, so a number
without its unit is no limit and digits that run together are not divided; and every record stands for itself, so what
is broken is rejected with its reason while the others go on.

The portal's pages reach us as scraped text in which table cells are glued together. `channels`, `papers` and `bases`
take those tables apart; `limits`, `fees` and `amounts` read single cells; `record` and `workbook` put the parts
together; `findings` says what a person has to look at; `reasons` gives each such finding a stable code and its words.
"""

from motcua.service.procedures.reading.files import judge, read_file, read_path, source_files
from motcua.service.procedures.reading.outcome import Outcome, RecordReading
from motcua.service.procedures.reading.reasons import EXPLANATIONS, Reason, ReasonCode
from motcua.service.procedures.reading.record import read_record
from motcua.service.procedures.reading.workbook import read_list

__all__ = [
    "EXPLANATIONS",
    "Outcome",
    "Reason",
    "ReasonCode",
    "RecordReading",
    "judge",
    "read_file",
    "read_list",
    "read_path",
    "read_record",
    "source_files",
]
