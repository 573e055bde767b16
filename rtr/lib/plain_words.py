"""Words that a text about a person does better without: health, religion, justice, insults.

A short list on purpose: it reminds the writer that the person may read, it never refuses.
Source: CNIL, « Zones bloc note et commentaires : les bons réflexes »; GDPR, articles 9 and 10.
"""

import re
from bisect import bisect_left
from itertools import accumulate

from rtr.lib.words import plain

# Lower case, no accents; a trailing star stands for any ending.
_LISTS = {
    "health": """
        malade malades maladi* medicament* depress* deprim* psychiatr* psycholog* psychotherap*
        psychos* schizo* bipolai* paranoi* suicid* tumeur* cancer* diabet* epilep* seropositi*
        sida vih hepatit* hospitalis* hopital chimiotherap* alcool* ivre ivresse drogue* toxicoman*
        addict* cannabis cocaine heroine methadone subutex sevrage* handicap* autis* trisom*
        dyslexi* anorexi* boulimi* enceinte grossesse ivg avortement* diagnosti* pathologi*
        burn-out burnout obes* fibromyalgi* asthm* infarctus avc
    """,
    "religion": """
        musulman* islam* chretien* catholi* protestant* evangeli* juif juive juifs juives judai*
        boudd* hindou* athee athees mosquee* synagogue* ramadan careme voilee voilees hijab kippa
        imam imams religi* croyant* pratiquant* converti convertie priere*
    """,
    "offence": """
        prison* incarcer* detenu* detention ecrou* delit delits delinquan* crimin* condamn*
        casier-judiciaire sursis garde-a-vue probation spip vol vols voleur* voleuse* cambriol*
        viol viols violeur* dealer* dealeu* deal trafiqu* tribunal* mise-en-examen radicalis*
        bracelet-electronique mandat-de-depot
    """,
    "insult": """
        con cons conne connes connard* connasse* debile* abruti* cretin* idiot* imbecile*
        feignant* faineant* parasite* cassos assiste assistee assistes salope* putain pute putes
        encule* batard* clochard* tare taree folle cingle* barjo menteu* mytho* boulet
    """,
}


def _pattern(words: str) -> re.Pattern[str]:
    ways = sorted({plain(word) for word in words.split()}, key=len, reverse=True)
    ways = [re.escape(way).replace(r"\*", r"\w*").replace(r"\-", r"[\s-]+") for way in ways]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")


_PATTERNS = {subject: _pattern(words) for subject, words in _LISTS.items()}


def delicate_words(text: str) -> dict[str, str]:
    """Words of the text to think twice about: word as written there → its subject.

    Parameters: `text`, in French, with or without accents and capitals.
    Returns: in the order of the text; subjects are `health`, `religion`, `offence`, `insult`.

    >>> delicate_words("Il sort de l'hôpital, très déprimé.")
    {'hôpital': 'health', 'déprimé': 'health'}
    """
    text = text.replace("\0", "")
    folded = [plain(char) for char in text]
    found = [
        (match.span(), subject)
        for subject, pattern in _PATTERNS.items()
        for match in pattern.finditer("".join(folded))
    ]
    # Folding may change a length (« œ » becomes « oe »): the way back to what was written.
    starts = list(accumulate(map(len, folded), initial=0))
    return {
        text[bisect_left(starts, start) : bisect_left(starts, end)]: subject
        for (start, end), subject in sorted(found)
    }
