"""What a person agrees to, and takes back."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0019_portal_access")]

    operations = []
