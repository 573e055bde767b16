"""What must never be false and no constraint can say; bulk writes are held to it too."""

from django.db import migrations

# The other half of rtr/lib/words.py: search words of a participant.
WORDS = """
create function rtr_plain(value text) returns text language sql stable as $$
  select lower(unaccent(value))
$$;
create function rtr_digits(value text) returns text language sql immutable as $$
  select regexp_replace(regexp_replace(value, '\\D', '', 'g'), '^33(?=\\d{9}$)', '0')
$$;
create function rtr_words(p journeys_participant) returns table (word text, is_identity boolean)
language sql stable as $$
  select left(w, 60), false
    from regexp_split_to_table(rtr_plain(p.nickname || ' ' || p.code), '[^[:alnum:]]+') w
   where w <> ''
  union
  select left(w, 60), true
    from regexp_split_to_table(rtr_plain(p.first_name || ' ' || p.last_name), '[^[:alnum:]]+') w
   where w <> ''
  union
  select w, true
    from (values (rtr_digits(p.phone)), (right(rtr_digits(p.phone), 4)),
                 (rtr_digits(p.contact))) numbers (w)
   where length(w) >= 4
$$;
create function rtr_participant_before() returns trigger language plpgsql as $$
begin
  new.search_name := left(rtr_plain(new.nickname), 60);
  return new;
end $$;
create function rtr_participants_added() returns trigger language plpgsql as $$
begin
  insert into journeys_givencode (code) select code from added;
  insert into journeys_participant_word (territory_id, word, is_identity, participant_id)
  select p.territory_id, w.word, w.is_identity, p.id
    from added a join journeys_participant p using (id), rtr_words(p) w;
  return null;
end $$;
create function rtr_participants_changed() returns trigger language plpgsql as $$
declare ids bigint[];
begin
  select array_agg(n.id) into ids from now n join was o using (id)
   where (n.nickname, n.first_name, n.last_name, n.phone, n.contact)
         is distinct from (o.nickname, o.first_name, o.last_name, o.phone, o.contact);
  if ids is not null then
    delete from journeys_participant_word where participant_id = any (ids);
    insert into journeys_participant_word (territory_id, word, is_identity, participant_id)
    select p.territory_id, w.word, w.is_identity, p.id
      from journeys_participant p, rtr_words(p) w where p.id = any (ids);
  end if;
  return null;
end $$;
create trigger rtr_before before insert or update of nickname on journeys_participant
  for each row execute function rtr_participant_before();
create trigger rtr_added after insert on journeys_participant referencing new table as added
  for each statement execute function rtr_participants_added();
create trigger rtr_changed after update on journeys_participant
  referencing old table as was new table as now
  for each statement execute function rtr_participants_changed();
"""
NO_WORDS = """
drop trigger rtr_changed on journeys_participant;
drop trigger rtr_added on journeys_participant;
drop trigger rtr_before on journeys_participant;
drop function rtr_participants_changed();
drop function rtr_participants_added();
drop function rtr_participant_before();
drop function rtr_words(journeys_participant);
drop function rtr_digits(text);
drop function rtr_plain(text);
"""

# The last contact of a journey follows its contacts.
CONTACTS = """
create function rtr_contacts_added() returns trigger language plpgsql as $$
begin
  update journeys_journey j set last_contact_on = greatest(j.last_contact_on, c.last)
    from (select journey_id, max("on") as last from added group by 1) c
   where j.id = c.journey_id and j.last_contact_on is distinct from greatest(j.last_contact_on, c.last);
  return null;
end $$;
create function rtr_contacts_changed() returns trigger language plpgsql as $$
begin
  update journeys_journey j
     set last_contact_on = (select max("on") from journeys_contact c where c.journey_id = j.id)
   where j.id in (select journey_id from was);
  return null;
end $$;
create trigger rtr_added after insert on journeys_contact referencing new table as added
  for each statement execute function rtr_contacts_added();
create trigger rtr_changed after update on journeys_contact referencing old table as was
  for each statement execute function rtr_contacts_changed();
create trigger rtr_removed after delete on journeys_contact referencing old table as was
  for each statement execute function rtr_contacts_changed();
"""
NO_CONTACTS = """
drop trigger rtr_removed on journeys_contact;
drop trigger rtr_changed on journeys_contact;
drop trigger rtr_added on journeys_contact;
drop function rtr_contacts_changed();
drop function rtr_contacts_added();
"""

