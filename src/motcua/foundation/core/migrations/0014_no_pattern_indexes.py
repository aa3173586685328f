from django.db import migrations

from motcua.foundation.core.indexes import without_pattern_indexes


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0013_erased_notes_say_their_ground'),
    ]

    operations = [
        without_pattern_indexes('core_counter', 'core_ledgerevent', 'core_ledgerhead'),
    ]
