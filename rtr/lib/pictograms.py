"""The drawings of icons: one file of all of them, a small one for the person's pages."""

import re
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from django.conf import settings

ALL, PORTAL = "img/icons.svg", "img/portal-icons.svg"
# On a page for a person the small file is asked for, wherever it has the icon.
on_portal: ContextVar[bool] = ContextVar("on_portal", default=False)


@lru_cache(maxsize=2)
def names_in(sprite: str) -> frozenset[str]:
    source = Path(settings.BASE_DIR, "static", sprite).read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', source))


def sprite_of(name: str) -> str:
    return PORTAL if on_portal.get() and name in names_in(PORTAL) else ALL
