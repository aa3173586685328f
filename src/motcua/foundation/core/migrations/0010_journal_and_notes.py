import motcua.foundation.core.crypto
import motcua.foundation.core.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_jobs_and_outbox'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=60)),
                ('quarter', models.DateTimeField()),
                ('actor', models.CharField(max_length=60)),
                ('agency', models.CharField(blank=True, max_length=60)),
                ('purpose', models.CharField(max_length=40)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject', 'quarter', 'actor', 'purpose'), name='core_access_once')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=motcua.foundation.core.refs.new_public_id, editable=False, max_length=24, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('about', models.CharField(db_index=True, max_length=60)),
                ('by', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('text', motcua.foundation.core.crypto.SealedField(blank=True, null=True)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('digest', models.CharField(max_length=64)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
