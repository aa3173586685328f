"""Numbers without gap or double: the counter's row is held until the transaction that took the number ends.

A series is named by what it counts and when it starts anew (`series`): dossier codes per agency and day, letters per
agency, series and calendar year, books per agency and year. A rolled-back act gives its number back.

- `take` gives a bare number, for codes that stand on the row itself; `take_for` a new row's number and key at once.
- `give` gives one that is entered: who got it and what became of it. A cancelled paper keeps its number as void.
- `books` has volumes (quyển): numbers run on through the year, whatever the volume, and a closed volume has its line.
- `ranges` holds numbers set aside beforehand: fee receipts an agency has registered, pads of slips for an outage.
"""

from motcua.foundation.core.numbering.counting import give, take, take_for, void
from motcua.foundation.core.numbering.series import book_series, dossier_series, letter_series

__all__ = ["book_series", "dossier_series", "give", "letter_series", "take", "take_for", "void"]
