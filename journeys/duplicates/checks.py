"""Whether two files may become one: what is in the way, in words that say what to do."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from journeys.duplicates.spans import clashes
from journeys.pathway.models import Journey
from territories.accounts.models import User


def obstacles(kept: Journey, absorbed: Journey, by: User) -> list[str]:
    """Nothing when these two files may be merged, `kept` staying."""
    if wall := _not_here(kept, absorbed, by):
        return [wall]
    return [*_contracts(kept, absorbed), *_pending(kept, absorbed), *clashes(kept, absorbed)]


def _not_here(kept: Journey, absorbed: Journey, by: User) -> str:
    if kept.pk == absorbed.pk:
        return _("C’est le même dossier : choisissez l’autre.")
    if kept.merged_on or absorbed.merged_on:
        return _("Ce dossier est déjà réuni avec un autre : cherchez son code.")
    if kept.participant.programme_id != absorbed.participant.programme_id:
        return _("Ces dossiers sont de deux programmes : ils se relient, sans se réunir.")
    if kept.territory_id != absorbed.territory_id:
        return _("Ces dossiers sont dans deux territoires : transférez d’abord l’un des deux.")
    if not by.may("duplicates.merge", kept.territory_id):
        return _("Seule la coordination du territoire réunit deux dossiers.")
    if any(one.team.suspended().filter(user=by).exists() for one in (kept, absorbed)):
        return _("La personne s’est opposée à votre accès : une autre coordination s’en charge.")
    return ""


def first_left_before(kept: Journey, absorbed: Journey) -> bool:
    """Both under contract, one of them left before the other file began: two times of one life."""
    return any(
        mine.absences.filter(until_on=None, from_on__lt=other.first_contact_on).exits().exists()
        for mine, other in ((kept, absorbed), (absorbed, kept))
    )


def _contracts(kept: Journey, absorbed: Journey) -> Iterator[str]:
    if absorbed.entry_on and not kept.entry_on:
        text = _("Gardez plutôt %(code)s : c’est le dossier sous contrat.")
        yield text % {"code": absorbed.participant.code}
    elif absorbed.entry_on and not first_left_before(kept, absorbed):
        yield _(
            "Deux contrats signés sont en vigueur, et un contrat signé ne s’efface pas. "
            "Enregistrez la sortie du parcours qui s’arrête, à sa date : avant l’autre dossier, "
            "les deux pourront être réunis ; après, ils restent à part."
        )
    elif absorbed.entry_on and kept.entry_on < absorbed.entry_on:
        text = _("Gardez plutôt %(code)s : c’est le contrat en vigueur.")
        yield text % {"code": absorbed.participant.code}


def _pending(kept: Journey, absorbed: Journey) -> Iterator[str]:
    for journey in (kept, absorbed):
        code = {"code": journey.participant.code}
        drafts = journey.contracts.all().prepared()
        if drafts.filter(frozen_at__isnull=False).exists():
            text = _("Un contrat de %(code)s attend d’être signé : faites-le signer ou annulez-le.")
            yield text % code
        if journey.participant.transfers.filter(answer="").exists():
            yield _("Un transfert de %(code)s est proposé : retirez-le d’abord.") % code
    theirs = absorbed.contracts.all().prepared().exists()
    in_the_way = Q(signed_on__isnull=False) | Q(cancelled_on__isnull=True)
    if theirs and kept.contracts.filter(in_the_way).exists():
        text = _("Un contrat se prépare aussi dans %(code)s : annulez-le d’abord.")
        yield text % {"code": absorbed.participant.code}
