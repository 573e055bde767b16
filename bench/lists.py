"""The participants' list: a whole request, against 50 rows by key and the same template."""

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from bench.measuring import Measure
from journeys.coordination import participants, people
from journeys.pathway.models import Journey
from rtr import scope
from rtr.lib.keyset import Keyset, Place
from territories.accounts.models import User

GOAL = 3.0


def measures(user: User) -> list[Measure]:
    """Pages of the list without filter, then narrowed, then searched."""
    middle, deep = (_token(user, people.BY_NAME, part) for part in (0.5, 0.98))
    seen_long_ago = _token(user, people.BY_CONTACT, 0.5)
    pages = {
        "liste, première page": {},
        "liste, page du milieu": {"after": middle},
        "liste, page profonde": {"after": deep},
        "liste, moins vus d’abord, milieu": {"sort": "contact", "after": seen_long_ago},
        "liste, en pause": {"status": "paused"},
        "liste, en insertion": {"phase": "insertion"},
        "liste, sans référent": {"no_referent": "on"},
        "recherche, un surnom": {"q": "zazou"},
        "recherche, un nom répandu": {"q": "martin"},
        "recherche, un téléphone": {"q": "4821"},
        "recherche, deux mots": {"q": "zazou martin"},
        "recherche, deux mots répandus": {"q": "camille diallo"},
    }
    return [Measure(name, _page(user, query), _limit(user), GOAL) for name, query in pages.items()]


def _page(user: User, query: dict[str, str]) -> Callable[[], object]:
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    with scope.everything("bench"):
        client.force_login(user)

    def page():
        answer = client.get(reverse("participants"), query, secure=settings.SECURE)
        assert answer.status_code == 200
        return answer.content

    return page


def _limit(user: User) -> Callable[[], object]:
    """50 rows by their key, then the template on rows already dressed."""
    request = RequestFactory().get(reverse("participants"))
    request.user, request.place_ids, request.session = user, user.territory_ids, {}
    request.htmx = False
    with scope.over(user.territory_ids):
        context = participants.context_of(request)
        pks = [row.it.journey_id for group in context["groups"] for row in group.rows]

    def limit():
        with scope.over(user.territory_ids):
            rows = Journey.objects.filter(pk__in=pks).select_related("participant")
            assert len(rows) == people.PAGE
            name = "journeys/coordination/participants.html"
            return render_to_string(name, context, request)

    return limit


def _token(user: User, order: Keyset, part: float) -> str:
    """The token of the row at this part of the list."""
    with scope.over(user.territory_ids):
        rows = people.journeys_of(user, user.territory_ids)
        rows = rows.order_by(order.group, order.key, order.pk)
        rows = rows.values_list(order.group, order.key, order.pk)
        return order.token(Place(*rows[int(rows.count() * part)]))
