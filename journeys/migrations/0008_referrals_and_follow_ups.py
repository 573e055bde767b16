"""Referrals from outside; follow-ups asked by message or by phone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0007_signing_links")]

    operations = []
