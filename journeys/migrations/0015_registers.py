"""What registers note, statements of hours; being there counts as activity (rule 3)."""

import uuid

import django.db.models.deletion
import django.utils.timezone
import rtr.postgres.fields
from django.conf import settings
from django.db import migrations, models

from rtr.postgres.operations import AppendOnly, Wall

# What somebody signed says the same for ever, and stays signed.
FROZEN = """
create function rtr_statement_frozen() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('rtr.lifecycle', true), '') = 'on' then
    return new;
  end if;
  if (old.person_signed_at is not null or old.team_signed_at is not null)
     and (new.month, new.number, new.code, new.name, new.rows, new.minutes, new.sha256)
         is distinct from
         (old.month, old.number, old.code, old.name, old.rows, old.minutes, old.sha256) then
    raise exception 'Un relevé signé ne se modifie pas : une correction en ouvre un autre.'
      using errcode = 'restrict_violation';
  end if;
  if old.person_signed_at is not null and (new.person_signed_at, new.person_user_id)
       is distinct from (old.person_signed_at, old.person_user_id)
     or old.team_signed_at is not null and (new.team_signed_at, new.team_user_id, new.team_name)
       is distinct from (old.team_signed_at, old.team_user_id, old.team_name) then
    raise exception 'Une signature ne change pas.' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger rtr_frozen before update on journeys_attendancestatement
  for each row execute function rtr_statement_frozen();
"""
NO_FROZEN = """
drop trigger rtr_frozen on journeys_attendancestatement;
drop function rtr_statement_frozen();
"""

