"""Aids asked for and given."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0016_appointments")]

    operations = []
