"""The person's own papers, PDF, files to erase."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("journeys", "0005_text_messages")]

    operations = []
