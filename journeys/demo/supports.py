"""Who supports badges: people who saw, companies, houses of the network; keys replaced once."""

import datetime

from django.core.exceptions import ValidationError

from badges.achievements.models import AchievementVersion
from badges.credentials.models import Credential
from badges.credentials.signing import sign_at_once
from badges.endorsements.actions import give, invite, offer
from badges.endorsements.actions.inviting import Subject
from badges.endorsements.models import Endorsement
from badges.issuers.actions import open_issuer, rotate
from badges.issuers.models import Issuer
from journeys.demo.chance import Chance, days
from journeys.demo.ground import Ground
from territories.organisations.models import Organisation

BADGES, MODELS, WAITING = 4, 3, 2  # supported, or waiting for an answer, in each territory
PEOPLE = [
    ("Maëlle Quentin", "Cheffe d’atelier", "Menuiserie Quentin"),
    ("Hugo Delattre", "Gérant", "Imprimerie du Canal"),
    ("Samira Benali", "Formatrice", "École du geste"),
    ("Yves Morin", "Tuteur", "Cycles Morin"),
]
OF_BADGE = [
    "Je l’ai vue faire, du début à la fin. Je lui confierais une machine demain.",
    "Travail soigné, questions justes. Notre équipe s’en souvient.",
    "Il a montré le geste à deux nouveaux sans qu’on le lui demande.",
]
OF_MODEL = [
    "Ce badge dit exactement ce que nous cherchons quand nous recrutons.",
    "Les critères sont clairs : nous savons ce que la personne sait faire.",
    "Nous le reconnaissons à l’entrée de nos formations.",
]
OF_HOUSE = "Un lieu exigeant et accueillant. Ses badges veulent dire quelque chose."


def write_supports(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    """After badges were given. Nothing where none was."""
    for ground in grounds:
        _Supporting(ground, chance, today).write()
    if first := Issuer.objects.filter(credentials__isnull=False).order_by("pk").first():
        rotate(issuer=first, by=None, reason="Remplacées chaque année, comme prévu.")


class _Supporting:
    def __init__(self, ground: Ground, chance: Chance, today: datetime.date):
        self.ground, self.chance, self.today = ground, chance, today
        self.referent = ground.team.referents[0]

    def write(self) -> None:
        badges = list(self._badges()[: BADGES + 1])
        for badge in badges[:BADGES]:
            self._by_somebody(badge, self.chance.choice(OF_BADGE))
        renewed = Credential.objects.filter(pk__in=[badge.pk for badge in badges[:BADGES]])
        sign_at_once(renewed.order_by("pk"))
        models = list(self._models()[: MODELS + WAITING])
        for model in models[:MODELS]:
            self._by_somebody(model, self.chance.choice(OF_MODEL))
        self._by_a_house(models)
        for subject in [*badges[BADGES:], *models[MODELS:]]:
            self._ask(subject, organisation=self.referent.organisation)

    def _badges(self):
        rows = Credential.objects.live().signed().filter(territory=self.ground.territory)
        return rows.exclude(organisation=self.referent.organisation).order_by("-awarded_on", "pk")

    def _models(self):
        rows = AchievementVersion.objects.published().filter(
            achievement__in=self.ground.achievements
        )
        rows = rows.exclude(achievement__organisation=self.referent.organisation)
        return rows.select_related("achievement__organisation").order_by("pk")

    def _ask(self, subject: Subject, **more) -> Endorsement:
        row, _token = invite(
            subject=subject,
            territory=self.ground.territory,
            by=self.referent.user,
            is_agreed=True,
            **more,
        )
        return row

    def _by_somebody(self, subject: Subject, words: str) -> None:
        name, function, body = self.chance.choice(PEOPLE)
        row, _token = give(
            endorsement=self._ask(subject, name=name),
            comment=words,
            name=name,
            function=function,
            body=body,
        )
        on = self.chance.hour(days(self.today, -self.chance.randint(1, 40)))
        Endorsement.objects.filter(pk=row.pk).update(
            answered_on=on, invited_on=on - datetime.timedelta(days=3)
        )

    def _by_a_house(self, models: list[AchievementVersion]) -> None:
        """A house supports a model of another one, and that other one itself."""
        house: Organisation = self.referent.organisation
        open_issuer(organisation=house, by=None)
        others = Issuer.objects.filter(
            organisation__in=[m.achievement.organisation for m in models]
        )
        subjects = [(models[0], self.chance.choice(OF_MODEL))] if models else []
        subjects += [(one, OF_HOUSE) for one in others.order_by("pk")[:1]]
        for subject, words in subjects:
            try:
                offer(
                    subject=subject,
                    territory=self.ground.territory,
                    organisation=house,
                    by=self.referent.user,
                    comment=words,
                )
            except ValidationError:
                continue  # supported from another territory already
