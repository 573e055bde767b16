"""How people come in: codes, cards."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0018_suggestions")]

    operations = []
