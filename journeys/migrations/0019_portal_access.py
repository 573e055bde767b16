"""How people come in: codes, cards."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journeys", "0018_suggestions")]

    operations = [
        migrations.AddField(
            "participant",
            "language",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=7,
                verbose_name="langue choisie",
            ),
        ),
    ]
