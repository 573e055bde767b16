"""Code lists of the offer; copies of the reference lists, in journeys/data."""

from journeys.participants.lists import DATA
from rtr.lib.codelists import CodeList

THEMES = CodeList(DATA / "themes.csv")
SERVICE_TYPES = CodeList(DATA / "service_types.csv")
