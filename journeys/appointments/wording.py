"""Messages about an appointment: a first name, a day, an hour; no place, which could tell."""

from django.utils.translation import gettext_lazy as _

from journeys.appointments.actions.answering import answered_by_message
from journeys.appointments.actions.reminding import CALL, CANCEL, PROPOSE, REMIND
from journeys.messages.actions import on_answer
from journeys.messages.enums import Channel, Language
from journeys.messages.wording import Kind, Words, register

PLACES = {"who": "Karim", "when": "mercredi 24 septembre à 14 h 30"}
LABELS = {
    REMIND: _("Rappel de rendez-vous"),
    CALL: _("Rappel d’un rendez-vous par téléphone"),
    PROPOSE: _("Rendez-vous proposé"),
    CANCEL: _("Rendez-vous annulé"),
}
SMS = {
    REMIND: {
        Language.FRENCH: "Bonjour, rendez-vous avec {who} {when}. Vous venez : répondez 1."
        " Vous ne pouvez pas : répondez 2.",
        Language.EASY_FRENCH: "Bonjour. {who} vous attend {when}. Vous venez ? Répondez 1."
        " Vous ne pouvez pas ? Répondez 2.",
        Language.ENGLISH: "Hello, {who} is expecting you on {when}. Reply 1 if you can come,"
        " 2 if you cannot.",
        Language.ARABIC: "موعد مع {who}: {when}. نعم 1 لا 2",
        Language.UKRAINIAN: "Зустріч: {who}, {when}. Так 1, ні 2",
    },
    CALL: {
        Language.FRENCH: "Bonjour, {who} vous appelle {when}. Cela vous va : répondez 1."
        " Vous ne pouvez pas : répondez 2.",
        Language.EASY_FRENCH: "Bonjour. {who} vous appelle {when}. Cela va ? Répondez 1."
        " Vous ne pouvez pas ? Répondez 2.",
        Language.ENGLISH: "Hello, {who} will call you on {when}. Reply 1 if it suits you,"
        " 2 if it does not.",
        Language.ARABIC: "{who} يتصل بكم {when}. نعم 1 لا 2",
        Language.UKRAINIAN: "{who} подзвонить: {when}. Так 1, ні 2",
    },
    PROPOSE: {
        Language.FRENCH: "Bonjour, {who} vous propose un rendez-vous {when}. Oui : répondez 1."
        " Un autre moment : répondez 2.",
        Language.EASY_FRENCH: "Bonjour. {who} propose de vous voir {when}. Oui ? Répondez 1."
        " Un autre jour ? Répondez 2.",
        Language.ENGLISH: "Hello, {who} suggests meeting on {when}. Reply 1 for yes,"
        " 2 for another time.",
        Language.ARABIC: "{who} يقترح {when}. نعم 1 لا 2",
        Language.UKRAINIAN: "{who} пропонує {when}. Так 1, ні 2",
    },
    CANCEL: {
        Language.FRENCH: "Bonjour, le rendez-vous avec {who} {when} est annulé.",
        Language.EASY_FRENCH: "Bonjour. Le rendez-vous avec {who} est annulé. C’était {when}.",
        Language.ENGLISH: "Hello, the meeting with {who} on {when} is cancelled.",
        Language.ARABIC: "أُلغي الموعد مع {who}: {when}",
        Language.UKRAINIAN: "Скасовано: {who}, {when}",
    },
}
MAIL = {
    REMIND: {
        Language.FRENCH: "Bonjour,\n\nVous avez rendez-vous avec {who} {when}.\n"
        "Vous ne pouvez pas venir ? Dites-le à {who}.",
        Language.EASY_FRENCH: "Bonjour.\n\n{who} vous attend {when}.\n"
        "Vous ne pouvez pas ? Dites-le à {who}.",
        Language.ENGLISH: "Hello,\n\n{who} is expecting you on {when}.\n"
        "You cannot come? Please tell {who}.",
        Language.ARABIC: "موعد مع {who}: {when}",
        Language.UKRAINIAN: "Зустріч: {who}, {when}",
    },
    CALL: {
        Language.FRENCH: "Bonjour,\n\n{who} vous appelle {when}.\n"
        "Le moment ne va pas ? Dites-le à {who}.",
        Language.EASY_FRENCH: "Bonjour.\n\n{who} vous appelle {when}.",
        Language.ENGLISH: "Hello,\n\n{who} will call you on {when}.",
        Language.ARABIC: "{who} يتصل بكم {when}",
        Language.UKRAINIAN: "{who} подзвонить: {when}",
    },
    PROPOSE: {
        Language.FRENCH: "Bonjour,\n\n{who} vous propose un rendez-vous {when}.\n"
        "Dites à {who} si cela vous va.",
        Language.EASY_FRENCH: "Bonjour.\n\n{who} propose de vous voir {when}.\n"
        "Dites à {who} si cela va.",
        Language.ENGLISH: "Hello,\n\n{who} suggests meeting on {when}.\n"
        "Please tell {who} whether it suits you.",
        Language.ARABIC: "{who} يقترح {when}",
        Language.UKRAINIAN: "{who} пропонує {when}",
    },
    CANCEL: SMS[CANCEL],
}
SUBJECTS = {
    Language.FRENCH: "Rendez-vous {when}",
    Language.EASY_FRENCH: "Rendez-vous {when}",
    Language.ENGLISH: "Meeting on {when}",
    Language.ARABIC: "موعد {when}",
    Language.UKRAINIAN: "Зустріч {when}",
}

for cause, words in SMS.items():
    register(
        cause,
        Kind(
            label=LABELS[cause],
            channels=(Channel.SMS,),
            places=PLACES,
            asks=cause != CANCEL,
            words={language: Words(body) for language, body in words.items()},
        ),
    )
    on_answer(cause, answered_by_message)
for cause, words in MAIL.items():
    register(
        f"{cause}.mail",
        Kind(
            label=LABELS[cause],
            channels=(Channel.MAIL,),
            places=PLACES,
            words={language: Words(body, SUBJECTS[language]) for language, body in words.items()},
        ),
    )
