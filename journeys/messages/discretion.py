"""What a message may say: its own {places}, and nothing of the programme or of the situation."""

import re
from string import Formatter

from rtr.lib.words import plain
from territories.organisations.models import Organisation
from territories.programmes.models import Programme

# Lower case, no accents; a trailing star stands for any ending. A short list of what would tell.
TELLING = """
    insertion inclusion contrat* parcours badge* rsa france-travail pole-emploi mission-locale
    accompagnement* referent* coordinat* conseill* educat* social* aide-sociale cap-emploi ccas
    chomage chomeu* demandeur* emploi embauche* stage* formation* immersion* pmsmp afest
    programme* talent* beneficiaire* participant* dispositif* structure* association*
    sante medecin* medical* handicap* rqth psycho* soin* hopital addict* prison justice juge*
    tribunal* probation spip tutelle curatelle migrant* refugie* asile etranger* titre-de-sejour
    precar* pauvre* sans-abri hebergement* exclu* invisible* eloigne* frein* abandon*
"""
SHORTEST_NAME = 4  # letters: « La » or « WIP » would forbid ordinary words


def _pattern(words: list[str]) -> re.Pattern[str]:
    ways = [re.escape(plain(word)) for word in sorted(words, key=len, reverse=True)]
    ways = [way.replace(r"\*", r"\w*").replace(r"\-", r"[\s-]+") for way in ways]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")


_TELLING = _pattern(TELLING.split())


def telling_words(text: str, *, names: list[str] = ()) -> list[str]:
    """Words that would tell whoever picks up the phone, as the text writes them without accents.

    Parameters: `names`, of programmes and organisations.

    >>> telling_words("Votre contrat d'insertion est prêt")
    ['contrat', 'insertion']
    """
    words = " ".join(plain(_without_places(text)).split())
    found = _TELLING.findall(words)
    if names := [" ".join(name.split()) for name in names if len(name) >= SHORTEST_NAME]:
        found += _pattern([name.replace("*", "") for name in names]).findall(words)
    return list(dict.fromkeys(found))


def names_around(programme: Programme) -> list[str]:
    """What a programme and those who make it are called."""
    houses = Organisation.objects.of_programmes([programme]).values_list("name", "short_name")
    return [programme.name, *(name for both in houses for name in both if name)]


def places_in(text: str) -> list[str]:
    """The {places} of a text. Raises ValueError for a lone brace, or one that asks for more."""
    found = []
    for _text, name, spec, conversion in Formatter().parse(text):
        if name is None:
            continue
        if spec or conversion or not name.isidentifier():
            raise ValueError(name)
        found.append(name)
    return found


def _without_places(text: str) -> str:
    return re.sub(r"{[^{}]*}", " ", text)
