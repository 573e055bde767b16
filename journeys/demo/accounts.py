"""Who is expected, who came lately, who left: the page of accounts is not only of today's team."""

import datetime

from django.utils import timezone

from journeys.demo.chance import Chance, days
from journeys.demo.ground import Ground
from rtr.due import Status
from territories.accounts.enums import EndReason, Role
from territories.accounts.mails import AccountMail
from territories.accounts.models import Membership, User
from territories.members.models import LASTS, Invitation
from territories.organisations.models import Organisation

MANAGER = "gestion@demo.example"
# First and last name, role, organisation, territory, sent how many days ago, what became of the
# mail; after fourteen days it has run out.
EXPECTED = [
    ("Maëlle Hervieu", Role.REFERENT, "e2c-normandie", "caen-la-mer", 2, Status.DONE),
    ("Youssef Amrani", Role.ANIMATOR, "cafe-des-images", "caen-la-mer", 5, Status.DONE),
    ("Odile Lebrun", Role.VOLUNTEER, "le-dome", "caen-la-mer", 1, Status.FAILED),
    ("Rémi Cauchois", Role.PRESCRIBER, "aajb", "orne-odon", 3, Status.UNCERTAIN),
    ("Solène Bihel", Role.ACTIVITY_REFERENT, "cap-sport", "caen-la-mer", 23, Status.DONE),
    ("Idir Benali", Role.COORDINATOR, "comptoir-lille-roubaix", "lille-roubaix", 4, Status.DONE),
    ("Anaïs Faure", Role.REFERENT, "atelier-aix-marseille", "aix-marseille", 19, Status.DONE),
]
GONE = [
    ("Hugo Vasseur", Role.REFERENT, "aajb", "caen-la-mer", 210, EndReason.LEFT),
    ("Carole Aubry", Role.VOLUNTEER, "le-dome", "caen-la-mer", 80, EndReason.MISSION),
    ("Samir Kaci", Role.ANIMATOR, "comptoir-aix-marseille", "aix-marseille", 45, EndReason.LEFT),
]


def write_accounts(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    places = {ground.territory.slug: ground.territory for ground in grounds}
    houses = {each.slug: each for each in Organisation.objects.all()}
    manager = User.objects.get(email=MANAGER)
    for name, role, house, place, ago, status in EXPECTED:
        _expect(name, role, houses[house], places[place], days(today, -ago), status, manager)
    for name, role, house, place, ago, reason in GONE:
        _part(name, role, houses[house], places[place], days(today, -ago), reason)
    people = list(User.objects.filter(territory=None, last_login=None, is_active=True))
    for user in people:
        user.last_login = chance.hour(chance.ago(today, 1, 20))
    User.objects.bulk_update(people, ["last_login"])


def _address(name: str) -> str:
    plain = name.lower().translate(str.maketrans("ëéèï", "eeei", "’"))
    return f"{plain.replace(' ', '.')}@demo.example"


def _expect(name, role, house, territory, day, status, manager) -> None:
    first_name, last_name = name.split()
    sent = timezone.make_aware(datetime.datetime.combine(day, datetime.time(10, 12)))
    mail = AccountMail.objects.create(
        to=_address(name),
        subject="Votre accès à RTR",
        status=status,
        attempts=1,
        written_at=sent,
        useless_after=sent + LASTS,
        sent_at=sent if status == Status.DONE else None,
        last_error="SMTP 550" if status == Status.FAILED else "",
    )
    invitation = Invitation.objects.create(
        email=mail.to,
        first_name=first_name,
        last_name=last_name,
        programme=territory.programme,
        organisation=house,
        role=role,
        until_on=days(day, 365) if role in (Role.VOLUNTEER, Role.PRESCRIBER) else None,
        invited_by=manager,
        invited_at=sent,
        expires_at=sent + LASTS,
        mail=mail,
    )
    invitation.territories.set([territory])


def _part(name, role, house, territory, day, reason) -> None:
    first_name, last_name = name.split()
    user = User.objects.create(
        email=_address(name),
        first_name=first_name,
        last_name=last_name,
        password="!",  # noqa: S106  nobody can type it
        is_active=False,
    )
    membership = Membership.objects.create(
        user=user,
        programme=territory.programme,
        organisation=house,
        role=role,
        from_on=days(day, -400),
        until_on=day,
        end_reason=reason,
    )
    membership.territories.set([territory])
