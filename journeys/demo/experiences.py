"""What people lived and say of it: from their attendances, and from elsewhere."""

import datetime
import io
import math
import tomllib
import wave
from functools import cache

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from journeys.demo.chance import Chance, Weights, days
from journeys.demo.ground import DATA, Ground
from journeys.demo.pages import INK, PAPER
from journeys.documents.audio import rewritten
from journeys.experiences.actions.living import live_attended, live_immersions
from journeys.experiences.enums import Reader, Teller
from journeys.experiences.models import Experience, Reflection
from journeys.pathway.enums import TeamRole
from journeys.pathway.models import Journey, TeamMember

WORDS = tomllib.loads((DATA / "experiences.toml").read_text(encoding="utf-8"))
READERS = Weights({Reader.REFERENTS: 60, Reader.TEAM: 28, Reader.ME: 12})
TOLD, ELSEWHERE, DISCUSSED, WISHES = 0.45, 0.15, 0.75, 0.14
VOICE, PHOTO = 0.16, 0.1
LATEST = 21  # days within which something is still to be talked about
RATE, SECONDS, NOTES = 8000, 6, (220, 262, 330, 294)


def write_experiences(grounds: list[Ground], chance: Chance, today: datetime.date) -> None:
    """After activities, immersions and teams are written."""
    live_attended()
    live_immersions()
    for ground in grounds:
        _Saying(ground, chance, today).write()


class _Saying:
    def __init__(self, ground: Ground, chance: Chance, today: datetime.date):
        self.ground, self.chance, self.today = ground, chance, today
        self.voice, self.photo = _file(ground, 21, hum), _file(ground, 22, picture)
        self.writers = _writers(ground)

    def write(self) -> None:
        self._elsewhere()
        rows = Experience.objects.filter(journey__territory=self.ground.territory)
        found = rows.order_by("pk").values_list(
            "pk", "journey_id", "from_on", "until_on", "journey__participant__user"
        )
        told = [
            self._told(pk, journey, until or since, user)
            for pk, journey, since, until, user in found
            if journey in self.writers and self.chance.happens(TOLD)
        ]
        Reflection.objects.bulk_create(told, batch_size=1000)

    def _elsewhere(self) -> None:
        journeys = Journey.objects.filter(territory=self.ground.territory).contracted()
        Experience.objects.bulk_create(
            Experience(
                **self.ground.of,
                journey_id=pk,
                is_elsewhere=True,
                from_on=days(first, -self.chance.randint(30, 900)),
                **self.chance.choice(WORDS["elsewhere"]),
            )
            for pk, first in journeys.order_by("pk").values_list("pk", "first_contact_on")
            if self.chance.happens(ELSEWHERE)
        )

    def _told(self, experience: int, journey: int, on: datetime.date, user: int | None):
        chance, writer = self.chance, self.writers[journey]
        by_person = user is not None and chance.happens(0.7)
        told_on = min(days(on, chance.randint(1, 12)), self.today)
        reader = chance.weighted(READERS)
        if reader == Reader.ME and not by_person:
            reader = Reader.REFERENTS
        told = Reflection(
            **self.ground.of,
            journey_id=journey,
            experience_id=experience,
            teller=Teller.PERSON if by_person else Teller.REFERENT,
            written_by_id=user if by_person else writer,
            told_on=told_on,
            reader=reader,
            **chance.choice(WORDS["told"]),
        )
        self._files(told)
        self._talk(told, writer)
        return told

    def _files(self, told: Reflection) -> None:
        if self.chance.happens(VOICE):
            told.voice, told.voice_seconds = self.voice, SECONDS
            told.did = told.liked = ""
        if self.chance.happens(PHOTO):
            told.photo = self.photo

    def _talk(self, told: Reflection, writer: int) -> None:
        talked_on = days(told.told_on, self.chance.randint(1, 20))
        if told.reader == Reader.ME:
            return
        long_ago = told.told_on < days(self.today, -LATEST)
        if talked_on <= self.today and (long_ago or self.chance.happens(DISCUSSED)):
            told.discussed_on, told.discussed_with_id = talked_on, writer
            told.next_step = self.chance.choice(WORDS["next"]["steps"])
        if not long_ago and self.chance.happens(WISHES):
            told.badge_asked_on = told.told_on


def _writers(ground: Ground) -> dict[int, int]:
    """Who follows each journey today: a referent, or the coordinator."""
    team = TeamMember.objects.filter(journey__territory=ground.territory).standing().referring()
    rows = team.order_by("pk").values_list("journey_id", "user_id", "role")
    found: dict[int, int] = {}
    for journey, user, role in rows:
        if role == TeamRole.REFERENT or journey not in found:
            found[journey] = user
    return found


def _file(ground: Ground, number: int, written) -> str:
    """The name of a file that a whole territory shares."""
    name = f"documents/{ground.territory.pk}/{number:032x}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(written()))
    return name


@cache
def hum() -> bytes:
    """Four notes hummed by nobody."""
    samples = (
        int(6000 * math.sin(2 * math.pi * NOTES[n * 4 // (RATE * SECONDS)] * n / RATE))
        for n in range(RATE * SECONDS)
    )
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(b"".join(each.to_bytes(2, "little", signed=True) for each in samples))
    return rewritten(held.getvalue(), SECONDS)[0]


@cache
def picture() -> bytes:
    """A plate on a table."""
    image = Image.new("RGB", (480, 320), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 200, 480, 320), outline=INK, width=4)
    draw.ellipse((150, 150, 330, 250), outline=INK, width=4)
    draw.ellipse((190, 172, 290, 228), outline=INK, width=3)
    held = io.BytesIO()
    image.save(held, "JPEG", quality=75, optimize=True)
    return held.getvalue()
