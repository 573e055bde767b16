"""Do two names sound like one? Spelling varies with ears, forms and alphabets; people do not.

Accents, case, hyphens and particles apart; first and last name may be swapped, one of several
first or last names left out, a name of another alphabet written in another way. Two words are
alike when their letters nearly agree (Jaro-Winkler, Winkler 1990), as written or once brought to
one spelling, or when they sound the same (metaphone, Philips 1990) and their letters do not
disagree. It hints, a person decides: sisters born the same day called Sonia and Sofia are hinted.
"""

import re
from itertools import permutations, product

from jellyfish import jaro_winkler_similarity, metaphone

from rtr.lib.words import plain

NEARLY = 0.92  # letters nearly agree: one slip in a name of six
SAME_SOUND = 0.8  # the least that letters may agree when the sound does
FAR = 0.6  # letters so far apart that no way of writing brings them together
AT_ONCE = 0.94  # whole names, written as one word
SHORT_FORM = 4  # letters of « Alex », for Alexandre
MOST_WORDS = 4
PARTICLES = frozenset(
    "el al ben bin ibn bint ould abou abu ait de du des d di da do dos la le les l van von der"
    " den".split()
)
# One spelling for one sound, whatever the alphabet the name came from.
FOLDED = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"tch", "ch"),
        (r"x", "ks"),
        (r"ph", "f"),
        (r"kh|ck|q|c(?=[aouklrt]|$)", "k"),
        (r"sch|ch|sh|cz", "s"),
        (r"dj|gj|g(?=[eiy])", "j"),
        (r"w|ou|oo|u|o", "o"),
        (r"y|ee|ie", "i"),
        (r"ai|ei|ae|e|o", "a"),
        (r"z|c", "s"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
    ]
]


def sound_alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether these (first name, last name) may be one person's.

    A name of which one half is known counts as far as it goes; an empty one never does.
    """
    halves = all(word.strip() for word in (*one, *other))
    writings = product(_writings(" ".join(one)), _writings(" ".join(other)))
    return any(_agree(mine, theirs, least=2 if halves else 1) for mine, theirs in writings)


def _agree(mine: list[str], theirs: list[str], least: int) -> bool:
    """Each word of the shorter name is in the longer one, in whatever order."""
    few, many = sorted((mine, theirs), key=len)
    if len(few) < least:
        return bool(few) and jaro_winkler_similarity("".join(few), "".join(many)) >= AT_ONCE
    return any(all(map(words_alike, few, places)) for places in permutations(many, len(few)))


def _writings(name: str) -> list[list[str]]:
    """« Ben Ali » without its particle, and with it in one word."""
    words = re.findall(r"[a-z0-9]+", plain(name))
    without = [word for word in words if word not in PARTICLES] or words
    glued, small = [], ""
    for word in words:
        small += word
        if word not in PARTICLES:
            glued.append(small)
            small = ""
    glued = glued or words
    return [way[:MOST_WORDS] for way in ([without] if without == glued else [without, glued])]


def words_alike(one: str, other: str) -> bool:
    few, many = sorted((one, other), key=len)
    near = jaro_winkler_similarity(one, other)
    if near >= NEARLY or len(few) >= SHORT_FORM and many.startswith(few):
        return True
    if near < FAR:
        return False
    mine, theirs = _folded(one), _folded(other)
    if len(mine) < 3 or len(theirs) < 3:
        return mine == theirs
    if jaro_winkler_similarity(mine, theirs) >= NEARLY:
        return True
    return near >= SAME_SOUND and metaphone(mine) == metaphone(theirs)


def _folded(word: str) -> str:
    for pattern, sound in FOLDED:
        word = pattern.sub(sound, word)
    return word
