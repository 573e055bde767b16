"""Refuse to change the public address once badges were signed: they hold it for ever."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DatabaseError
from django.utils.translation import gettext as _

from badges.issuers.models import Issuer


@register(Tags.database)
def public_address_is_the_one_signed(app_configs, databases=None, **kwargs):
    """BADGES_URL is that of every issuer that signed.

    Run by `migrate` and `check --database default`; signing itself refuses in any case, since a
    web server starts without the system checks.
    """
    if "default" not in (databases or []):
        return []
    try:
        signed = Issuer.objects.exclude(address="").exclude(address=settings.BADGES_URL)
        former = sorted(set(signed.values_list("address", flat=True)))
    except (DatabaseError, ImproperlyConfigured):
        # Before the first migration there is nothing to hold; a role refused is rtr.E001.
        return []
    words = _(
        "Des badges signés portent l’adresse %(former)s : BADGES_URL ne peut plus devenir %(new)s."
        " Leur signature la contient, et les vérificateurs du monde entier la lisent."
    )
    hint = _("Rétablissez BADGES_URL ; les pages peuvent, elles, changer d’adresse (SITE_URL).")
    return [
        Error(words % {"former": one, "new": settings.BADGES_URL}, hint=hint, id="badges.E001")
        for one in former
    ]
