"""A database of N people, written by the database itself (about a minute for a million).

Three territories of two programmes (half, a fifth, three tenths), seventy members of the team, a
coordinator of the first two territories. Chance comes from each row's number, so that two runs
measure the same people.
"""

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from journeys.participants.codes import code_words
from rtr import scope
from territories.models import Membership, Organisation, Programme, Territory, User

BATCH = 20_000

# `draw(i, k)` is the k-th chance of row i: 60 in 100 of those met long ago
# are under contract.
DRAW = """
create function pg_temp.draw(i bigint, k bigint, sides int) returns int language sql immutable as
$$ select ((hashint8extended(i, k) & 2147483647) % sides)::int $$
"""
PEOPLE = """
with given as (
  select %(words)s::text[] as words, %(organisations)s::bigint[] as organisations,
    %(territories)s::bigint[] as places, array_length(%(words)s::text[], 1) as words_count,
    string_to_array('Ki Za Lou Mi Pa Ti No Sa Bi Cha Fa Gri Ma Ya Re Do Lé Ju Pi Ro', ' ') as heads,
    string_to_array('wi za lou ka bo no nou sha rou ri mé line do tou bou zou ly mo to va', ' ')
      as tails),
drawn as (
  select given.*, i, %(today)s::date - pg_temp.draw(i, 1, 900) as met_on,
    pg_temp.draw(i, 2, 10) < 6 and pg_temp.draw(i, 1, 900) > 60 as is_known,
    lpad(pg_temp.draw(i, 3, 100000000)::text, 8, '0') as digits
  from generate_series(%(first)s::bigint, %(last)s) i, given)
insert into journeys_participant (territory_id, programme_id, organisation_id, code, nickname,
  channel, welcomed_on, contact, call_back_asked_on, identified_on, first_name, last_name,
  birth_date, phone, guardian)
select t.id, t.programme_id, organisations[1 + pg_temp.draw(i, 4, array_length(organisations, 1))],
  words[1 + i %% words_count] || '-' || 1000 + i / words_count,
  heads[1 + pg_temp.draw(i, 5, 20)] || tails[1 + pg_temp.draw(i, 6, 20)]
    || case when pg_temp.draw(i, 7, 3) = 0 then ' ' || heads[1 + pg_temp.draw(i, 8, 20)]
       else '' end,
  (array['presence', 'mission_locale', 'bouche_a_oreille', 'spontane'])[1 + pg_temp.draw(i, 9, 4)],
  met_on, case when pg_temp.draw(i, 10, 5) = 0 then '06' || digits else '' end,
  case when pg_temp.draw(i, 11, 500) = 0 then %(today)s::date - 2 end,
  case when is_known then met_on + 50 end,
  case when is_known then
    (array['Camille', 'Élodie', 'Mamadou', 'Inès', 'Jean'])[1 + pg_temp.draw(i, 12, 5)]
    else '' end,
  case when is_known then
    (array['Martin', 'Lefèvre', 'Diallo', 'N''Guyen', 'Petit'])[1 + pg_temp.draw(i, 13, 5)] || ' '
    || tails[1 + pg_temp.draw(i, 14, 20)] else '' end,
  case when is_known then date '1980-01-01' + pg_temp.draw(i, 15, 8000) end,
  case when is_known then '+336' || digits else '' end, ''
from drawn join territories_territory t
  on t.id = places[(array[1, 1, 1, 1, 1, 2, 2, 3, 3, 3])[1 + pg_temp.draw(i, 16, 10)]]
"""
JOURNEYS = """
insert into journeys_journey (territory_id, participant_id, first_contact_on, entry_on, limit_on,
  version)
select territory_id, id, welcomed_on, identified_on,
  (identified_on + interval '15 months')::date, 0
from journeys_participant order by id
"""
PHASES = """
insert into journeys_phasechange (territory_id, journey_id, rank, phase, step, "on", reason, at)
select territory_id, id, rank, phase, '', "on", '', now() from (
  select j.*, 1 as rank, 'reperage' as phase, first_contact_on as "on" from journeys_journey j
  union all
  select j.*, 2, 'mobilisation', entry_on from journeys_journey j where entry_on is not null
  union all
  select j.*, 3, 'insertion', entry_on + 90 from journeys_journey j
   where entry_on < %(today)s::date - 90 and pg_temp.draw(id, 1, 3) = 0) rows
order by id, rank
"""
CONTACTS = """
insert into journeys_contact (territory_id, journey_id, kind, "on")
select territory_id, id, 'visit',
  first_contact_on + (%(today)s::date - first_contact_on) * share / 100
from journeys_journey, lateral (values (0), (pg_temp.draw(id, 2, 90)),
  (90 + pg_temp.draw(id, 3, 10))) s (share)
"""
# Nearly all of those whose time is over have left; one in twenty of the others is in pause.
ABSENCES = """
insert into journeys_absence (territory_id, journey_id, kind, from_on, expected_return_on,
  pause_reason, exit_kind, agreed_to_contact, recorded_at)
select territory_id, id, 'exit', least(limit_on, %(today)s::date) - 20, null, '', 'cdi', true, now()
from journeys_journey where limit_on < %(today)s::date + 20 and pg_temp.draw(id, 4, 20) > 0
union all
select territory_id, id, 'pause', %(today)s::date - 20,
  %(today)s::date + pg_temp.draw(id, 5, 40) - 15, 'family', '', false, now()
from journeys_journey where limit_on >= %(today)s::date + 20 and pg_temp.draw(id, 4, 20) = 1
"""
FOLLOW_UPS = """
insert into journeys_followup (territory_id, journey_id, absence_id, milestone, opens_on, late_on,
  status, situation)
select territory_id, journey_id, id, 'exit', from_on, from_on + 28,
  case when pg_temp.draw(id, 6, 10) = 0 then 'due' else 'answered' end,
  case when pg_temp.draw(id, 6, 10) = 0 then '' else 'cdi' end
from journeys_absence where kind = 'exit'
"""
TEAMS = """
insert into journeys_teammember (territory_id, journey_id, user_id, organisation_id, role, reason,
  from_on)
select territory_id, id, (%(users)s::bigint[])[1 + pg_temp.draw(id, 7, 69)],
  (%(organisations)s::bigint[])[1 + pg_temp.draw(id, 8, 7)], 'referent', '', first_contact_on
from journeys_journey where pg_temp.draw(id, 9, 8) > 0
"""
SITUATIONS = """
insert into journeys_entrysituation (territory_id, journey_id, employment, diploma, housing, gender,
  nationality, digital_level, resources, disability, publics, qpv_edition, completed_on)
select territory_id, id, '', '', '', '', '', '', '', '',
  array[(array['rsa', 'detld', 'jeune', 'qpv'])[1 + pg_temp.draw(id, 10, 4)]], '',
  case when pg_temp.draw(id, 11, 9) > 0 then entry_on end
from journeys_journey where entry_on is not null
"""


