"""The clock: pure functions of dated values. No store, no present time, no settings.

`working_time` compiles a calendar once into sorted minutes; all questions are then answered by bisection.
"""

from motcua.foundation.calendar.rules.book import AddYear, Book, Change, ClearDay, ConfirmYear, SetDay, SetWeek
from motcua.foundation.calendar.rules.due import due
from motcua.foundation.calendar.rules.judging import judge, remaining, words
from motcua.foundation.calendar.rules.shares import holder_shares
from motcua.foundation.calendar.rules.working_time import WorkingTime

__all__ = [
    "AddYear",
    "Book",
    "Change",
    "ClearDay",
    "ConfirmYear",
    "SetDay",
    "SetWeek",
    "WorkingTime",
    "due",
    "holder_shares",
    "judge",
    "remaining",
    "words",
]
