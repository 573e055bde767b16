"""Collective actions, productions, pairs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0012_frames")]

    operations = []
