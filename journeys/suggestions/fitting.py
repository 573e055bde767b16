"""What is learnt of a territory's offer, made once a night and kept in the cache.

scikit-learn is imported here alone, and only when something is to be learnt: a page that suggests
reads plain dictionaries. The cache holds texts of activities and how often two of them share their
people, from five people up; it is made again when a word of the offer changes.
"""

import datetime
import hashlib
from collections.abc import Iterable

from django.core.cache import cache
from django.utils import timezone

from journeys.activities.models import Enrolment
from journeys.suggestions.reading import LEARNT_DAYS, Offered, offer_of
from journeys.suggestions.scoring import Model
from journeys.suggestions.words import stems
from territories.places.models import Territory

FEWEST = 5  # people who came to both: fewer could be recognised
SHRINK = 10  # people who came to both that count for a half
POPULAR = 0.5  # how much a crowd is held back: 0, not at all; 1, entirely
MOST_ROWS = 200_000  # people met last first: a bound in time
KEPT = 60 * 60 * 26  # seconds: one night to the next


def model_of(territory_id: int, offer: list[Offered], today: datetime.date) -> Model:
    """The model of this offer, from the cache or made now."""
    texts = hashlib.sha256(repr([(one.pk, one.theme, one.text) for one in offer]).encode())
    key = f"suggestions:{territory_id}:{today}:{texts.hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = fit(offer, came_to(territory_id, today))
        cache.set(key, found, KEPT)
    return found


def came_to(territory_id: int, today: datetime.date) -> Iterable[tuple[int, int]]:
    """Who came to what: (participant, activity), each pair once."""
    since = timezone.now() - datetime.timedelta(days=LEARNT_DAYS)
    rows = Enrolment.objects.attended().filter(
        territory=territory_id, participant__isnull=False, session__starts_at__gte=since
    )
    pair = ("participant_id", "session__activity_id")
    return rows.order_by("-participant_id", pair[1]).values_list(*pair).distinct()[:MOST_ROWS]


def fit(offer: list[Offered], came: Iterable[tuple[int, int]]) -> Model:
    """Learn from texts and from who came to what.

    Themes that would tell what complicates a life are in neither.
    """
    known = [one for one in offer if one.is_suggestible]
    rarity, weights = _texts(known)
    return Model(
        rarity=rarity,
        weights=weights,
        alike=_alike([one.pk for one in known], came),
        themes={one.pk: one.theme for one in known},
        titles={one.pk: one.title for one in known},
    )


def _texts(offer: list[Offered]) -> tuple[dict[str, float], dict[int, dict[str, float]]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not any(stems(one.text) for one in offer):
        return {}, {}
    vectorizer = TfidfVectorizer(analyzer=stems, sublinear_tf=True)
    table = vectorizer.fit_transform(one.text for one in offer)
    names = vectorizer.get_feature_names_out().tolist()
    rarity = dict(zip(names, vectorizer.idf_.tolist(), strict=True))
    weights = {}
    for rank, one in enumerate(offer):
        row = table[rank]
        weights[one.pk] = {
            names[column]: float(value) for column, value in zip(row.indices, row.data, strict=True)
        }
    return rarity, weights


def _alike(pks: list[int], came: Iterable[tuple[int, int]]) -> dict[int, dict[int, float]]:
    """Of those who came to one, how many came to the other; a crowd counts for less.

    P(other | one), divided by the root of the other's share, shrunk for few people
    (Deshpande and Karypis, 2004, conditional probability with α = 0.5).
    """
    import numpy
    from scipy.sparse import csr_matrix

    columns = {pk: rank for rank, pk in enumerate(pks)}
    pairs = [(who, columns[pk]) for who, pk in came if pk in columns]
    if not pairs:
        return {}
    people = {who: rank for rank, who in enumerate(sorted({who for who, _pk in pairs}))}
    rows, places = [people[who] for who, _pk in pairs], [rank for _who, rank in pairs]
    shape = (len(people), len(pks))
    table = csr_matrix((numpy.ones(len(pairs)), (rows, places)), shape=shape)
    both = (table.T @ table).tocoo()
    sizes = numpy.asarray(table.sum(axis=0)).ravel()
    usual = sizes[sizes > 0].mean()
    found: dict[int, dict[int, float]] = {}
    for one, other, count in zip(both.row, both.col, both.data, strict=True):
        if one != other and count >= FEWEST:
            held = (usual / sizes[other]) ** POPULAR * count / (count + SHRINK)
            value = min(1.0, float(count / sizes[one] * held))
            found.setdefault(pks[one], {})[pks[other]] = value
    return found


def fit_all() -> int:
    """Make tonight the models of the day. Returns how many territories. Safe to run twice."""
    today = timezone.localdate()
    territories = Territory.objects.values_list("pk", flat=True)
    for territory_id in territories:
        model_of(territory_id, offer_of(territory_id), today)
    return len(territories)
