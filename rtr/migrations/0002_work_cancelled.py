"""Work that is of no use any more is cancelled, not done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rtr", "0001_due_rows")]

    operations = [
        migrations.AlterField(
            model_name="nightlyrun",
            name="status",
            field=models.CharField(
                choices=[
                    ("due", "À faire"),
                    ("leased", "En cours"),
                    ("done", "Fait"),
                    ("uncertain", "Incertain"),
                    ("failed", "Abandonné"),
                    ("cancelled", "Annulé"),
                ],
                default="due",
                max_length=9,
                verbose_name="état",
            ),
        ),
    ]
