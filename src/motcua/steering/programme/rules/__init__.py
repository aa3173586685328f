"""Pure rules: how a row unfolds, how an occurrence stands on a day, what a product cell means, who is reminded when."""

from motcua.steering.programme.rules.escalation import rung_due, superior_of_rung
from motcua.steering.programme.rules.products import product_kind
from motcua.steering.programme.rules.states import accepter, follows, overall, standing, submitted_late
from motcua.steering.programme.rules.unfolding import due_in, unfold

__all__ = [
    "accepter", "due_in", "follows", "overall", "product_kind", "rung_due", "standing", "submitted_late",
    "superior_of_rung", "unfold",
]