def fill(count: int) -> User:
    """Fill an empty, migrated database with `count` people. Returns the coordinator."""
    territories = _territories()
    coordinator, referents, organisations = _team(territories)
    values = {
        "today": timezone.localdate(),
        "words": list(code_words()),
        "organisations": organisations,
        "territories": [territory.pk for territory in territories],
        "users": referents,
    }
    with scope.everything("bench"), connection.cursor() as cursor:
        cursor.execute(DRAW)
        for first in range(1, count + 1, BATCH):
            rows = {"first": first, "last": min(first + BATCH - 1, count)}
            cursor.execute(PEOPLE, values | rows)
        for rest in (JOURNEYS, PHASES, CONTACTS, ABSENCES, FOLLOW_UPS, TEAMS, SITUATIONS):
            cursor.execute(rest, values)
        cursor.execute("vacuum analyze")
    return coordinator


def _territories() -> list[Territory]:
    numbers = {"no_contact_days": [30, 60, 90], "warning_months": [3, 1], "followup_months": [3, 6]}
    shared = Programme.objects.create(name="Territoires Partagés", slug="partages", **numbers)
    dreams = Programme.objects.create(name="Réalise tes Rêves", slug="reves", **numbers)
    return [
        Territory.objects.create(programme=programme, name=name, slug=name.lower(), kind="urban")
        for programme, name in [(shared, "Caen"), (shared, "Orne"), (dreams, "Marseille")]
    ]


def _team(territories: list[Territory]) -> tuple[User, list[int], list[int]]:
    organisations = [
        Organisation.objects.create(
            name=f"Structure {n}", slug=f"structure-{n}", kind="association"
        )
        for n in range(7)
    ]
    users = User.objects.bulk_create(
        User(email=f"equipe{n}@exemple.fr", first_name=f"Karim {n}", password=make_password(None))
        for n in range(70)
    )
    for n, user in enumerate(users):
        membership = Membership.objects.create(
            user=user,
            programme=territories[0].programme,
            organisation=organisations[n % 7],
            role="referent" if n else "coordinator",
        )
        membership.territories.set(territories[:2])
    return users[0], [user.pk for user in users[1:]], [each.pk for each in organisations]
