from django.db import migrations

from rtr.postgres.operations import (
    APPEND_ONLY_FUNCTION,
    SCOPE_FUNCTION,
    AppendOnly,
    Wall,
)


class Migration(migrations.Migration):
    dependencies = [("territories", "0001_tables")]
    operations = [
        migrations.RunSQL(SCOPE_FUNCTION, "drop function rtr_scope()"),
        migrations.RunSQL(APPEND_ONLY_FUNCTION, "drop function rtr_append_only()"),
        Wall("journalentry", or_nowhere=True),
        Wall("logentry", or_nowhere=True),
        AppendOnly("journalentry"),
    ]
