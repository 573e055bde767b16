"""What the managers of the demonstration set: public pages, context, settings changed lately."""

import csv
import datetime
from collections.abc import Iterable

from django.utils import timezone

from journeys.demo.ground import DATA, FICTION, Ground
from rtr.lib.french import phone
from territories.models import ContextFigure, Programme, SettingChange, Territory, User

SOURCE = "données d’exemple, ordre de grandeur public"
WELCOME = "Passez quand vous voulez : un café, une activité, et l’on fait connaissance."
# Days ago, setting, what it was before what the files say
CHANGES = [(210, "entry_questions_days", 15), (64, "objectives_at_signature", 2)]


def write_programme(grounds: list[Ground], manager: User) -> None:
    """Public orders of magnitude, rounded; said to be examples wherever they are read."""
    by_slug = {ground.territory.slug: ground for ground in grounds}
    with (DATA / "context.csv").open(encoding="utf-8", newline="") as file:
        ContextFigure.objects.bulk_create(
            ContextFigure(
                territory=by_slug[row["territory"]].territory,
                indicator=row["indicator"],
                year=row["year"],
                value=row["value"],
                source=SOURCE,
                added_by=manager,
            )
            for row in csv.DictReader(file)
        )
    for ground in grounds:
        territory = ground.territory
        territory.phone = phone(f"{FICTION[territory.slug]}0100")
        territory.email = f"{territory.slug}@demo.example"
        territory.welcome = WELCOME
    territories = [ground.territory for ground in grounds]
    Territory.objects.bulk_update(territories, ["phone", "email", "welcome"])
    programmes = {ground.programme.pk: ground.programme for ground in grounds}
    _write_periods(programmes.values())
    SettingChange.objects.bulk_create(
        SettingChange(
            programme=programme,
            by=manager,
            at=timezone.now() - datetime.timedelta(days=days),
            before={setting: before},
            after={setting: getattr(programme, setting)},
        )
        for programme in programmes.values()
        for days, setting, before in CHANGES
    )


def _write_periods(programmes: Iterable[Programme]) -> None:
    """The documents give no end: one is chosen, so that time and pace can be read; a wave that
    aims at nobody yet is to come."""
    year = timezone.localdate().year + 1
    for programme in programmes:
        for period in programme.periods.prefetch_related("targets"):
            if period.targets.all():
                period.ends_on = datetime.date(year, 12, 31)
            else:
                period.starts_on = datetime.date(year + 1, 1, 1)
            period.save()
