"""Why an activity is suggested, in one sentence that is true: its largest parts, named."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.contracts.enums import in_french
from journeys.messages.enums import Language
from journeys.suggestions.scoring import SAYS, Part, Slot, Why
from rtr.lib import french, tongue

MOST_REASONS = 2
LEAST_SHARE = 0.15  # of the score: less explains nothing
QUOTED = {*SAYS, Why.RESEMBLES, Why.ALIKE}  # named by words of the person, or by a title
# One sentence each: the person reads little, in several languages.
TO_PERSON = {
    Why.DREAM: gettext_lazy("Vous avez dit : %(about)s."),
    Why.STRENGTH: gettext_lazy("Vous avez dit : %(about)s."),
    Why.LIVED: gettext_lazy("Vous avez raconté : %(about)s."),
    Why.LIKED: gettext_lazy("Vous avez aimé : %(about)s."),
    Why.LEARNT: gettext_lazy("Vous avez parlé de : %(about)s."),
    Why.RESEMBLES: gettext_lazy("Cela ressemble à : %(about)s."),
    Why.ALIKE: gettext_lazy("D’autres personnes ont aimé aussi : %(about)s."),
    Why.PLACE: gettext_lazy("Vous connaissez le lieu : %(about)s."),
    Why.COMMUNE: gettext_lazy("Vous venez déjà dans cette ville : %(about)s."),
    Why.HOUSE: gettext_lazy("Cette équipe vous connaît : %(about)s."),
    Why.TIME: gettext_lazy("Vous venez déjà à ce moment : %(about)s."),
    Why.LANGUAGE: gettext_lazy("On y parle votre langue : %(about)s."),
    Why.NEW: gettext_lazy("C’est nouveau."),
    Why.SOON: gettext_lazy("C’est bientôt."),
}
# To the team, the end of « Parce que… ».
OF_PERSON = {
    Why.DREAM: gettext_lazy("%(name)s a dit %(about)s"),
    Why.STRENGTH: gettext_lazy("%(name)s a dit %(about)s"),
    Why.LIVED: gettext_lazy("%(name)s a raconté %(about)s"),
    Why.LIKED: gettext_lazy("%(name)s a aimé %(about)s"),
    Why.LEARNT: gettext_lazy("%(name)s a parlé de %(about)s"),
    Why.RESEMBLES: gettext_lazy("cela ressemble à %(about)s"),
    Why.ALIKE: gettext_lazy("des personnes venues à %(about)s y viennent aussi"),
    Why.PLACE: gettext_lazy("%(name)s connaît le lieu, %(about)s"),
    Why.COMMUNE: gettext_lazy("c’est à %(about)s, où %(name)s vient déjà"),
    Why.HOUSE: gettext_lazy("c’est avec %(about)s, qui connaît %(name)s"),
    Why.TIME: gettext_lazy("c’est le %(about)s, comme d’autres fois"),
    Why.LANGUAGE: gettext_lazy("on y parle aussi %(about)s"),
    Why.NEW: gettext_lazy("c’est nouveau"),
    Why.SOON: gettext_lazy("c’est bientôt"),
}


def reasons(parts: list[Part]) -> list[Part]:
    """The largest parts of a score, enough of them to explain it."""
    least = LEAST_SHARE * sum(part.value for part in parts)
    return [part for part in parts if part.value >= least][:MOST_REASONS]


def because(parts: list[Part]) -> str:
    """To the person: « Vous avez dit : « Coudre ». C’est bientôt. »"""
    said = []
    for sentence, abouts in _by_sentence(parts, TO_PERSON).items():
        said.append(sentence % {"about": tongue.listed(abouts)})
    return " ".join(french.spaced(one) if tongue.in_french() else one for one in said)


def because_of(parts: list[Part], name: str) -> str:
    """To the team: « Parce que Kiwi a dit « Coudre » et que c’est le mardi matin… »"""
    said = []
    for sentence, abouts in _by_sentence(parts, OF_PERSON).items():
        facts = {"about": french.listed(abouts), "name": name}
        said.append(french.elide("que", sentence % facts))
    joint = _(", et ") if "," in said[0] else _(" et ")
    return french.spaced(_("Parce %(reasons)s.") % {"reasons": joint.join(said)})


def _by_sentence(parts: list[Part], words: dict) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for part in reasons(parts):
        named.setdefault(str(words[part.why]), []).append(_about(part))
    return named


def _about(part: Part) -> str:
    if part.why == Why.TIME:
        return moment(part.about)
    if part.why == Why.LANGUAGE:
        return in_french(part.about) if tongue.in_french() else str(Language(part.about).label)
    own = tongue.own(part.about)
    return _("« %(words)s »") % {"words": own} if part.why in QUOTED else own


def moment(slot: Slot) -> str:
    """« mardi matin »."""
    weekday, half = slot
    text = _("%(weekday)s matin") if half == "morning" else _("%(weekday)s après-midi")
    return text % {"weekday": _(tongue.WEEKDAYS[weekday])}
