"""What is written to whoever sends us somebody, and to the team that has not answered yet."""

from django.utils.translation import gettext_lazy as _

from journeys.messages.enums import Channel, Language
from journeys.messages.wording import Kind, Words, register

MAIL = (Channel.MAIL,)
SENT = {"number": "1042", "day": "24 novembre 2026", "before": "24 décembre 2026"}

register(
    "referral.received",
    Kind(
        label=_("Accusé de réception d’une orientation"),
        channels=MAIL,
        places=SENT,
        words={
            Language.FRENCH: Words(
                subject="Votre demande n° {number} est arrivée",
                body="Bonjour,\n\nVotre demande du {day} est bien arrivée. Elle porte le numéro"
                " {number}.\n\nVous aurez une réponse par courriel avant le {before}.\n\nSi vous"
                " n’avez rien envoyé, ne faites rien : ce message est une erreur.",
            )
        },
    ),
)
register(
    "referral.known",
    Kind(
        label=_("Orientation envoyée une seconde fois"),
        channels=MAIL,
        places=SENT,
        words={
            Language.FRENCH: Words(
                subject="Votre demande n° {number} était déjà arrivée",
                body="Bonjour,\n\nNous avions déjà reçu cette demande de votre part le {day}. Elle"
                " porte le numéro {number}, et rien n’est à refaire.\n\nVous aurez une réponse par"
                " courriel avant le {before}.",
            )
        },
    ),
)
register(
    "referral.reminder",
    Kind(
        label=_("Rappel à la coordination : des orientations attendent"),
        channels=MAIL,
        places={
            "waiting": "Deux demandes attendent",
            "before": "24 décembre 2026",
            "link": "https://rtr.example/coordination/orientations/",
        },
        words={
            Language.FRENCH: Words(
                subject="{waiting} votre réponse",
                body="Bonjour,\n\n{waiting} votre réponse. La première est à donner avant le"
                " {before}.\n\n{link}",
            )
        },
    ),
)
