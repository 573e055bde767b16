"""What is kept, told to the person: by subject, in words, and in a form that machines read."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from journeys import registry as kept
from journeys.pathway.models import TeamMember
from journeys.registry import Kept
from journeys.rights.gathering import HIDDEN, Rows, columns_of, file_name, first_kept
from rtr.lib import french
from territories.accounts.models import User

# Subjects, in the order of the page: the first class of data of a table says where it goes.
SUBJECTS: list[tuple[str, list[Kept]]] = [
    (_("Qui je suis"), [kept.CODE, kept.FOUND]),
    (
        _("Mon parcours"),
        [kept.PATH, kept.ASKED, kept.CLOSED, kept.AFTER, kept.SENT, kept.MOVING],
    ),
    (_("Mon contrat"), [kept.SIGNED, kept.HOURS]),
    (_("Ce que j’ai fait"), [kept.ENTERED, kept.MARK, kept.FRAME, kept.HOSTED, kept.SAFE]),
    (
        _("Ce que j’ai dit"),
        [kept.WORDS, kept.OWN_WORDS, kept.WISH, kept.GROUP, kept.MADE, kept.TALK],
    ),
    (_("Mes badges"), [kept.HELD, kept.RECOGNISED, kept.SHOWN, kept.SAID]),
    (_("Mes rendez-vous et mes aides"), [kept.MEETING, kept.AID]),
    (_("Ce que l’équipe a écrit"), [kept.NOTE]),
    (_("Mes papiers"), [kept.PROOF]),
    (_("Mes demandes et mes accords"), [kept.ASKING, kept.ACCORD]),
    (_("Les messages"), [kept.MAIL, kept.NO_MORE]),
    (_("Mes accès"), [kept.LINK, kept.OPENED]),
    (_("Qui a ouvert mon dossier"), [kept.TRACE]),
    (_("Ce qui a changé"), [kept.CHANGE]),
]
# Columns that no model names in words.
NAMED = {
    "absence": _("sortie"),
    "absorbed": _("dossier réuni"),
    "act": _("ce qui a été fait"),
    "action": _("action collective"),
    "activity": _("activité"),
    "actor": _("par"),
    "added_at": _("ajouté le"),
    "added_by": _("ajouté par"),
    "adult_on": _("majorité le"),
    "afest": _("formation au travail"),
    "agreed_by": _("accord noté par"),
    "answered_at": _("répondu le"),
    "answered_by": _("répondu par"),
    "answers": _("réponse à"),
    "appointment": _("rendez-vous"),
    "asked_by": _("demandé par"),
    "at": _("le"),
    "author": _("écrit par"),
    "award": _("séance"),
    "awarded_by": _("délivré par"),
    "by": _("par"),
    "changed_at": _("changé le"),
    "changed_by": _("changé par"),
    "chosen_by": _("choisi par"),
    "client_key": _("application"),
    "collection": _("portefeuille"),
    "contact": _("contact"),
    "contract": _("contrat"),
    "convention": _("convention"),
    "created_at": _("ouvert le"),
    "credential": _("badge"),
    "decided_by": _("décidé par"),
    "draft": _("brouillon"),
    "endorser": _("endosseur"),
    "enrolment": _("inscription"),
    "equipment": _("équipement"),
    "experience": _("expérience"),
    "expires_at": _("fin le"),
    "fields": _("ce qui est touché"),
    "file": _("fichier"),
    "follow_up": _("suivi"),
    "from_territory": _("territoire quitté"),
    "gestures": _("gestes acquis"),
    "given_at": _("donné le"),
    "given_by": _("donné par"),
    "host": _("structure d’accueil"),
    "immersion": _("immersion"),
    "invited_by": _("invité par"),
    "ip": _("adresse (jamais gardée)"),
    "is_elsewhere": _("fait ailleurs"),
    "issuer": _("émetteur"),
    "issuer_url": _("site de l’émetteur"),
    "kept": _("dossier gardé"),
    "last_seen_at": _("dernier passage"),
    "link": _("lien"),
    "member": _("membre de l’équipe"),
    "merged_into": _("réuni avec"),
    "message": _("message"),
    "object_id": _("numéro"),
    "object_type": _("sur quoi"),
    "objective": _("objectif"),
    "one": _("dossier"),
    "organisation": _("structure"),
    "own_words": _("compétences, avec mes mots"),
    "page": _("page signée"),
    "participant": _("participant"),
    "period": _("période"),
    "person": _("numéro qui relie mes dossiers"),
    "person_user": _("signé par moi"),
    "photo": _("photo"),
    "place": _("lieu"),
    "prepared_by": _("préparé par"),
    "production": _("production"),
    "programme": _("programme"),
    "proof": _("justificatif"),
    "proposed_by": _("proposé par"),
    "provider_id": _("numéro chez l’opérateur"),
    "publics": _("situations reconnues"),
    "qpv_edition": _("liste des quartiers"),
    "received_at": _("reçu le"),
    "recipient": _("détenteur"),
    "recorded_at": _("noté le"),
    "recorded_by": _("noté par"),
    "reflection": _("récit"),
    "removed_by": _("retiré par"),
    "renews": _("suite de"),
    "reviewer": _("répondu par"),
    "revoked_by": _("annulé par"),
    "search_name": _("surnom pour classer"),
    "seen_by": _("vu par"),
    "sent_at": _("envoyé le"),
    "sent_by": _("envoyé par"),
    "session": _("séance"),
    "sha256": _("empreinte du texte"),
    "signer": _("qui signe"),
    "skills": _("compétences"),
    "starter": _("demandé par"),
    "step": _("étape"),
    "team_user": _("signé par l’équipe"),
    "tries": _("essais"),
    "undone_by": _("défait par"),
    "used_at": _("utilisé le"),
    "user": _("compte"),
    "user_agent": _("navigateur"),
    "voice": _("voix"),
    "voice_seconds": _("durée de la voix, en secondes"),
    "vouched_by": _("reconnu par"),
    "was": _("état d’avant"),
    "was_minutes": _("minutes, avant"),
    "was_waiting": _("en attente, avant"),
    "weekdays": _("jours"),
    "welcomed_by": _("accueil par"),
    "written_at": _("écrit le"),
    "written_by": _("écrit par"),
    "wrong": _("essais faux"),
    "wrong_lately": _("essais faux, ces jours-ci"),
    "wrong_since": _("essais faux depuis le"),
}


@dataclass(frozen=True)
class Told:
    """One kind of thing kept: why, until when, and each row as pairs of words."""

    title: str
    why: str
    until: str
    rows: list[list[tuple[str, str]]]


@dataclass(frozen=True)
class Subject:
    title: str
    things: list[Told]


def subjects_of(rows: Rows) -> list[Subject]:
    found = [Subject(str(title), _things(rows, classes)) for title, classes in SUBJECTS]
    return [subject for subject in found if subject.things]


def _things(rows: Rows, classes: list[Kept]) -> list[Told]:
    things = []
    for model, some in rows.items():
        its = first_kept(model)
        if its in classes:
            title = capfirst(str(model._meta.verbose_name))
            told = [pairs for row in some if (pairs := list(_pairs(row)))]
            things.append(Told(title, str(its.why), str(its.until), told))
    return things


def _pairs(row: models.Model) -> Iterator[tuple[str, str]]:
    for column in columns_of(type(row)):
        if column.name not in HIDDEN and (words := _in_words(row, column)):
            yield capfirst(str(label_of(column))), words


def label_of(column: models.Field) -> str:
    """The model's own word, else ours; a test sees that there is one for each."""
    return column._verbose_name or NAMED[column.name]


