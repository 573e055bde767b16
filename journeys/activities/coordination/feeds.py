"""One's own calendar in one's own agenda: an address to make, to copy once, to revoke."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from journeys.activities.actions.feeds import make_feed, revoke_feeds
from journeys.activities.models import CalendarFeed
from journeys.activities.tabs import part
from rtr.lib.http import post_only
from rtr.lib.told import tell


@never_cache
def calendar_feed(request):
    """GET shows where one stands; POST makes an address, shown this once."""
    link = ""
    if request.method == "POST":
        _feed, token = make_feed(by=request.user)
        link = settings.SITE_URL + reverse("calendar", args=[token])
    feed = CalendarFeed.objects.visible_to(request.user).standing().first()
    context = {
        "feed": feed,
        "link": link,
        "sees_all": request.user.may("activities.write_all"),
    }
    return part(request, "journeys/activities/feed.html", context)


@post_only
def calendar_feed_revoke(request):
    revoke_feeds(by=request.user)
    tell(request, _("Cette adresse ne marche plus."))
    return redirect("calendar_feed")
