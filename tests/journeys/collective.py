"""A group on its path, for tests."""

import datetime

from django.utils import timezone

from journeys.activities.models import Activity
from journeys.collective.actions.groups import join
from journeys.collective.actions.making import add_authors, choose, keep_production
from journeys.collective.actions.paths import half_days, open_action
from journeys.collective.models import CollectiveAction, GroupMember
from journeys.collective.productions import Production, ProductionAuthor
from journeys.models import Session

MORNING = (datetime.time(9), datetime.time(12, 30))


def opened(territory, organisation, leader, *, co_leader=None, in_days=7, **fields):
    """Twelve Tuesdays and Thursdays, ten places: `opened(caen, le_wip, animator)`."""
    first = timezone.localdate() + datetime.timedelta(days=in_days)
    values = {"title": "Les mains du quartier", "places": 10} | fields
    return open_action(
        activity=Activity(territory=territory, organisation=organisation, **values),
        question="Qui répare quoi dans notre quartier ?",
        days=half_days(first, [1, 3], 12),
        hours=MORNING,
        leader=leader,
        co_leader=co_leader,
        by=leader,
    )


def passed(action: CollectiveAction) -> CollectiveAction:
    """As if all of it had taken place."""
    days = datetime.timedelta(days=200)
    for session in Session.objects.filter(step__action=action):
        session.starts_at, session.ends_at = session.starts_at - days, session.ends_at - days
        session.save()
    action.from_on, action.until_on = action.from_on - days, action.until_on - days
    action.save()
    return action


def inside(action: CollectiveAction, who, by) -> GroupMember:
    """A participant, or a nickname."""
    named = {"nickname": who} if isinstance(who, str) else {"participant": who}
    return join(action=action, by=by, **named)


def made(action: CollectiveAction, by, *members: GroupMember, **fields) -> Production:
    values = {"kind": "article", "title": "Trois ateliers", "text": "Nous y sommes allés."}
    production = keep_production(production=Production(action=action, **values | fields), by=by)
    add_authors(production=production, members=list(members), by=by)
    return production


def chosen(production: Production, member, by, visibility: int, *, named=False):
    author = ProductionAuthor.objects.get(production=production, member=member.pk)
    return choose(author=author, by=by, visibility=visibility, shows_nickname=named)
