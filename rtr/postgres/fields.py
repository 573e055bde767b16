"""Keys to rows that live in one territory.

The plain foreign key would let a row of Caen point at a person of Marseille: PostgreSQL checks keys
without looking at policies. These keys carry no constraint of their own; the `Wall` operation of
the migration gives them a composite one, `(parent_id, territory_id) → parent (id, territory_id)`.
"""

from django.db import models


class ScopedForeignKey(models.ForeignKey):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"db_constraint": False})


class ScopedOneToOneField(models.OneToOneField):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"db_constraint": False})
