"""Addresses and SIRET of organisations, equipment of places."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("territories", "0005_programme_management")]

    operations = []
