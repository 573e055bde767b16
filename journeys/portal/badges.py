"""« Mes badges »: what one is, how one asks for one, what was asked already."""

from journeys.experiences.models import Reflection
from journeys.portal.portal import own_page, show


@own_page
def badges(request, journey):
    wishes = Reflection.objects.visible_to(request.user).filter(journey=journey)
    wishes = wishes.wishing_a_badge().select_related("experience").defer("experience__draft")
    return show(request, "badges", journey, wishes=wishes.order_by("-badge_asked_on", "-pk"))