# Rule 6: phases in order, going back with a reason, insertion after the entry date.
PHASES = """
create function rtr_phase_before() returns trigger language plpgsql as $$
declare
  places constant text[] := array['reperage', 'mobilisation', 'insertion'];
  last journeys_phasechange;
  entry date;
begin
  select * into last from journeys_phasechange
   where journey_id = new.journey_id order by rank desc limit 1;
  if new.rank <> coalesce(last.rank, 0) + 1 then
    raise exception 'La phase a changé entre-temps : relisez le parcours.'
      using errcode = 'unique_violation', constraint = 'phase_change_rank_once';
  end if;
  if last.id is null and new.phase <> 'reperage' then
    raise exception 'Un parcours commence par le repérage.' using errcode = 'check_violation';
  end if;
  if new.on < last.on then
    raise exception 'Une phase ne commence pas avant la précédente.'
      using errcode = 'check_violation';
  end if;
  if new.phase = last.phase and new.step = last.step then
    raise exception 'Le parcours est déjà dans cette phase.' using errcode = 'check_violation';
  end if;
  if array_position(places, new.phase::text) < array_position(places, last.phase::text)
     and new.reason = '' then
    raise exception 'Revenir en arrière demande une raison.' using errcode = 'check_violation';
  end if;
  if new.phase = 'insertion' then
    select entry_on into entry from journeys_journey where id = new.journey_id;
    if entry is null or entry > new.on then
      raise exception 'L''insertion vient après l''entrée, donc après la signature du contrat.'
        using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger rtr_before before insert on journeys_phasechange
  for each row execute function rtr_phase_before();
create function rtr_journey_entry() returns trigger language plpgsql as $$
begin
  if exists (select from journeys_phasechange where journey_id = new.id and phase = 'insertion'
              and (new.entry_on is null or "on" < new.entry_on)) then
    raise exception 'L''entrée ne peut pas venir après l''insertion.'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger rtr_entry before update of entry_on on journeys_journey
  for each row execute function rtr_journey_entry();
"""
NO_PHASES = """
drop trigger rtr_entry on journeys_journey;
drop function rtr_journey_entry();
drop trigger rtr_before on journeys_phasechange;
drop function rtr_phase_before();
"""

# Rule 4: a frozen contract never changes.
FROZEN = """
create function rtr_contract_frozen() returns trigger language plpgsql as $$
begin
  if old.frozen_at is not null and coalesce(current_setting('rtr.lifecycle', true), '') <> 'on'
     and (new.text, new.sha256, new.frozen_at, new.birth_date, new.minimum_age, new.weekly_hours,
          new.planned_end_on, new.number, new.journey_id)
      is distinct from
         (old.text, old.sha256, old.frozen_at, old.birth_date, old.minimum_age, old.weekly_hours,
          old.planned_end_on, old.number, old.journey_id) then
    raise exception 'Un contrat figé ne se modifie pas : préparez un avenant.'
      using errcode = 'restrict_violation';
  end if;
  if old.signed_on is not null and new.signed_on is distinct from old.signed_on
     and coalesce(current_setting('rtr.lifecycle', true), '') <> 'on' then
    raise exception 'La date de signature ne change pas.' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger rtr_frozen before update on journeys_contract
  for each row execute function rtr_contract_frozen();
"""
NO_FROZEN = """
drop trigger rtr_frozen on journeys_contract;
drop function rtr_contract_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("journeys", "0002_walls")]
    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(CONTACTS, NO_CONTACTS),
        migrations.RunSQL(PHASES, NO_PHASES),
        migrations.RunSQL(FROZEN, NO_FROZEN),
    ]
