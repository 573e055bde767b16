"""Anybody's pages: what happens in a territory, its photographs, and calendars by private address.

A neighbourhood's activities and no more: no word says whose programme it is nor for whom, and no
table about people is read.
"""

import hashlib

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from journeys.activities import listing
from journeys.activities.actions.feeds import open_feed
from journeys.activities.calendars import others_of, sessions_of, written
from journeys.activities.filters import CatalogueFilters
from journeys.activities.lists import THEMES
from journeys.activities.models import Activity
from journeys.messages.enums import Language
from rtr import scope
from territories.places.lists import ACCESSIBILITY
from territories.places.models import Territory

MINUTES = 60
A_YEAR = 365 * 24 * 60 * MINUTES
SHOWN = 12  # next sessions on an activity's page


def _territory(programme_slug: str, territory_slug: str) -> Territory:
    rows = Territory.objects.select_related("programme")
    return get_object_or_404(rows, programme__slug=programme_slug, slug=territory_slug)


def _offered(territory: Territory):
    """In the catalogue, and for everybody."""
    return Activity.objects.published().filter(territory=territory, is_open=True)


def _page(request, template: str, context: dict) -> HttpResponse:
    """The same for everybody who is not signed in: kept five minutes by whoever is on the way."""
    response = render(request, f"journeys/activities/{template}.html", context)
    if not request.user.is_authenticated:
        patch_cache_control(response, public=True, max_age=5 * MINUTES)
    return response


@require_safe
def catalogue(request, programme_slug, territory_slug):
    found = _territory(programme_slug, territory_slug)
    request.place_ids = {found.pk}
    filters = CatalogueFilters(request.GET, _offered(found), request=request, territory=found)
    activities = listing.by_next(list(listing.with_next(filters.qs)))
    sessions = listing.next_sessions(activities)
    cards = [
        {"activity": one, "sessions": [listing.said(each) for each in sessions.get(one.pk, [])]}
        for one in activities
    ]
    context = {
        "territory": found,
        "cards": cards,
        "filters": filters,
        "chips": filters.chips(),
        "clear_url": "?",
        "action": reverse("catalogue", args=[programme_slug, territory_slug]),
        "printed_on": timezone.localdate(),
    }
    return _page(request, "catalogue", context)


@require_safe
def catalogue_activity(request, programme_slug, territory_slug, offered):
    territory = _territory(programme_slug, territory_slug)
    rows = _offered(territory).select_related("organisation", "place__commune")
    found = get_object_or_404(rows, pk=offered)
    coming = found.sessions.filter(starts_at__gt=timezone.now()).select_related("place")
    context = {
        "territory": territory,
        "activity": found,
        "sessions": [listing.said(one) for one in coming.order_by("starts_at", "pk")[:SHOWN]],
        "spoken": [label for code, label in Language.choices if code in found.languages],
        "theme": THEMES.label(found.theme),
        "easy": [code for code in ACCESSIBILITY if code.code in found.accessibility],
        "back": reverse("catalogue", args=[programme_slug, territory_slug]),
    }
    return _page(request, "catalogue_activity", context)


@require_safe
def activity_photo(request, offered, slug):
    """A photograph, under a name that changes with it: it may be kept for ever."""
    found = get_object_or_404(Activity.objects.exclude(photo=""), pk=offered)
    if found.photo.name.rsplit("/", 1)[-1] != slug:
        raise Http404
    try:
        file = default_storage.open(found.photo.name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/jpeg", filename=f"activite-{offered}.jpg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response


@require_safe
def calendar(request, token):
    """The calendar of whoever holds the address, until it is revoked (404)."""
    feed = open_feed(token=token)
    if feed is None:
        raise Http404
    with scope.over(feed.user.territory_ids):
        body = written(sessions_of(feed.user), others_of(feed.user))
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response
