"""Which version of a badge is given today, and in whose name."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from badges.achievements.models import Achievement, AchievementVersion
from badges.issuers.models import Issuer
from territories.accounts.models import User
from territories.organisations.models import Organisation


def version_of(achievement: Achievement) -> AchievementVersion:
    """Raises ValidationError when the badge is not published."""
    version = achievement.current
    if version is None:
        raise ValidationError({"achievement": _("Ce modèle de badge n’est pas publié.")})
    return version


def issuer_of(achievement: Achievement, organisation: Organisation | None) -> Issuer:
    """The body that recognises, where it may give this badge; else the one that holds the badge.

    A badge of the network is given by any body; another, by who holds it and who designed it.
    Raises ValidationError when none of them may issue today.
    """
    bodies = [achievement.organisation]
    if organisation and may_give(achievement, organisation):
        bodies.insert(0, organisation)
    rows = Issuer.objects.active().filter(organisation__in=bodies).select_related("neutral")
    found = {issuer.organisation_id: issuer for issuer in rows.select_related("organisation")}
    for body in bodies:
        if body.pk in found:
            return found[body.pk]
    words = {"name": bodies[0]}
    text = _("%(name)s ne délivre pas encore de badges : parlez-en à la gestion du programme.")
    raise ValidationError({"achievement": text % words})


def may_give(achievement: Achievement, organisation: Organisation) -> bool:
    return (
        achievement.is_shared
        or achievement.organisation_id == organisation.pk
        or achievement.co_designers.filter(pk=organisation.pk).exists()
    )


def choice_for(user: User, programme_id: int, organisation: Organisation | None = None):
    """Published badges of the programme; only what this body may give, if one is named."""
    rows = Achievement.objects.visible_to(user).published().filter(programme=programme_id)
    if organisation:
        own = Q(organisation=organisation) | Q(co_designers=organisation) | Q(is_shared=True)
        rows = rows.filter(own).distinct()
    return rows.order_by("field", "name")
