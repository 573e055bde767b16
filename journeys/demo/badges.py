"""Badges: given for what was lived, signed; asked for and not answered yet; some taken back."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from badges.achievements.models import AchievementVersion
from badges.credentials.actions.awarding import ends_on, whole
from badges.credentials.enums import RevokeReason
from badges.credentials.models import Credential, Recipient
from badges.credentials.signing import sign_at_once
from badges.issuers import status
from badges.issuers.actions import open_issuer, open_network, speak_through
from badges.issuers.models import Issuer
from journeys.contracts.models import Objective
from journeys.demo.chance import Chance, days
from journeys.demo.ground import WORDS, Ground
from journeys.experiences.models import Experience, Reflection
from journeys.participants.models import Participant
from journeys.recognition.actions.taking_back import take_back
from journeys.recognition.enums import StartedBy, State
from journeys.recognition.models import Holder, Recognition

MOST = 120  # badges of a territory: signing takes a few thousandths of a second each
BY_SESSION = 0.3  # of them, given after an activity
REVOKED, PROPOSED = 2, 4  # in each territory
SMALL = {"avec", "prép", "pour", "dans", "sans", "chez", "tous", "leur", "ceux", "celu"}
# The name of these sites is that of the programme: their badges are the network's.
TELLING, NETWORK = "comptoir-", "Réseau des ateliers ouverts"


@dataclass
class Gift:
    """A badge to give: to whom, for what, and the objective it reaches."""

    journey: int
    participant: int
    version: AchievementVersion
    on: datetime.date
    by: int
    experience: int | None = None
    objective: int | None = None
    reason: str = ""
    credential: Credential | None = field(default=None, compare=False)


def _words(text: str) -> set[str]:
    """How each word begins, the small ones aside."""
    return {word[:4] for word in re.findall(r"\w{4,}", text.lower())} - SMALL


def _house(lived: Experience) -> int | None:
    return lived.activity.organisation_id if lived.activity else None


def write_badges(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    """After what was lived is told. Nothing where no badge is published."""
    rows = AchievementVersion.objects.published().order_by("achievement", "number")
    versions = {row.achievement_id: row for row in rows.select_related("achievement")}
    bodies = {row.achievement.organisation for row in versions.values()}
    issuers = {body.pk: open_issuer(organisation=body, by=None) for body in sorted(bodies, key=str)}
    _through_the_network(issuers, versions)
    for ground in grounds:
        _Giving(ground, chance, today, versions, issuers).write()


def _through_the_network(issuers: dict[int, Issuer], versions: dict) -> None:
    telling = [one for one in issuers.values() if one.slug.startswith(TELLING)]
    if not telling:
        return
    of = {row.achievement.organisation_id: row.achievement.programme for row in versions.values()}
    programme = of[telling[0].organisation_id]
    words = "Des lieux où l’on fabrique, répare, cuisine et joue ensemble."
    network = open_network(programme=programme, name=NETWORK, by=None, description=words)
    for one in telling:
        speak_through(issuer=one, neutral=network, by=None)


class _Giving:
    def __init__(self, ground: Ground, chance: Chance, today, versions: dict, issuers: dict):
        self.ground, self.chance, self.today = ground, chance, today
        self.versions, self.issuers = versions, issuers
        own = {one.pk for one in ground.achievements}
        self.own = [row for key, row in versions.items() if key in own]
        self.colleague = ground.team.referents[0].user.pk

    def write(self) -> None:
        gifts = self._chosen([*self._reaching(), *self._after_sessions()])
        self._award(gifts)
        self._recognise(gifts)
        self._take_back(gifts)
        self._ask()

    def _chosen(self, gifts: list[Gift]) -> list[Gift]:
        """People with an account first; nobody twice the same badge."""
        known = Participant.objects.filter(territory=self.ground.territory, user__isnull=False)
        known = set(known.values_list("pk", flat=True))
        once = {(one.participant, one.version.achievement_id): one for one in gifts[::-1]}
        drawn = self.chance.sample([*once.values()], len(once))
        return sorted(drawn, key=lambda one: one.participant not in known)[:MOST]

    def _reaching(self) -> Iterator[Gift]:
        """Objectives that were reached, by the badge they aimed at."""
        rows = Objective.objects.filter(journey__territory=self.ground.territory).agreed()
        rows = rows.filter(reached_on__isnull=False, achievement__in=self.versions)
        found = rows.order_by("pk").values_list(
            "pk", "journey", "journey__participant", "achievement", "reached_on", "decided_by"
        )
        lived = self._lived()
        for pk, journey, participant, achievement, on, by in found:
            version = self.versions[achievement]
            before = [one for one in lived.get(journey, []) if one.from_on <= on]
            fits = [one.pk for one in before if version in self._near(one)]
            yield Gift(
                journey,
                participant,
                version,
                on,
                by,
                experience=fits[-1] if fits else None,
                objective=pk,
                reason="" if fits else self.chance.choice(WORDS["phrases"]["reached_reason"]),
            )

    def _after_sessions(self) -> Iterator[Gift]:
        """Of those who came, in butinage too."""
        rows = Experience.objects.filter(
            journey__territory=self.ground.territory, activity__isnull=False
        )
        for lived in rows.select_related("journey", "activity").order_by("pk"):
            if self.own and self.chance.happens(BY_SESSION):
                yield Gift(
                    lived.journey_id,
                    lived.journey.participant_id,
                    self._fitting(lived),
                    min(lived.until_on or lived.from_on, self.today),
                    self.colleague,
                    experience=lived.pk,
                    reason=f"A participé à « {lived.title} » jusqu’au bout.",
                )

    def _fitting(self, lived: Experience) -> AchievementVersion:
        return self.chance.choice(self._near(lived) or self.own)

    def _near(self, lived: Experience) -> list[AchievementVersion]:
        """Badges that speak of the same thing, else those of the same house."""
        words = _words(f"{lived.title} {lived.activity.pitch if lived.activity else ''}")
        speaking = [one for one in self.own if words & _words(one.achievement.name)]
        house = _house(lived)
        return speaking or [one for one in self.own if one.achievement.organisation_id == house]

    def _lived(self) -> dict[int, list[Experience]]:
        """Experiences of each journey that somebody told of, in the order of time."""
        told = Reflection.objects.filter(journey__territory=self.ground.territory)
        rows = Experience.objects.filter(pk__in=told.values("experience"))
        found: dict[int, list] = {}
        for one in rows.select_related("activity").order_by("from_on"):
            found.setdefault(one.journey_id, []).append(one)
        return found

    # -- Written ---------------------------------------------------------------------------------

    def _award(self, gifts: list[Gift]) -> None:
        recipients = self._recipients({one.participant for one in gifts})
        by_issuer: dict[Issuer, list[Gift]] = {}
        for one in gifts:
            issuer = self.issuers[one.version.achievement.organisation_id]
            by_issuer.setdefault(issuer, []).append(one)
        for issuer, some in by_issuer.items():
            places = status.take(issuer=issuer.signs_as, count=len(some))
            for one, (bits, index) in zip(some, places, strict=True):
                moment = whole(min(self.chance.hour(one.on), self._now()))
                one.credential = Credential(
                    **self.ground.of,
                    recipient=recipients[one.participant],
                    version=one.version,
                    issuer=issuer.signs_as,
                    organisation=issuer.organisation,
                    awarded_on=moment,
                    awarded_by_id=one.by,
                    valid_from=moment,
                    valid_until=ends_on(one.version, moment),
                    status_list=bits,
                    status_index=index,
                )
        held = [one.credential for one in gifts]
        Credential.objects.bulk_create(held)
        sign_at_once(held)

    def _now(self) -> datetime.datetime:
        return self.chance.hour(days(self.today, -1))

    def _recipients(self, people: set[int]) -> dict[int, Recipient]:
        rows = Participant.objects.filter(pk__in=people).order_by("pk")
        rows = list(rows.values_list("pk", "user"))
        new = Recipient.objects.bulk_create(
            Recipient(**self.ground.of, user_id=user) for _pk, user in rows
        )
        Holder.objects.bulk_create(
            Holder(**self.ground.of, participant_id=pk, recipient=recipient)
            for (pk, _user), recipient in zip(rows, new, strict=True)
        )
        return {pk: recipient for (pk, _user), recipient in zip(rows, new, strict=True)}

    def _recognise(self, gifts: list[Gift]) -> None:
        Recognition.objects.bulk_create(
            Recognition(
                **self.ground.of,
                journey_id=one.journey,
                achievement_id=one.version.achievement_id,
                started_by=StartedBy.REFERENT if one.objective else StartedBy.ORGANISATION,
                starter_id=one.by,
                started_at=one.credential.awarded_on,
                organisation=one.credential.organisation,
                experience_id=one.experience,
                objective_id=one.objective,
                reason=one.reason,
                state=State.ACCEPTED,
                reviewer_id=one.by,
                answered_at=one.credential.awarded_on,
                credential=one.credential,
            )
            for one in gifts
        )
        for one in gifts:
            if one.objective:
                Objective.objects.filter(pk=one.objective).update(
                    is_by_badge=True,
                    decision_reason=f"Badge « {one.version.achievement.name} »",
                )

    def _take_back(self, gifts: list[Gift]) -> None:
        aside = [one for one in gifts if one.objective is None][-REVOKED:]
        reasons = (RevokeReason.MISTAKE, RevokeReason.ASKED)
        steward = self.ground.team.coordinators[0].user
        for one, reason in zip(aside, reasons, strict=False):
            journey = one.credential.recognition.journey
            take_back(
                credential=one.credential, journey=journey, by=steward, seen=None, reason=reason
            )

    # -- Asked -----------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Each badge wished is a request; one in three names it; some have an answer."""
        rows = Reflection.objects.filter(journey__territory=self.ground.territory)
        rows = rows.wishing_a_badge().select_related("experience__activity")
        Recognition.objects.bulk_create(self._request(told) for told in rows.order_by("pk"))
        Recognition.objects.bulk_create(self._proposals())  # of what nobody asked for

    def _proposals(self) -> Iterator[Recognition]:
        """A few by the team, the last of which was answered « pas cette fois »."""
        rows = Experience.objects.filter(
            journey__territory=self.ground.territory, recognitions=None, activity__isnull=False
        )
        rows = list(rows.select_related("activity").order_by("-from_on", "pk")[:PROPOSED])
        for place, lived in enumerate(rows if self.own else [], start=1):
            row = Recognition(
                **self.ground.of,
                journey_id=lived.journey_id,
                achievement=self._fitting(lived).achievement,
                started_by=StartedBy.REFERENT,
                starter_id=self.colleague,
                started_at=self.chance.hour(days(self.today, -place)),
                organisation_id=lived.activity.organisation_id,
                experience=lived,
                reason=f"A participé à « {lived.title} » et l’a montré aux autres.",
            )
            if place == PROPOSED:
                row.state, row.reviewer_id = State.DECLINED, self.colleague
                row.answered_at = row.started_at + datetime.timedelta(hours=3)
                row.answer = "Après une deuxième séance, en la menant du début à la fin."
            yield row

    def _request(self, told: Reflection) -> Recognition:
        is_named = self.own and self.chance.happens(0.6)
        named = self._fitting(told.experience) if is_named else None
        row = Recognition(
            **self.ground.of,
            journey_id=told.journey_id,
            achievement_id=named.achievement_id if named else None,
            asked_for="" if named else told.experience.title,
            started_by=StartedBy.PARTICIPANT,
            starter_id=told.written_by_id,
            started_at=self.chance.hour(told.badge_asked_on),
            organisation_id=_house(told.experience),
            experience_id=told.experience_id,
            reflection=told,
        )
        if self.chance.happens(0.15):
            row.state, row.reviewer_id = State.MORE, self.colleague
            row.answered_at = row.started_at + datetime.timedelta(hours=20)
            row.answer = "Racontez en deux phrases ce que vous avez fait seul."
        return row
