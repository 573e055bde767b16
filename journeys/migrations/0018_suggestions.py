"""What somebody does not wish to be suggested."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0017_aids")]

    operations = []
