"""What a manager sets: a territory's address, its context, its public page."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("territories", "0004_changes_found_by_person")]

    operations = []
