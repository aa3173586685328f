import motcua.service.dossiers.types
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='WrongWord',
            fields=[
                ('source', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('since', models.DateTimeField(db_index=True)),
                ('count', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='dossier',
            name='applicant_folded',
            field=models.CharField(blank=True, editable=False, max_length=220),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('state', motcua.service.dossiers.types.State['FINISHED'])), fields=['receiving', 'due_at', 'id'], name='dossiers_ready'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('accepted_at__isnull', True), ('declined_at__isnull', True)), fields=['giver', 'id'], name='dossiers_given'),
        ),
    ]
