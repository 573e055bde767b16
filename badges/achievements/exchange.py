"""A catalogue that travels: badge models as JSON under a free licence, and back.

A file is read whole or refused, each fault with its line and its field. Nothing in it names who
wrote the models or for which programme.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from badges.achievements import actions, alignments, images
from badges.achievements.drawing import draw
from badges.achievements.enums import Audience, Category, Level
from badges.achievements.models import Achievement, AchievementVersion
from badges.proofs.documents import clean
from badges.proofs.errors import ProofError
from rtr.lib.tables import Faulty
from territories.organisations.models import Organisation
from territories.programmes.models import Programme

FORMAT = "catalogue-de-badges/1"
LICENCE = {
    "name": "Creative Commons Attribution – Partage dans les mêmes conditions 4.0 (CC BY-SA 4.0)",
    "url": "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
}
MOST_BYTES, MOST_BADGES = 2 * 1024 * 1024, 500
WORDS = {  # field: (its name in French, most characters, whether it may be empty)
    "name": ("nom", 120, False),
    "description": ("description", 2000, False),
    "criteria": ("critères", 4000, False),
    "field": ("domaine", 60, False),
}
CHOICES = {
    "category": ("catégorie", Category, False),
    "level": ("niveau", Level, True),
    "audience": ("champ", Audience, True),
}
DESIGN = ("shape", "colour", "pictogram", "title", "level")


# -- Out -------------------------------------------------------------------------------------------


def last_versions(rows) -> list[AchievementVersion]:
    """Of these badges, what is awarded today, in the order of the catalogue."""
    versions = AchievementVersion.objects.published().filter(achievement__in=rows)
    versions = versions.order_by("achievement_id", "-number").distinct("achievement_id")
    versions = versions.select_related("achievement").prefetch_related("alignments")
    found = versions.defer("templates")
    return sorted(found, key=lambda v: (v.achievement.field, v.name, v.pk))


def exported(versions: Iterable[AchievementVersion]) -> dict:
    """A catalogue. Parameters: `versions`, with their achievement and alignments at hand."""
    return {
        "format": FORMAT,
        "licence": LICENCE,
        "achievements": [_exported(version) for version in versions],
    }


def _exported(version: AchievementVersion) -> dict:
    of = version.achievement
    return {
        "code": of.code,
        **{name: getattr(version, name) for name in actions.FROZEN},
        "field": of.field,
        "audience": of.audience,
        **({"design": version.design} if version.design else {"image": version.image_svg}),
        "alignments": [
            {"framework": a.framework, "code": a.code, "name": a.name, "url": a.url}
            for a in version.alignments.all()
        ],
    }


def written(catalogue: dict) -> str:
    return json.dumps(catalogue, ensure_ascii=False, indent=2) + "\n"


# -- In --------------------------------------------------------------------------------------------


def read(data: bytes) -> list[dict]:
    """The badge models of a file, checked, ready to be written.

    Raises Faulty with every fault: its line, and which field of which badge it is about.
    """
    if len(data) > MOST_BYTES:
        raise Faulty([(0, _("Le fichier dépasse 2 Mo."))])
    try:
        text = data.decode("utf-8-sig")
        catalogue = json.loads(text)
    except UnicodeDecodeError:
        raise Faulty([(0, _("Le fichier n’est pas en UTF-8."))]) from None
    except json.JSONDecodeError as error:
        raise Faulty([(error.lineno, _("Le fichier n’est plus du JSON à partir d’ici."))]) from None
    except (ValueError, RecursionError):
        raise Faulty([(0, _("Le fichier n’est pas un catalogue de badges."))]) from None
    return _checked(_entries(catalogue), _lines(text))


def _entries(catalogue: object) -> list:
    if not isinstance(catalogue, dict) or catalogue.get("format") != FORMAT:
        said = _("Le fichier n’est pas un catalogue de badges (« format » : « %s »).") % FORMAT
        raise Faulty([(0, said)])
    licence = catalogue.get("licence")
    if not isinstance(licence, dict) or "creativecommons.org/" not in str(licence.get("url", "")):
        raise Faulty([(0, _("Le fichier ne dit pas sa licence Creative Commons."))])
    entries = catalogue.get("achievements")
    if not isinstance(entries, list) or not entries:
        raise Faulty([(0, _("Le catalogue est vide."))])
    if len(entries) > MOST_BADGES:
        raise Faulty([(0, _("Le catalogue dépasse 500 badges : coupez-le en plusieurs."))])
    return entries


def _lines(text: str) -> list[int]:
    """The line on which each badge starts."""
    start = re.search(r'"achievements"\s*:\s*\[\s*', text)
    if start is None:  # its name is written with escapes
        return []
    lines, at, decoder = [], start.end(), json.JSONDecoder()
    while at < len(text) and text[at] != "]":
        lines.append(text.count("\n", 0, at) + 1)
        try:
            _value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError:  # the name came first inside another text
            break
        at = re.compile(r"[\s,]*").match(text, at).end()
    return lines


def _checked(entries: list, lines: list[int]) -> list[dict]:
    rows, faults, seen = [], [], {}
    for number, entry in enumerate(entries):
        line = lines[number] if number < len(lines) else 0
        called = str(entry.get("name", ""))[:60] if isinstance(entry, dict) else ""
        row, wrong = _row(entry)
        code = row.get("code")
        if code in seen:
            wrong.append(_("code : déjà pris par un autre badge du fichier"))
        seen[code] = line
        who = _("badge « %s »") % called if called else _("badge n° %s") % (number + 1)
        faults += [(line, f"{who}, {said}") for said in wrong]
        rows.append(row)
    if faults:
        raise Faulty(faults)
    return rows


def _row(entry: object) -> tuple[dict, list[str]]:
    """A badge as it will be written, and what is wrong with it."""
    if not isinstance(entry, dict):
        return {}, [_("ce n’est pas un badge")]
    row, wrong = {}, []
    for check in (_code, _words, _choices, _rest, _image, _alignments):
        try:
            row |= check(entry)
        except ValidationError as error:
            wrong += error.messages
    return row, wrong


def _code(entry: dict) -> dict:
    code = entry.get("code")
    if not isinstance(code, str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,49}", code):
        raise ValidationError(_("code : des minuscules, des chiffres et des tirets, 50 au plus"))
    return {"code": code}


def _words(entry: dict) -> dict:
    found, wrong = {}, []
    for field, (said, most, may_lack) in WORDS.items():
        value = entry.get(field, "")
        try:
            found[field] = clean(value, most) if isinstance(value, str) else ""
        except ProofError:
            words = {"field": said, "most": most}
            wrong.append(_("%(field)s : %(most)s caractères au plus") % words)
            continue
        if not found[field] and not may_lack:
            wrong.append(_("%s : manque") % said)
    if wrong:
        raise ValidationError(wrong)
    return found


def _choices(entry: dict) -> dict:
    found, wrong = {}, []
    for field, (said, choices, may_lack) in CHOICES.items():
        value = entry.get(field, "")
        if value in choices.values or (may_lack and value == ""):
            found[field] = value
        else:
            known = ", ".join(one for one in choices.values if one)
            wrong.append(_("%(field)s : l’un de %(known)s") % {"field": said, "known": known})
    if wrong:
        raise ValidationError(wrong)
    return found


def _rest(entry: dict) -> dict:
    tags, language = entry.get("tags", []), entry.get("language", "fr")
    months = entry.get("validity_months")
    wrong = []
    known = isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)
    kept = [clean(tag[:60], 180) for tag in tags] if known else [""]
    if not all(0 < len(tag) <= 40 for tag in kept):
        wrong.append(_("mots-clés : une liste de mots de 40 caractères au plus"))
    if not isinstance(language, str) or not re.fullmatch(r"[a-z]{2}(-[A-Za-z]{2,4})?", language):
        wrong.append(_("langue : un code comme fr ou uk"))
    if months is not None and (type(months) is not int or not 1 <= months <= 240):
        wrong.append(_("durée : un nombre de mois, de 1 à 240, ou rien"))
    if wrong:
        raise ValidationError(wrong)
    return {"tags": kept, "language": language, "validity_months": months}


def _image(entry: dict) -> dict:
    design, image = entry.get("design"), entry.get("image", "")
    if design:
        try:
            kept = {name: design[name] for name in DESIGN if name in design}
            kept["title"] = clean(kept.get("title", ""))
            draw(kept)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise ValidationError(
                _("dessin : une forme, une couleur ou un pictogramme n’existe pas")
            ) from None
        return {"design": kept}
    if not isinstance(image, str) or not image:
        raise ValidationError(_("image : manque"))
    try:
        return {"image": images.from_file(image.encode())}
    except ValidationError as error:
        raise ValidationError(_("image : %s") % " ".join(error.messages)) from None


def _alignments(entry: dict) -> dict:
    rows, wrong = entry.get("alignments", []), []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValidationError(_("correspondances : une liste"))
    kept = {}
    for row in rows[:20]:
        said = [str(row.get(name, "")) for name in ("framework", "code", "name", "url")]
        try:
            one = alignments.checked(*said)
            kept[one["framework"], one["code"]] = one
        except ValidationError as error:
            wrong.append(
                _("correspondance %(code)s : %(why)s")
                % {"code": said[1][:20], "why": " ".join(error.messages)}
            )
    if wrong:
        raise ValidationError(wrong)
    return {"alignments": list(kept.values())}


# -- What it changes -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """How a catalogue is taken in. `update`: badges that are there get a draft; `publish`: now."""

    organisation: Organisation
    update: bool = False
    publish: bool = False


def news(programme: Programme, rows: list[dict]) -> Counter:
    """How many badges are `new`, `same` (already there, word for word), `other` (changed here)."""
    there = {one.code: one for one in programme.achievements.prefetch_related("versions")}
    return Counter(_news_of(there.get(row["code"]), row) for row in rows)


def _news_of(found: Achievement | None, row: dict) -> str:
    if found is None:
        return "new"
    return "same" if all(getattr(found, name) == row[name] for name in actions.WORDS) else "other"


@transaction.atomic
def take_in(*, programme: Programme, rows: list[dict], way: Way, by) -> Counter:
    """Write the badges that are new, and drafts of the others if asked; all of them or none.

    Returns: how many were `new` and `updated`. Raises ValidationError.
    """
    there = {one.code: one for one in programme.achievements.all()}
    done = Counter()
    for row in rows:
        found = there.get(row["code"])
        if found and (not way.update or _news_of(found, row) == "same"):
            continue
        words = {name: row[name] for name in actions.FROZEN}
        if found:
            actions.write(achievement=found, by=by, words=words)
        else:
            filed = {name: row[name] for name in ("field", "audience")}
            filed["organisation"] = way.organisation
            found = actions.create(
                programme=programme, by=by, words=words, filed=filed, code=row["code"]
            )
        actions.align(achievement=found, by=by, rows=row["alignments"])
        actions.illustrate(
            achievement=found, by=by, design=row.get("design"), svg=row.get("image", "")
        )
        if way.publish:
            actions.publish(achievement=found, by=by)
        done["updated" if row["code"] in there else "new"] += 1
    return done
