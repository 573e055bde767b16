"""The first page: the one thing that comes next and its three answers; then where one stands."""

from journeys.pathway.enums import Phase
from journeys.pathway.story import story_of
from journeys.portal.activities import came
from journeys.portal.coming import coming_of
from journeys.portal.ideas import kept_idea
from journeys.portal.portal import own_page, show


@own_page
def home(request, journey):
    story = story_of(journey)
    thing, *others = coming_of(journey, story, came(request, journey))
    current = story.phase.code
    return show(
        request,
        "home",
        journey,
        thing=thing,
        others=others,
        idea=kept_idea(request, journey),
        phases=[
            {"code": phase.value, "current": phase == current, "ahead": not story.since(phase)}
            for phase in Phase
        ],
    )
