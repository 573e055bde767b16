"""A body that issues, a badge model, somebody who holds it."""

import re
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from badges.achievements.models import Achievement, AchievementVersion
from badges.credentials.models import Credential, Recipient
from badges.issuers.actions import open_issuer
from rtr.due import run_due
from territories.accounts.models import User

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">'
    '<polygon points="200,10 365,105 365,295 200,390 35,295 35,105" fill="#0f5c5c"/></svg>'
)


def a_version(territory, organisation, **fields) -> AchievementVersion:
    """Version 1, published, of « Découper au laser »."""
    achievement = Achievement.objects.create(
        programme=territory.programme,
        organisation=organisation,
        code=fields.pop("code", "decoupe-laser"),
        name="Découper au laser",
        description="Sait conduire une découpe laser en sécurité.",
        criteria="A réalisé une pièce du fichier à la finition.",
        field="Fablab et numérique",
        status="published",
    )
    return AchievementVersion.objects.create(
        achievement=achievement,
        number=1,
        name=achievement.name,
        description=achievement.description,
        criteria=achievement.criteria,
        image_svg=DRAWING,
        published_on=timezone.now(),
        **fields,
    )


def a_recipient(territory) -> Recipient:
    """Somebody with an account of their own, as participants have."""
    user = User.objects.create_user(territory=territory)
    return Recipient.objects.create(territory=territory, user=user)


def an_issuer(organisation, by=None):
    return open_issuer(organisation=organisation, by=by)


def signed(credential: Credential) -> Credential:
    """The badge once the due rows have run."""
    run_due("badges.credential")
    credential.refresh_from_db()
    return credential


@contextmanager
def locks_of():
    """Tables whose rows were locked inside, in order: two acts that lock in two orders may stop
    each other."""
    tables: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield tables
    found = (re.search(r'FROM "(\w+)".* FOR ', one["sql"]) for one in queries)
    tables += dict.fromkeys(one[1] for one in found if one)


def recipients(territory, count: int) -> list[Recipient]:
    """Many, without accounts."""
    return Recipient.objects.bulk_create(Recipient(territory=territory) for _ in range(count))
