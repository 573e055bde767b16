"""French texts as counted stems: what compares somebody's words with an activity's.

Stems by Snowball (M. Porter, « Snowball: a language for stemming algorithms », 2001). Families of
words (journeys/data/word_families.toml) bring near what stems keep apart: « food-truck » and
« cuisine ». Words on health, religion or justice are left out, whoever wrote them.
"""

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from math import log, sqrt

import snowballstemmer

from journeys.participants.lists import DATA
from rtr.lib.plain_words import delicate_words
from rtr.lib.words import plain

# Small words, and those that any text of this platform may hold.
STOP = frozenset(
    """
    a activite ai aie aime aimer ainsi aller alors apprendre apres as assez atelier ateliers au
    aucun aussi autour autre autres aux avait avant avec avoir beaucoup bien bon bonne ca car ce
    cela celle celui ces cet cette ceux chacun chaque chez comme commence comment dans de debut
    dehors deja depuis des deux dix doit donc dont du elle elles en encore ensemble entre envie es
    est et etait etes etre eu eux faire fais fait fin finis fois font gens grand grande heure
    heures ici il ils jai je joue jouer jour jours jusque juste la le les leur leurs lieu lui ma
    mais me meme mes mieux moi moins mois mon monde ne nos notre nous on ont ou par parce pas
    pendant personne personnes petit peu peut peux plus plusieurs pour pouvoir premiere prendre
    pres puis quand quartier que quel quelle quelqu quelque qui quoi rien sa sais sans savoir se
    seance semaine ses seul si soi sois son sont sous suis sur ta te temps tes toi ton tous tout
    toute toutes tres trois trop tu un une vers veux vie vient voir vos votre vous y
    """.split()
)
FAMILY = "famille:"


@cache
def _stemmer():
    return snowballstemmer.stemmer("french")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem, without accents: they are typed or not."""
    return plain(_stemmer().stemWord(word))


@cache
def families() -> dict[str, str]:
    """Each stem of a family → its family."""
    read = tomllib.loads((DATA / "word_families.toml").read_text(encoding="utf-8"))
    return {stem(word): FAMILY + name for name, words in read.items() for word in words.split()}


def stems(text: str) -> list[str]:
    """The stems of a text in its order, each followed by its family.

    >>> stems("Coudre et retoucher")
    ['coudr', 'famille:couture', 'retouch', 'famille:couture']
    """
    for word in delicate_words(text):
        text = text.replace(word, " ")
    found = []
    for word in re.findall(r"[^\W\d_]{2,}", text.casefold()):
        if plain(word) not in STOP:
            found.append(root := stem(word))
            found += [family] if (family := families().get(root)) else []
    return found


def weighed(text: str, rarity: dict[str, float]) -> dict[str, float]:
    """TF-IDF of a text, of length one, over the stems that `rarity` knows: empty for none.

    The same sum as scikit-learn's TfidfVectorizer(sublinear_tf=True), which learnt `rarity`,
    without its import: pages that suggest read a model made elsewhere.
    """
    counts = Counter(one for one in stems(text) if one in rarity)
    weights = {one: (1 + log(count)) * rarity[one] for one, count in counts.items()}
    length = sqrt(sum(weight**2 for weight in weights.values()))
    return {one: weight / length for one, weight in weights.items()}


def likeness(one: dict[str, float], other: dict[str, float]) -> float:
    """Cosine of two weighed texts: from 0, nothing in common, to 1."""
    small, large = sorted((one, other), key=len)
    return sum(weight * large.get(word, 0.0) for word, weight in small.items())
