from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("dossiers", "0009_letters_to_applicants"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="letter", name="dossiers_letter_number"),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("agency", "what", "symbol", "year", "number"), name="dossiers_letter_number"
            ),
        ),
    ]
