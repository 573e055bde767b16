"""What a person reads of their badges: what they hold, what one says, what a page of it shows."""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from badges.achievements.models import Achievement
from badges.credentials.models import Collection, Credential, ForeignBadge, ShareLink
from badges.endorsements.models import Endorsement
from journeys.experiences.enums import PROMPTS, Reader
from journeys.experiences.models import Reflection
from journeys.pathway.models import Journey
from journeys.recognition.enums import State
from journeys.recognition.models import Recognition
from rtr.lib import tongue
from territories.accounts.models import User

# Not needed to list badges, and heavy.
HEAVY = ("document", "token", "version__image_svg", "version__templates", "version__design")


def held_by(user: User) -> QuerySet[Credential]:
    """Their badges, the last one first, with whether each has an image."""
    rows = Credential.objects.visible_to(user).select_related("version", "issuer", "organisation")
    return rows.annotate(has_image=~Q(version__image_svg=""), has_document=~Q(document=""))


@dataclass
class Wallet:
    held: list[Credential]
    asked: list[Recognition]
    foreign: list[ForeignBadge]
    collections: list[Collection]
    shown: int


def wallet_of(user: User, journey: Journey) -> Wallet:
    """Everything on « Mes badges », in five queries."""
    asked = Recognition.objects.visible_to(user).filter(journey=journey)
    asked = asked.exclude(state__in=[State.ACCEPTED, State.WITHDRAWN])
    foreign = ForeignBadge.objects.visible_to(user).defer("raw", "image", "checks")
    return Wallet(
        held=list(held_by(user).defer(*HEAVY)),
        asked=list(asked.select_related("achievement", "experience").defer("experience__draft")),
        foreign=list(foreign),
        collections=list(Collection.objects.visible_to(user).kept()),
        shown=ShareLink.objects.visible_to(user).open().count(),
    )


@dataclass
class Story:
    """How a badge came: the request it answers, what the person said of it; who supports it, and
    who was asked to and did not answer yet."""

    recognition: Recognition | None = None
    told: Reflection | None = None
    endorsements: list[Endorsement] = field(default_factory=list)
    awaited: list[Endorsement] = field(default_factory=list)


def story_of(user: User, credential: Credential) -> Story:
    rows = Recognition.objects.visible_to(user).filter(credential=credential)
    found = rows.select_related("experience", "reviewer", "objective").first()
    asked = Endorsement.objects.visible_to(user).filter(credential=credential)
    given = list(asked.given().select_related("endorser"))
    return Story(found, _told(user, found), given, list(asked.to_answer()))


def _told(user: User, found: Recognition | None) -> Reflection | None:
    """What the request said, else what was said since of the same experience."""
    if found is None or not (found.reflection_id or found.experience_id):
        return None
    rows = Reflection.objects.visible_to(user).select_related("experience")
    if found.reflection_id:
        return rows.filter(pk=found.reflection_id).first()
    return rows.filter(experience=found.experience_id).first()


def words_of(told: Reflection | None) -> str:
    """The person's own answers, one after the other, to begin with."""
    said = [getattr(told, name).strip() for name in PROMPTS] if told else []
    return "\n".join(filter(None, said))


def says_of(credential: Credential) -> list[str]:
    """« Ce que dit ce badge », one idea a sentence."""
    issuer = {"name": tongue.own(credential.issuer.name)}
    day = {"day": tongue.day_in_full(localdate(credential.awarded_on))}
    said = [_("Délivré par : %(name)s.") % issuer, _("Le jour : %(day)s.") % day]
    if credential.is_expired:
        said.append(_("Il n’est plus valable."))
    elif until := credential.valid_until:
        day = {"day": tongue.day_in_full(localdate(until))}
        said.append(_("Il est valable jusqu’au %(day)s.") % day)
    else:
        said.append(_("Il n’a pas de date de fin."))
    if not credential.identity_hash:
        said.append(_("Il ne dit pas votre nom."))
    said.append(_("Il ne dit rien de votre parcours."))
    return said


def readable(user: User, experience_id: int | None) -> list[Reflection]:
    """What they told of an experience and let the team read."""
    rows = Reflection.objects.visible_to(user).filter(experience=experience_id)
    return list(rows.exclude(reader=Reader.ME))


def badges_to_ask(journey: Journey) -> list[tuple[str, list[tuple[int, str]]]]:
    """The badges of the programme by field, those that the person aims at first."""
    aims = set(journey.objectives.ongoing().values_list("achievement", flat=True))
    groups: dict[str, list[tuple[int, str]]] = {}
    for pk, name, about in _offered(journey).values_list("pk", "name", "field"):
        about = _("Dans mes objectifs") if pk in aims else about
        groups.setdefault(about, []).append((pk, name))
    return sorted(groups.items(), key=lambda group: group[0] != _("Dans mes objectifs"))


def offered(journey: Journey, pk: str) -> Achievement | None:
    """The badge that was chosen among those."""
    return _offered(journey).select_related("organisation").filter(pk=pk).first() if pk else None


def _offered(journey: Journey) -> QuerySet[Achievement]:
    return Achievement.objects.published().filter(programme=journey.territory.programme_id)
