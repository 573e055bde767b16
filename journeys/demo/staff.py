"""The teams: the accounts to try, and the colleagues who make them look real."""

import datetime
import unicodedata
import uuid

from django.conf import settings
from django.contrib.auth.hashers import make_password

from journeys.demo.chance import Chance, days
from journeys.demo.ground import NAMES, Colleague, Ground
from territories.accounts.enums import Role
from territories.accounts.models import Membership, User
from territories.organisations.models import Organisation

DOMAIN = "demo.example"
UNUSABLE = "!"  # what Django writes before a password nobody can type
FIRST_ACCOUNT = f"coordination.caen@{DOMAIN}"
MANAGER = f"gestion@{DOMAIN}"
SENIORITY = 1250  # days since the teams are there, before the oldest journey

# Territory → (role, organisation, how many). The named accounts below come on top.
STAFF = {
    "paris-montreuil": [
        (Role.COORDINATOR, "comptoir-paris-montreuil", 1),
        (Role.REFERENT, "comptoir-paris-montreuil", 2),
        (Role.REFERENT, "atelier-paris-montreuil", 2),
        (Role.ACTIVITY_REFERENT, "atelier-paris-montreuil", 2),
        (Role.ANIMATOR, "comptoir-paris-montreuil", 1),
    ],
    "aix-marseille": [
        (Role.REFERENT, "comptoir-aix-marseille", 2),
        (Role.REFERENT, "atelier-aix-marseille", 2),
        (Role.ACTIVITY_REFERENT, "atelier-aix-marseille", 2),
        (Role.ANIMATOR, "comptoir-aix-marseille", 1),
    ],
    "lille-roubaix": [
        (Role.COORDINATOR, "comptoir-lille-roubaix", 1),
        (Role.REFERENT, "comptoir-lille-roubaix", 2),
        (Role.REFERENT, "atelier-lille-roubaix", 2),
        (Role.ACTIVITY_REFERENT, "atelier-lille-roubaix", 2),
        (Role.ANIMATOR, "comptoir-lille-roubaix", 1),
    ],
    "caen-la-mer": [
        (Role.COORDINATOR, "aajb", 1),
        (Role.REFERENT, "aajb", 2),
        (Role.REFERENT, "e2c-normandie", 2),
        (Role.REFERENT, "cap-sport", 1),
        (Role.REFERENT, "le-wip", 1),
        (Role.REFERENT, "cravate-solidaire-caen", 1),
        (Role.ACTIVITY_REFERENT, "cafe-des-images", 2),
        (Role.ACTIVITY_REFERENT, "le-dome", 1),
        (Role.ACTIVITY_REFERENT, "cap-sport", 1),
        (Role.ANIMATOR, "cafe-des-images", 1),
        (Role.ANIMATOR, "le-dome", 1),
    ],
    "orne-odon": [
        (Role.REFERENT, "aajb", 1),
        (Role.REFERENT, "cap-sport", 1),
        (Role.ACTIVITY_REFERENT, "cafe-des-images", 1),
        (Role.ANIMATOR, "cap-sport", 1),
    ],
}
# Account, first and last name, then what they are: role, organisation, territories (none: all).
NAMED = [
    (
        FIRST_ACCOUNT,
        "Nadia Lemarchand",
        [(Role.COORDINATOR, "le-dome", ["caen-la-mer", "orne-odon"])],
    ),
    (
        f"coordination.marseille@{DOMAIN}",
        "Leïla Ferrand",
        [(Role.COORDINATOR, "comptoir-aix-marseille", ["aix-marseille"])],
    ),
    (f"referent.dome@{DOMAIN}", "Karim Haddad", [(Role.REFERENT, "le-dome", ["caen-la-mer"])]),
    (f"animation.wip@{DOMAIN}", "Jonas Petit", [(Role.ANIMATOR, "le-wip", ["caen-la-mer"])]),
    (
        f"badges.e2c@{DOMAIN}",
        "Florence Vidal",
        [(Role.BADGE_STEWARD, "e2c-normandie", ["caen-la-mer", "orne-odon"])],
    ),
    (
        MANAGER,
        "Claire Duval",
        [
            (Role.MANAGER, "aajb", ["caen-la-mer", "orne-odon"]),
            (
                Role.MANAGER,
                "comptoir-paris-montreuil",
                ["paris-montreuil", "aix-marseille", "lille-roubaix"],
            ),
        ],
    ),
    (
        f"evaluation@{DOMAIN}",
        "Pauline Roche",
        [
            (Role.EVALUATOR, "ansa", ["caen-la-mer", "orne-odon"]),
            (Role.EVALUATOR, "ansa", ["paris-montreuil", "aix-marseille", "lille-roubaix"]),
        ],
    ),
    (
        f"prescripteur@{DOMAIN}",
        "Rose Martel",
        [(Role.PRESCRIBER, "mission-locale-caen", ["caen-la-mer", "orne-odon"])],
    ),
]
IN_TEAM = {
    Role.COORDINATOR: "coordinators",
    Role.REFERENT: "referents",
    Role.ACTIVITY_REFERENT: "activity_referents",
    Role.ANIMATOR: "animators",
    Role.PRESCRIBER: "prescribers",
}


