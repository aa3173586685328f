"""A document is known by its number, its body however spelled, and its day; without a number by its bytes alone."""

import re
import unicodedata

from django.db import migrations, models

_SHORT = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan"}


def _key(name):
    parts = unicodedata.normalize("NFD", name.translate({ord("đ"): "d", ord("Đ"): "D"}))
    bare = re.sub("[\u0300-\u036f]+", "", parts).lower()
    return re.sub(r"\b(?:ubnd|hdnd)\b", lambda found: _SHORT[found[0]], " ".join(bare.split()))[:200]


def fill(apps, schema_editor):
    """Fill the key. Of twins that stand there by now the one at work, else the first, is the document from here on."""
    taken = set()
    rows = apps.get_model("programme", "Programme").objects.all()
    for row in sorted(rows, key=lambda one: (one.state == "draft", one.pk)):
        if not any(map(str.isdigit, row.number)):
            row.number = ""
        row.body_key = _key(row.issuing_body)
        document = (row.number, row.body_key, row.issued_on)
        if row.number and document in taken:
            row.body_key = f"{row.body_key[:180]} #{row.pk}"
        taken.add(document)
        row.save(update_fields=["number", "body_key"])


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0003_hand_ins'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='programme',
            name='programme_document_once',
        ),
        migrations.AddField(
            model_name='programme',
            name='body_key',
            field=models.CharField(blank=True, default='', editable=False, max_length=200),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number', 'body_key', 'issued_on'), name='programme_document_once'),
        ),
    ]
