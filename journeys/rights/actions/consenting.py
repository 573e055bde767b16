"""What the person agreed to, wherever the row is; withdrawn, and given again, at once.

A new agreement is one more `ConsentKind` at the end of this file.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.collective.actions.making import is_by_the_person
from journeys.collective.actions.making import take_back as take_production_back
from journeys.collective.models import GroupMember
from journeys.collective.productions import ProductionAuthor
from journeys.documents.actions import erase_paper
from journeys.documents.enums import DocumentKind
from journeys.documents.models import Document
from journeys.frames.models import Immersion
from journeys.frames.tutors import TutorLink
from journeys.messages.actions.receiving import hear_again, hear_no_more
from journeys.messages.models import OptOut
from journeys.participants.actions import cancel_call_back
from journeys.participants.models import PersonLink
from journeys.pathway import consents
from journeys.pathway.actions import people
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.actions.following import agree_again, ask_no_more
from journeys.pathway.consents import Consent, ConsentTo
from journeys.pathway.enums import Category
from journeys.pathway.models import Absence, FollowUp, Journey, Share, TeamMember
from rtr.lib import contacts
from territories.accounts.models import User
from territories.journal.enums import Act


@dataclass(frozen=True)
class Agreed:
    """One thing, as it is now. `about`: the row it is kept in, or 0; `since`: where it is known;
    `effect`: what happens when it is withdrawn."""

    kind: str
    about: int
    text: str
    is_given: bool
    effect: str
    icon: str
    since: datetime.date | None = None
    with_whom: str = ""

    @property
    def can_give(self) -> bool:
        return KINDS[self.kind].give is not None


Change = Callable[[Journey, int, User], None]


@dataclass(frozen=True)
class ConsentKind:
    """`rows`: what there is to show of it; `withdraw` and, where one tap is enough, `give`."""

    slug: str
    rows: Callable[[Journey], Iterator[Agreed]]
    withdraw: Change
    give: Change | None = None


# -- News after leaving ----------------------------------------------------------------------------


def _news(journey: Journey) -> Iterator[Agreed]:
    asked = FollowUp.objects.filter(absence=OuterRef("pk"))
    exit_ = journey.absences.exits().annotate(is_asked=Exists(asked)).last()
    if exit_ and (exit_.agreed_to_contact or exit_.is_asked):
        yield Agreed(
            "nouvelles",
            exit_.pk,
            _("L’équipe vous demande des nouvelles après votre départ."),
            exit_.agreed_to_contact,
            _("Personne ne vous demande plus de nouvelles."),
            "chat-dots",
            exit_.from_on if exit_.agreed_to_contact else None,
        )


def _exit(journey: Journey, about: int) -> Absence:
    return _found(journey.absences.exits(), about)


# -- Text messages ---------------------------------------------------------------------------------


def _number(journey: Journey) -> str:
    person = journey.participant
    return str(person.phone) or contacts.phone(person.contact)


def _messages(journey: Journey) -> Iterator[Agreed]:
    if number := _number(journey):
        stopped = OptOut.objects.filter(
            territory=journey.territory_id, phone=number, until__isnull=True
        )
        yield Agreed(
            "messages",
            0,
            _("Nous vous envoyons des messages."),
            not stopped.exists(),
            _("Plus aucun rappel par message. Un code demandé arrive encore."),
            "chat-left-text",
        )


# -- A photograph, a way to call back --------------------------------------------------------------


def _portraits(journey: Journey) -> Iterator[Agreed]:
    rows = Document.objects.standing().filter(participant=journey.participant)
    for portrait in rows.filter(kind=DocumentKind.PORTRAIT):
        yield Agreed(
            "photo",
            portrait.pk,
            _("Votre équipe garde une photo de vous."),
            True,
            _("La photo s’efface tout de suite."),
            "person",
            portrait.agreed_on,
        )


def _portrait(journey: Journey, about: int) -> Document:
    rows = Document.objects.standing().filter(participant=journey.participant)
    return _found(rows.filter(kind=DocumentKind.PORTRAIT), about)


def _call(journey: Journey) -> Iterator[Agreed]:
    if journey.participant.contact:
        yield Agreed(
            "rappel",
            0,
            _("Nous gardons un moyen de vous rappeler."),
            True,
            _("Nous l’effaçons. Personne ne vous rappelle."),
            "telephone",
        )


def _forget_contact(journey: Journey, _about: int, _by: User) -> None:
    journey.participant.contact = ""
    journey.participant.save(update_fields=["contact"])
    cancel_call_back(participant=journey.participant)


# -- What a member of the team reads ---------------------------------------------------------------

READ = {
    Category.RESOURCES: lambda: _("vos ressources"),
    Category.SITUATION: lambda: _("ce qui complique votre vie"),
    Category.DISABILITY: lambda: _("si un handicap est reconnu"),
    Category.NOTES: lambda: _("les notes"),
}


def _shares(journey: Journey) -> Iterator[Agreed]:
    """The last word on each category, member by member, of those still in the team."""
    standing = TeamMember.objects.standing().filter(journey=journey)
    rows = Share.objects.filter(member__in=standing).select_related("member__user")
    last = {(row.member_id, row.category): row for row in rows.order_by("pk")}
    for row in last.values():
        name = {"name": row.member.user.first_name, "what": READ[Category(row.category)]()}
        yield Agreed(
            "lecture",
            row.pk,
            _("%(name)s peut lire %(what)s.") % name,
            row.ended_on is None,
            _("%(name)s ne peut plus lire %(what)s.") % name,
            "eye",
            row.agreed_on if row.ended_on is None else None,
        )


def _set_share(journey: Journey, about: int, by: User, *, given: bool) -> None:
    row = _found(Share.objects.filter(journey=journey).select_related("member"), about)
    if not TeamMember.objects.standing().filter(pk=row.member_id).exists():
        raise ValidationError(_("Cette personne n’est plus dans votre équipe."))
    held = set(row.member.shares.active().values_list("category", flat=True))
    held = held | {row.category} if given else held - {row.category}
    people.share(member=row.member, by=by, seen=None, categories=sorted(held))


# -- What a group made -----------------------------------------------------------------------------


def _authors(journey: Journey):
    mine = GroupMember.objects.filter(participant=journey.participant)
    return ProductionAuthor.objects.filter(member__in=mine.values("pk"))


def _productions(journey: Journey) -> Iterator[Agreed]:
    chosen = _authors(journey).filter(chosen_on__isnull=False, withdrawn_on__isnull=True)
    for author in chosen.select_related("production", "chosen_by"):
        title = {"title": author.production.title}
        text = _("« %(title)s » peut être montré, sans votre surnom.")
        if author.shows_nickname:
            text = _("« %(title)s » peut être montré, avec votre surnom.")
        yield Agreed(
            "production",
            author.pk,
            text % title,
            True,
            _("Le groupe seul peut voir « %(title)s ».") % title,
            "people",
            author.chosen_on,
            "" if is_by_the_person(author) else str(author.chosen_by or ""),
        )


# -- A tutor's answers, another file ---------------------------------------------------------------


def _tutor(journey: Journey) -> Iterator[Agreed]:
    last = Consent.objects.filter(journey=OuterRef("journey"), to=ConsentTo.TUTOR).order_by("-pk")
    immersions = Immersion.objects.filter(journey=journey).annotate(
        given_on=Subquery(last.values("given_on")[:1]),
        withdrawn_on=Subquery(last.values("withdrawn_on")[:1]),
    )
    if one := immersions.order_by("pk").first():
        given = one.withdrawn_on is None
        yield Agreed(
            "tuteur",
            0,
            _("Votre tuteur peut donner son avis sur votre immersion."),
            given,
            _("Son lien ne marche plus. Ce qu’il a déjà dit reste."),
            "person-workspace",
            one.given_on if given else None,
        )


def _no_tutor(journey: Journey, _about: int, by: User) -> None:
    consents.withdraw(journey, ConsentTo.TUTOR, by)
    links = TutorLink.objects.filter(journey=journey, revoked_at__isnull=True)
    links.update(revoked_at=timezone.now())


def _links(journey: Journey) -> Iterator[Agreed]:
    for link in PersonLink.objects.filter(participant=journey.participant):
        if link.agreed_on:
            yield Agreed(
                "lien",
                link.pk,
                _("Vos dossiers de deux programmes sont reliés."),
                True,
                _("Ils ne sont plus reliés."),
                "link-45deg",
                link.agreed_on,
            )


# -- The list --------------------------------------------------------------------------------------


def _found(rows, about: int):
    row = rows.filter(pk=about).first()
    if row is None:
        raise ValidationError(_("Cet accord a changé."))
    return row


KINDS = {
    kind.slug: kind
    for kind in [
        ConsentKind(
            "nouvelles",
            _news,
            lambda journey, about, by: ask_no_more(absence=_exit(journey, about)),
            lambda journey, about, by: agree_again(absence=_exit(journey, about)),
        ),
        ConsentKind(
            "messages",
            _messages,
            lambda journey, about, by: hear_no_more(
                phone=_number(journey), territory_id=journey.territory_id
            ),
            lambda journey, about, by: hear_again(
                phone=_number(journey), territory_id=journey.territory_id
            ),
        ),
        ConsentKind(
            "photo",
            _portraits,
            lambda journey, about, by: erase_paper(document=_portrait(journey, about), by=by),
        ),
        ConsentKind("rappel", _call, _forget_contact),
        ConsentKind(
            "lecture",
            _shares,
            lambda journey, about, by: _set_share(journey, about, by, given=False),
            lambda journey, about, by: _set_share(journey, about, by, given=True),
        ),
        ConsentKind(
            "production",
            _productions,
            lambda journey, about, by: take_production_back(
                author=_found(_authors(journey), about), by=by
            ),
        ),
        ConsentKind(
            "tuteur",
            _tutor,
            _no_tutor,
            lambda journey, about, by: consents.give(journey, ConsentTo.TUTOR, by),
        ),
        ConsentKind(
            "lien",
            _links,
            lambda journey, about, by: _found(
                PersonLink.objects.filter(participant=journey.participant), about
            ).delete(),
        ),
    ]
}


def agreed(journey: Journey) -> list[Agreed]:
    """Everything the person agreed to, or said no to and may give again."""
    return [row for kind in KINDS.values() for row in kind.rows(journey)]


def one(journey: Journey, kind: str, about: int) -> Agreed | None:
    rows = KINDS[kind].rows(journey) if kind in KINDS else ()
    return next((row for row in rows if row.about == about), None)


@transaction.atomic
def change(*, journey: Journey, by: User, kind: str, about: int, given: bool) -> None:
    """Withdraw, or give again; the same word said twice changes nothing."""
    journey = begin(journey, seen=None)
    row = one(journey, kind, about)
    act = KINDS[kind].give if given else KINDS[kind].withdraw
    if row is None or row.is_given == given or act is None:
        return
    act(journey, about, by)
    done = Act.CONSENT_GIVEN if given else Act.CONSENT_WITHDRAWN
    tell(done, journey=journey, by=by, fields=[kind])
