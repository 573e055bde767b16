"""« Immersions et AFEST » of a team: what begins, what ends, what lacks a signature."""

from django.utils import timezone

from journeys.activities.tabs import part
from journeys.frames.reading import team_lists


def frames_team(request):
    lists = team_lists(request.user, request.place_ids, timezone.localdate())
    context = lists | {"is_empty": not any(lists.values())}
    return part(request, "journeys/frames/team.html", context)
