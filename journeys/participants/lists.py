"""Code lists about people; copies of the reference lists, in journeys/data."""

from pathlib import Path

from rtr.lib.codelists import CodeList

DATA = Path(__file__).resolve().parent.parent / "data"

CHANNELS = CodeList(DATA / "referral_channels.csv")
PRESCRIBERS = CodeList(CHANNELS.path, lambda row: row["prescriber"] == "yes")
# Where the team goes to meet people, without opening any file.
ON_SITE = {"presence", "mobile", "evenement", "structure_quartier"}
PRESENCES = CodeList(CHANNELS.path, lambda row: row["code"] in ON_SITE)
PUBLICS = CodeList(DATA / "publics.csv")
# The person ticks these; the others follow from the answers (`derived_from`).
ASKED_PUBLICS = CodeList(PUBLICS.path, lambda row: not row["derived_from"])
BARRIERS = CodeList(DATA / "barriers.csv")
NO_ANSWER = "nsp"


def entry_list(name: str) -> CodeList:
    """One of the entry questions; « ne souhaite pas répondre » is always an answer."""
    return CodeList(DATA / "entry_situation.csv", lambda row: row["list"] in (name, "any"))


EMPLOYMENT = entry_list("employment")
DIPLOMA = entry_list("diploma")
RESOURCES = entry_list("resources")
HOUSING = entry_list("housing")
GENDER = entry_list("gender")
NATIONALITY = entry_list("nationality")
DIGITAL_LEVEL = entry_list("digital_level")
