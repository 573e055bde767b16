"""Small journeys for tests; every rule holds, nothing is random that a test could read."""

import datetime

import factory
from django.utils import timezone

from journeys.models import (
    Contact,
    Contract,
    Journey,
    Participant,
    PhaseChange,
    TeamMember,
)
from journeys.pathway.enums import Phase


def ago(days: int) -> datetime.date:
    """That many days ago; in a parametrize it is read when tests are collected: leave a day's
    room, since a long run may cross midnight."""
    return timezone.localdate() - datetime.timedelta(days=days)


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    programme = factory.SelfAttribute("territory.programme")
    code = factory.Sequence(lambda n: f"LOUTRE-{1000 + n}")
    nickname = "Kiwi"
    channel = "presence"
    welcomed_on = factory.LazyFunction(lambda: ago(40))


class JourneyFactory(factory.django.DjangoModelFactory):
    """In butinage since 40 days, met 3 days ago; `contracted=True` signs 20 days ago."""

    class Meta:
        model = Journey
        skip_postgeneration_save = True

    class Params:
        contracted = factory.Trait(
            entry_on=factory.LazyFunction(lambda: ago(20)),
            limit_on=factory.LazyFunction(lambda: ago(20 - 456)),
        )

    participant = factory.SubFactory(
        ParticipantFactory, territory=factory.SelfAttribute("..territory")
    )
    first_contact_on = factory.LazyFunction(lambda: ago(40))

    @factory.post_generation
    def rows(self, create, extracted, **kwargs):
        of = {"territory": self.territory, "journey": self}
        PhaseChange.objects.create(**of, rank=1, phase=Phase.REPERAGE, on=self.first_contact_on)
        Contact.objects.create(**of, kind="visit", on=ago(3))
        if self.entry_on:
            Participant.objects.filter(pk=self.participant_id).update(
                identified_on=self.entry_on,
                first_name="Camille",
                last_name="Martin",
                birth_date=datetime.date(1995, 5, 17),
            )
            Contract.objects.create(
                **of,
                prepared_on=self.entry_on,
                birth_date=datetime.date(1995, 5, 17),
                weekly_hours=12,
                planned_end_on=self.limit_on,
                text="Texte du contrat",
                sha256="0" * 64,
                frozen_at=timezone.now(),
                signed_on=self.entry_on,
            )
        self.refresh_from_db()


def join(journey: Journey, user, role: str = "referent", **fields) -> TeamMember:
    """Put somebody in the journey's team."""
    organisation = user.memberships.first().organisation
    return TeamMember.objects.create(
        territory=journey.territory,
        journey=journey,
        user=user,
        organisation=organisation,
        role=role,
        **{"from_on": journey.first_contact_on} | fields,
    )
