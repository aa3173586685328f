"""The verbs of reports."""

from motcua.steering.reports.actions.correct import correct
from motcua.steering.reports.actions.judge import give_back, receive
from motcua.steering.reports.actions.loading import load_regimes
from motcua.steering.reports.actions.opening import Plan, open_period
from motcua.steering.reports.actions.printing import keep_paper
from motcua.steering.reports.actions.refilling import refill, refresh
from motcua.steering.reports.actions.send import send
from motcua.steering.reports.actions.writing import contest, take_back, write

__all__ = [
    "Plan", "contest", "correct", "give_back", "keep_paper", "load_regimes", "open_period", "receive", "refill",
    "refresh", "send", "take_back", "write",
]
