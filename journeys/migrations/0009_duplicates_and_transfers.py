"""Two files of one person; a file that changes territory."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0008_referrals_and_follow_ups")]

    operations = []
