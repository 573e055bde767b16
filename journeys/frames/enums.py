from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """The three objects the law gives a PMSMP. Source: Code du travail, L5135-1."""

    DISCOVER = "discover", _("Découvrir un métier ou un secteur")
    CONFIRM = "confirm", _("Confirmer un projet professionnel")
    RECRUIT = "recruit", _("Démarrer un recrutement")


class Prescriber(TextChoices):
    """Who may prescribe. Source: Code du travail, L5135-2, 1° to 5°."""

    WORK = "work", _("France Travail")
    YOUTH = "youth", _("mission locale")
    CAP = "cap", _("Cap emploi")
    SIAE = "siae", _("structure d’insertion par l’activité économique")
    DEPARTMENT = "department", _("conseil départemental")
    CEP = "cep", _("opérateur du conseil en évolution professionnelle")
    AGREED = "agreed", _("structure liée à l’un d’eux par une convention")


class Situation(TextChoices):
    """As little as the convention needs. An employer signs too (D5135-1)."""

    SEEKING = "seeking", _("En recherche d’emploi")
    OTHER = "other", _("Autre situation")
    EMPLOYED = "employed", _("En emploi : l’employeur signe aussi")


class State(TextChoices):
    """Computed from the days noted, never typed."""

    PREPARED = "prepared", _("Préparée")
    SIGNED = "signed", _("Convention signée")
    UNDER_WAY = "under_way", _("En cours")
    OVER = "over", _("Terminée")
    ASSESSED = "assessed", _("Évaluée")
    CANCELLED = "cancelled", _("Annulée")


class EarlyEnd(TextChoices):
    PERSON = "person", _("La personne le souhaite")
    HOST = "host", _("L’employeur le souhaite")
    BOTH = "both", _("Tous deux sont d’accord")
    NEXT = "next", _("Un emploi ou une formation commence")
    OTHER = "other", _("Autre raison")


class Cancel(TextChoices):
    PERSON = "person", _("La personne ne souhaite plus y aller")
    HOST = "host", _("L’employeur ne peut plus accueillir")
    DATES = "dates", _("Les dates ne vont plus")
    MISTAKE = "mistake", _("Notée par erreur")


class HostStatus(TextChoices):
    ASSOCIATION = "association", _("Association")
    PUBLIC = "public", _("Service public, école, collectivité")
    COMPANY = "company", _("Entreprise")


class Insured(TextChoices):
    YES = "yes", _("Oui, la structure l’a dit")
    ASKED = "asked", _("Demandé, pas encore de réponse")
    NO = "no", _("Pas encore demandé")


class Often(TextChoices):
    ALWAYS = "always", _("Toujours")
    OFTEN = "often", _("Le plus souvent")
    LEARNING = "learning", _("Encore à apprendre")


class Again(TextChoices):
    YES = "yes", _("Oui")
    MAYBE = "maybe", _("Peut-être")
    NO = "no", _("Non")


class Gesture(TextChoices):
    """What a tutor may have seen, in words that a person is glad to read."""

    INSTRUCTIONS = "instructions", _("Suivre une consigne")
    TOOLS = "tools", _("Se servir des outils ou des machines")
    SAFETY = "safety", _("Travailler en sécurité")
    CARE = "care", _("Soigner son travail")
    CUSTOMERS = "customers", _("Accueillir un client, un visiteur")
    TEAM = "team", _("Travailler avec les autres")
    ORDER = "order", _("S’organiser dans sa journée")
    ASKING = "asking", _("Demander quand il faut")
