"""Attendance statements."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0014_experiences")]

    operations = []
