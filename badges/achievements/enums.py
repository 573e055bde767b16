from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publié")
    RETIRED = "retired", _("Retiré")


class Category(TextChoices):
    KNOWLEDGE = "knowledge", _("Savoir et compétence")
    KNOW_HOW = "know_how", _("Savoir-faire")
    PARTICIPATION = "participation", _("Participation")
    COMMITMENT = "commitment", _("Engagement")
    PROJECT = "project", _("Projet")
    RECOGNITION = "recognition", _("Reconnaissance d’une personne")


class Level(TextChoices):
    NONE = "", _("Sans niveau")
    DISCOVERED = "discovered", _("J’ai découvert")
    DOES = "does", _("Je sais faire")
    SHARES = "shares", _("Je sais transmettre")


class Audience(TextChoices):
    """For which side of life the badge speaks."""

    EMPLOYMENT = "employment", _("Emploi")
    COMPANY = "company", _("Entreprise")
    TRAINING = "training", _("Formation")
    SOCIAL = "social", _("Social")
    SPORT = "sport", _("Sport")
    CULTURE = "culture", _("Culture")


class Framework(TextChoices):
    ROME = "rome", _("ROME")
    ESCO = "esco", _("ESCO")
    RECTEC = "rectec", _("RECTEC")
    DIGCOMP = "digcomp", _("DigComp")


class ProposalState(TextChoices):
    ASKED = "asked", _("À étudier")
    ACCEPTED = "accepted", _("Retenue")
    DECLINED = "declined", _("Non retenue")
