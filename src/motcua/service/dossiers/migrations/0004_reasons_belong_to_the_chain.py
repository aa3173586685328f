"""Reasons move from plain columns into notes: encrypted rows whose digest stands in the chain of their dossier.

What was written before is carried over: each text becomes a note, and an event entered now says its digest. So the
ledger says honestly that it answers for an old text only from this day on. Going back puts the texts into the columns
again; notes and events stay.
"""

import secrets

import django.db.models.deletion
from django.db import migrations, models

from motcua.foundation.core import ledger, time
from motcua.foundation.core.refs import SYSTEM, new_public_id

ENDINGS = ("withdraw", "stop")


def keep(apps, dossier, by, at, text):
    """Make a note of an old text and say its digest at the end of the dossier's chain."""
    about, salt, entered = f"dossier:{dossier.public_id}", secrets.token_hex(16), time.now()
    for former in apps.get_model("core", "Note").objects.filter(about=about, at=at, erased_at=None):
        if ledger.digest(former.salt, text) == former.digest:
            return former  # from before somebody went back
    note = apps.get_model("core", "Note").objects.create(
        public_id=new_public_id(), about=about, by=by, at=at, text=text, salt=salt, digest=ledger.digest(salt, text)
    )
    head = apps.get_model("core", "LedgerHead").objects.filter(subject=about).first()
    if head is None:
        head = apps.get_model("core", "LedgerHead")(subject=about, sequence=0, hash=ledger.GENESIS)
    said = {
        "subject": about, "sequence": head.sequence + 1, "verb": "dossier.keep_note", "actor": SYSTEM, "agency": "",
        "act": new_public_id(), "cause": "", "happened_us": time.microseconds(at),
        "entered_us": time.microseconds(entered), "request_key": None,
    }
    facts = ledger.facts_bytes({"what": "keep-note", "note": f"note:{note.public_id}", "digest": note.digest})
    canonical = ledger.envelope(*said.values()) + facts
    head.sequence, head.hash = said["sequence"], ledger.chain(bytes(head.hash), canonical)
    apps.get_model("core", "LedgerEvent").objects.create(**said, canonical=canonical, hash=head.hash)
    head.save()
    return note


def carry_over(apps, schema_editor):
    """Make notes of all texts, the clock's first, each dossier's in the order in which they were written."""
    for event in apps.get_model("dossiers", "ClockEvent").objects.exclude(text="").order_by("dossier", "sequence"):
        by = f"account:{event.account.public_id}" if event.account else SYSTEM
        event.note = keep(apps, event.dossier, by, event.at, event.text)
        event.save(update_fields=["note"])
    for row in apps.get_model("dossiers", "HandOver").objects.exclude(text="").order_by("id"):
        # Declining wrote the reason over the giver's word; a dossier that ended on the way left the giver's word.
        ended = row.dossier.clock.filter(what__in=ENDINGS, at=row.declined_at).exists() if row.declined_at else False
        if row.declined_at and not ended:
            row.reason = keep(apps, row.dossier, SYSTEM, row.declined_at, row.text)
        else:
            row.note = keep(apps, row.dossier, f"account:{row.giver.public_id}", row.given_at, row.text)
        row.save(update_fields=["note", "reason"])
    # PostgreSQL alters no table that waits for its keys to be checked.
    schema_editor.connection.check_constraints()


def carry_back(apps, schema_editor):
    """Put the texts into the columns again; where a hand-over has two, the reason, as it was."""
    for event in apps.get_model("dossiers", "ClockEvent").objects.filter(note__isnull=False):
        event.text = event.note.text
        event.save(update_fields=["text"])
    for row in apps.get_model("dossiers", "HandOver").objects.exclude(note=None, reason=None):
        row.text = (row.reason or row.note).text
        row.save(update_fields=["text"])
    schema_editor.connection.check_constraints()


def kept():
    return models.ForeignKey(
        to="core.note", on_delete=django.db.models.deletion.PROTECT, null=True, blank=True, related_name="+",
        db_index=False,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0013_erased_notes_say_their_ground"),
        ("dossiers", "0003_names_are_found_by_words"),
    ]

    operations = [
        migrations.RenameField("clockevent", "note", "text"),
        migrations.RenameField("handover", "note", "text"),
        migrations.AddField("clockevent", "note", kept()),
        migrations.AddField("handover", "note", kept()),
        migrations.AddField("handover", "reason", kept()),
        migrations.RunPython(carry_over, carry_back),
        migrations.RemoveField("clockevent", "text"),
        migrations.RemoveField("handover", "text"),
    ]