def _in_words(row: models.Model, column: models.Field) -> str:
    if isinstance(column, models.FileField):
        return file_name(row, column) if getattr(row, column.name) else ""
    if column.is_relation:
        return _named(getattr(row, column.name))
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")() or "")
    return _written(getattr(row, column.name))


def _named(other: models.Model | None) -> str:
    if other is None:
        return ""
    return str(other.user if isinstance(other, TeamMember) else other)


def _written(value) -> str:
    if isinstance(value, bool):
        return str(_("oui") if value else _("non"))
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value)
        return f"{french.day_in_full(local.date(), weekday=False)}, {local:%H:%M}"
    if isinstance(value, datetime.date):
        return french.day_in_full(value, weekday=False)
    if isinstance(value, dict):
        return "; ".join(f"{key} : {said}" for key, said in value.items() if said)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


# -- For machines ----------------------------------------------------------------------------------


def as_json(rows: Rows) -> str:
    """Every column as it is kept, by table; people of the team by name."""
    tables = {
        model.__name__: {
            "quoi": str(first_kept(model).what),
            "pourquoi": str(first_kept(model).why),
            "jusqu’à": str(first_kept(model).until),
            "lignes": [_plain(row) for row in some],
        }
        for model, some in rows.items()
    }
    given = {"fait le": timezone.now(), "source": "RTR", "tables": tables}
    return json.dumps(given, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def _plain(row: models.Model) -> dict:
    found = {"id": row.pk}
    for column in columns_of(type(row)):
        value = getattr(row, column.attname)
        if isinstance(column, models.FileField):
            value = file_name(row, column) if value else ""
        elif column.related_model is User and value:
            value = str(getattr(row, column.name))
        elif not isinstance(value, str | int | float | bool | list | dict | None):
            value = column.value_to_string(row)
        found[column.name] = value
    return found
