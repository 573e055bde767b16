"""Migration operations of the second wall: policies, composite keys, append-only tables."""

from django.db.migrations.operations.base import Operation

# The schema is named: pg_dump, which reads under the wall too, runs with an empty search path.
SCOPE_FUNCTION = """
create function rtr_scope() returns bigint[] language sql stable as $$
  select case coalesce(current_setting('rtr.scope', true), '')
    when '' then '{}'::bigint[]
    when '*' then (select array_agg(id) from public.territories_territory)
    else string_to_array(current_setting('rtr.scope', true), ',')::bigint[]
  end
$$
"""
APPEND_ONLY_FUNCTION = """
create function rtr_append_only() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('rtr.lifecycle', true), '') = 'on' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  raise exception 'Les lignes de % ne se modifient pas et ne s''effacent pas.', tg_table_name
    using errcode = 'restrict_violation';
end
$$
"""
# A composite key wants a unique pair to point at; made for the first child that needs it.
PARENT_KEY = """
do $$ begin
  if not exists (select from pg_constraint where conname = '%(name)s') then
    alter table %(table)s add constraint "%(name)s" unique (id, territory_id);
  end if;
end $$
"""


class _PerModel(Operation):
    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name):
        self.model_name = model_name

    def state_forwards(self, app_label, state):
        pass

    def statements(self, model, quote):
        raise NotImplementedError

    def _run(self, index, app_label, schema_editor, state):
        model = state.apps.get_model(app_label, self.model_name)
        for pair in self.statements(model, schema_editor.quote_name):
            schema_editor.execute(pair[index])

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._run(0, app_label, schema_editor, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._run(1, app_label, schema_editor, from_state)

    def deconstruct(self):
        return (type(self).__name__, [self.model_name], {})


def composite_key(model, field, quote):
    """(parent_id, territory_id) → parent (id, territory_id), for one scoped key of the model."""
    table, parent = quote(model._meta.db_table), field.related_model._meta.db_table
    yield (
        PARENT_KEY % {"table": quote(parent), "name": f"{parent}_id_territory"},
        "select 1",
    )
    name = quote(f"{model._meta.db_table}_{field.column}_territory")
    yield (
        f"alter table {table} add constraint {name} foreign key "
        f"({quote(field.column)}, territory_id) references {quote(parent)} (id, territory_id) "
        "on update cascade deferrable initially immediate",
        f"alter table {table} drop constraint {name}",
    )


class ScopedKey(_PerModel):
    """The composite key of one scoped field, added to a table that has its wall already."""

    def __init__(self, model_name, field_name):
        super().__init__(model_name)
        self.field_name = field_name

    def describe(self):
        return f"Composite key of {self.model_name}.{self.field_name}"

    def statements(self, model, quote):
        yield from composite_key(model, model._meta.get_field(self.field_name), quote)

    def deconstruct(self):
        return (type(self).__name__, [self.model_name, self.field_name], {})


class Wall(_PerModel):
    """Row-level security on a table, and composite keys to every row that holds it.

    `or_nowhere` also shows rows without a territory (journal rows about accounts); `also`, rows
    that name a territory of the scope in another of these columns (a transfer has two sides).
    """

    def __init__(self, model_name, or_nowhere=False, also=()):
        super().__init__(model_name)
        self.or_nowhere, self.also = or_nowhere, also

    def describe(self):
        return f"Wall around {self.model_name}"

    def statements(self, model, quote):
        table = quote(model._meta.db_table)
        columns = [quote(column) for column in ("territory_id", *self.also)]
        inside = " or ".join(f"{one} = any ((select rtr_scope())::bigint[])" for one in columns)
        if self.or_nowhere:
            inside += " or territory_id is null"
        for field in model._meta.local_concrete_fields:
            if type(field).__name__ in ("ScopedForeignKey", "ScopedOneToOneField"):
                yield from composite_key(model, field, quote)
        yield (
            f"create policy rtr_territory on {table} using ({inside})",
            f"drop policy rtr_territory on {table}",
        )
        yield (
            f"alter table {table} enable row level security, force row level security",
            f"alter table {table} disable row level security, no force row level security",
        )


class AppendOnly(_PerModel):
    """Refuse UPDATE, DELETE, TRUNCATE unless `rtr.lifecycle` is on (retention, merge, transfer)."""

    def describe(self):
        return f"{self.model_name} is append-only"

    def statements(self, model, quote):
        table = quote(model._meta.db_table)
        yield (
            f"create trigger rtr_append_only before update or delete on {table} "
            "for each row execute function rtr_append_only()",
            f"drop trigger rtr_append_only on {table}",
        )
        yield (
            f"create trigger rtr_no_truncate before truncate on {table} "
            "for each statement execute function rtr_append_only()",
            f"drop trigger rtr_no_truncate on {table}",
        )
