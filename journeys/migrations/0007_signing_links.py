"""Signing on one's own phone: links, codes, refusals; agreements of both."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0006_own_papers")]

    operations = []
