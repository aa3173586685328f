"""The row of a paper that was issued."""

from __future__ import annotations

from django.db import models

from motcua.foundation.core.files.models import StoredFile
from motcua.foundation.core.models import Subject


class Paper(Subject):
    """An issued paper. `of` is the subject it speaks of; one valid paper for each `what` and `occasion` of it.

    `what` is the kind ("slip"), `occasion` tells papers of one kind apart (a control slip after each hand-over), `form`
    the number of the form in the rule set `rule_set`, `head` where the chain of `of` stood when it was made.
    """

    kind = "paper"

    of = models.CharField(max_length=60)
    what = models.CharField(max_length=30)
    occasion = models.CharField(max_length=30, blank=True)
    form = models.CharField(max_length=10, blank=True)
    rule_set = models.CharField(max_length=40, blank=True)
    head = models.CharField(max_length=40, blank=True)
    # By its public id, which is known before the row is written: both go into the store in one breath.
    file = models.OneToOneField(StoredFile, models.PROTECT, to_field="public_id", related_name="paper")
    happened_at = models.DateTimeField()
    is_void = models.BooleanField(default=False)
    void_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of", "what", "occasion"], name="core_paper_once", condition=models.Q(is_void=False)
            )
        ]
