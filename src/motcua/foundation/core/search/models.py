"""The table of words."""

from __future__ import annotations

from django.db import models
from django.db.models import F


class SearchWord(models.Model):
    """One word of one subject. `word` is bytes, so that both databases sort it alike, whatever their locale.

    `rank` puts newer subjects first; `text` holds all words of the subject, so that a second word needs no second look.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    word = models.BinaryField(max_length=160)
    rank = models.BigIntegerField()
    subject = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        indexes = [
            models.Index(F("kind"), F("word"), F("rank").desc(), F("id"), name="core_search"),
            models.Index(fields=["subject"], name="core_search_subject"),
        ]
