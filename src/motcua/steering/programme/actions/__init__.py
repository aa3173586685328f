"""Verbs of a programme. Its face for other rooms: `enter(call, reading=…, sha256=…, name=…)` and `approve`."""

from motcua.steering.programme.actions.amend import amend
from motcua.steering.programme.actions.approve import approve
from motcua.steering.programme.actions.enter import answer, enter
from motcua.steering.programme.actions.hand_in import end_hand_in, hand_in
from motcua.steering.programme.actions.head import Head, correct_head
from motcua.steering.programme.actions.measuring import bind, enter_value, link, unlink
from motcua.steering.programme.actions.money import plan_money, spend
from motcua.steering.programme.actions.occurrences import (
    accept,
    add,
    drop,
    give_back,
    issue,
    resume,
    set_product,
    submit,
    wait,
)
from motcua.steering.programme.actions.projects import enter_project, report_progress
from motcua.steering.programme.actions.remind import issue_reminder, remind, set_ladder

__all__ = [
    "Head", "accept", "add", "amend", "answer", "approve", "bind", "correct_head", "drop", "end_hand_in", "enter",
    "enter_project",
    "enter_value", "give_back", "hand_in", "issue", "issue_reminder", "link", "plan_money", "remind",
    "report_progress", "resume", "set_ladder", "set_product", "spend", "submit", "unlink", "wait",
]
