"""Whom each change is about, so that the history of a person goes with them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territories", "0002_walls")]
    operations = [
        migrations.AddField("logentry", "participant_id", models.BigIntegerField(null=True)),
    ]