# The last contact of a journey follows its contacts and the sessions its person was in.
ACTIVITY = """
create function rtr_last_activity(of_journey bigint) returns date language sql stable as $$
  select greatest(
    (select max("on") from journeys_contact where journey_id = of_journey),
    (select max((s.starts_at at time zone 'Europe/Paris')::date)
       from journeys_journey j
       join journeys_enrolment e on e.participant_id = j.participant_id
       join journeys_session s on s.id = e.session_id
      where j.id = of_journey and e.attendance = 'present'))
$$;
create or replace function rtr_contacts_changed() returns trigger language plpgsql as $$
begin
  update journeys_journey j set last_contact_on = rtr_last_activity(j.id)
   where j.id in (select journey_id from was);
  return null;
end $$;
create function rtr_enrolments_added() returns trigger language plpgsql as $$
begin
  update journeys_journey j set last_contact_on = greatest(j.last_contact_on, e.last)
    from (select a.participant_id, max((s.starts_at at time zone 'Europe/Paris')::date) as last
            from added a join journeys_session s on s.id = a.session_id
           where a.participant_id is not null and a.attendance = 'present' group by 1) e
   where j.participant_id = e.participant_id
     and j.last_contact_on is distinct from greatest(j.last_contact_on, e.last);
  return null;
end $$;
create function rtr_enrolments_changed() returns trigger language plpgsql as $$
begin
  update journeys_journey j set last_contact_on = rtr_last_activity(j.id)
   where j.participant_id in (
      select unnest(array[o.participant_id, n.participant_id])
        from was o join now n using (id)
       where (o.participant_id, o.session_id, o.attendance)
             is distinct from (n.participant_id, n.session_id, n.attendance)
         and 'present' in (o.attendance, n.attendance))
     and j.last_contact_on is distinct from rtr_last_activity(j.id);
  return null;
end $$;
create function rtr_enrolments_removed() returns trigger language plpgsql as $$
begin
  update journeys_journey j set last_contact_on = rtr_last_activity(j.id)
   where j.participant_id in (select participant_id from was where attendance = 'present');
  return null;
end $$;
create trigger rtr_added after insert on journeys_enrolment referencing new table as added
  for each statement execute function rtr_enrolments_added();
create trigger rtr_changed after update on journeys_enrolment
  referencing old table as was new table as now
  for each statement execute function rtr_enrolments_changed();
create trigger rtr_removed after delete on journeys_enrolment referencing old table as was
  for each statement execute function rtr_enrolments_removed();
"""
NO_ACTIVITY = """
drop trigger rtr_removed on journeys_enrolment;
drop trigger rtr_changed on journeys_enrolment;
drop trigger rtr_added on journeys_enrolment;
drop function rtr_enrolments_removed();
drop function rtr_enrolments_changed();
drop function rtr_enrolments_added();
create or replace function rtr_contacts_changed() returns trigger language plpgsql as $$
begin
  update journeys_journey j
     set last_contact_on = (select max("on") from journeys_contact c where c.journey_id = j.id)
   where j.id in (select journey_id from was);
  return null;
end $$;
drop function rtr_last_activity(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0014_experiences"),
        ("territories", "0007_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AttendanceMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("batch", models.UUIDField(default=uuid.uuid4)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("noted", "présence notée"),
                            ("added", "venue ajoutée"),
                            ("removed", "venue retirée"),
                            ("linked", "présence reprise dans un parcours"),
                            ("unlinked", "reprise annulée"),
                        ],
                        default="noted",
                        max_length=8,
                        verbose_name="quoi",
                    ),
                ),
                (
                    "was_attendance",
                    models.CharField(
                        choices=[
                            ("registered", "pas encore noté"),
                            ("present", "présent"),
                            ("absent_excused", "absent, prévenu"),
                            ("absent", "absent"),
                        ],
                        max_length=14,
                        verbose_name="avant",
                    ),
                ),
                ("was_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("was_waiting", models.BooleanField(default=False)),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("registered", "pas encore noté"),
                            ("present", "présent"),
                            ("absent_excused", "absent, prévenu"),
                            ("absent", "absent"),
                        ],
                        max_length=14,
                        verbose_name="présence",
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="durée, en minutes"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrolment",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="journeys.enrolment",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "geste d’un registre",
                "ordering": ["received_at", "pk"],
                "indexes": [
                    models.Index(fields=["enrolment", "received_at"], name="mark_of_enrolment"),
                    models.Index(fields=["batch"], name="mark_of_batch"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="mois")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("code", models.CharField(max_length=24, verbose_name="code")),
                ("name", models.CharField(max_length=140, verbose_name="nom")),
                ("rows", models.JSONField(default=list, verbose_name="séances")),
                (
                    "minutes",
                    models.PositiveIntegerField(default=0, verbose_name="durée, en minutes"),
                ),
                ("sha256", models.CharField(max_length=64)),
                (
                    "prepared_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="préparé le"
                    ),
                ),
                (
                    "replaced_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="remplacé le"),
                ),
                (
                    "person_signed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="signé par la personne le"
                    ),
                ),
                (
                    "team_signed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="signé par l’équipe le"
                    ),
                ),
                (
                    "team_name",
                    models.CharField(blank=True, max_length=140, verbose_name="signé par"),
                ),
                (
                    "journey",
                    rtr.postgres.fields.ScopedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="journeys.journey",
                    ),
                ),
                (
                    "person_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "relevé d’heures",
                "ordering": ["-month", "code", "-number"],
                "indexes": [models.Index(fields=["territory", "month"], name="statement_of_month")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "month", "number"), name="statement_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="statement_month_is_a_first_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("person_signed_at__isnull", True),
                                ("person_user__isnull", False),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("team_name", ""), ("team_signed_at__isnull", True)),
                                models.Q(
                                    ("team_signed_at__isnull", False),
                                    ("team_user__isnull", False),
                                    models.Q(("team_name", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="statement_signed_by_somebody",
                    ),
                ],
            },
        ),
        AppendOnly("attendancemark"),
        migrations.RunSQL(FROZEN, NO_FROZEN),
        migrations.RunSQL(ACTIVITY, NO_ACTIVITY),
        Wall("attendancemark"),
        Wall("attendancestatement"),
    ]