class Hiring:
    """Creates accounts and memberships together, and puts each person in the right teams."""

    def __init__(self, grounds: list[Ground], chance: Chance, today: datetime.date):
        self.grounds = {ground.territory.slug: ground for ground in grounds}
        self.organisations = {each.slug: each for each in Organisation.objects.all()}
        self.chance, self.since = chance, days(today, -SENIORITY)
        self.emails = set(User.objects.exclude(email=None).values_list("email", flat=True))

    def named(self) -> None:
        """The accounts one signs in with; hashed once, since a good hash is slow."""
        password = make_password(settings.DEMO_PASSWORD)
        for email, name, memberships in NAMED:
            first_name, last_name = name.split()
            user = self._user(email, first_name, last_name, password)
            for role, organisation, territories in memberships:
                self._join(user, role, organisation, territories)

    def colleagues(self) -> None:
        """Everybody else: no password, a name and a place."""
        for territory, posts in STAFF.items():
            for role, organisation, count in posts:
                for _place in range(count):
                    first_name = self.chance.choice(NAMES["femme"] + NAMES["homme"])
                    last_name = self.chance.choice(NAMES["family"])
                    email = self._free_email(first_name, last_name)
                    user = self._user(email, first_name, last_name, UNUSABLE)
                    self._join(user, role, organisation, [territory])

    def _user(self, email: str, first_name: str, last_name: str, password: str) -> User:
        self.emails.add(email)
        return User.objects.create(
            email=email,
            first_name=first_name,
            last_name=last_name,
            password=password,
            uuid=uuid.UUID(int=self.chance.getrandbits(128), version=4),
            created_at=self.chance.hour(self.since),
        )

    def _join(self, user: User, role: Role, organisation: str, territories: list[str]) -> None:
        grounds = [self.grounds[slug] for slug in territories]
        membership = Membership.objects.create(
            user=user,
            programme=grounds[0].programme,
            organisation=self.organisations[organisation],
            role=role,
            from_on=self.since,
        )
        membership.territories.set([ground.territory for ground in grounds])
        for ground in grounds:
            if role in IN_TEAM:
                colleague = Colleague(user, self.organisations[organisation])
                getattr(ground.team, IN_TEAM[role]).append(colleague)

    def _free_email(self, first_name: str, last_name: str) -> str:
        name = unicodedata.normalize("NFKD", f"{first_name}.{last_name}".lower())
        name = name.encode("ascii", "ignore").decode()
        number, email = 1, f"{name}@{DOMAIN}"
        while email in self.emails:
            number += 1
            email = f"{name}{number}@{DOMAIN}"
        return email
