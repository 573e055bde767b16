"""Codes of public lists: what each looks like, where it is read, how it is called."""

import re
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.achievements.enums import Framework
from badges.proofs.documents import clean, is_address

LISTS = Path(__file__).resolve().parent.parent / "data" / "alignments.toml"
# Where a code is read by anybody; ESCO gives each of its concepts an address of its own.
PAGES = {
    Framework.ROME: "https://candidat.francetravail.fr/metierscope/fiche-metier/{}",
    Framework.DIGCOMP: "https://publications.jrc.ec.europa.eu/repository/handle/JRC128415",
    Framework.RECTEC: "https://rectec.ac-versailles.fr/",
    Framework.ESCO: "http://data.europa.eu/esco/skill/{}",
}
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
FORMS = {
    Framework.ROME: (
        r"[A-N]\d{4}",
        gettext_lazy("Un code ROME est une lettre de A à N et quatre chiffres, comme M1601."),
    ),
    Framework.DIGCOMP: (
        r"[1-5]\.[1-6]",
        gettext_lazy("Un code DigComp est fait de deux chiffres, comme 2.4."),
    ),
    Framework.RECTEC: (
        r"[a-z-]+",
        gettext_lazy("Un code Rectec est le nom de la compétence, comme travailler-en-equipe."),
    ),
    Framework.ESCO: (
        _UUID,
        gettext_lazy("Un code ESCO est la fin de l’adresse de la compétence : 36 signes."),
    ),
}
CLOSED = (Framework.DIGCOMP, Framework.RECTEC)  # we hold all of their codes


@cache
def known() -> dict[str, dict[str, str]]:
    """Framework → code → name, of the codes that we know by heart."""
    return tomllib.loads(LISTS.read_text(encoding="utf-8"))


def checked(framework: str, code: str, name: str = "", url: str = "") -> dict[str, str]:
    """An alignment ready to be kept.

    Parameters: `name`, `url`, may be left out where we know them.
    Returns: `framework`, `code`, `name`, `url`.
    Raises ValidationError by field, in words that say what is expected.
    Source: Open Badges 3.0, class Alignment (`targetName` and `targetUrl` are required).
    """
    if framework not in FORMS:
        said = ", ".join(str(label) for label in Framework.labels)
        raise ValidationError({"framework": _("Choisissez un référentiel : %s.") % said})
    code, faults = _code_of(framework, code), {}
    pattern, words = FORMS[framework]
    if not re.fullmatch(pattern, code):
        faults["code"] = str(words)
    elif framework in CLOSED and code not in known()[framework]:
        label = Framework(framework).label
        faults["code"] = _("%(list)s n’a pas de code %(code)s.") % {"list": label, "code": code}
    name = clean(name[:600]) or known().get(framework, {}).get(code, "")
    url = url.strip() or PAGES[framework].format(code)
    if not name and "code" not in faults:
        faults["name"] = _("Écrivez l’intitulé, comme dans le référentiel.")
    if not _is_address(url):
        faults["url"] = _("Écrivez une adresse complète, qui commence par https://.")
    if faults:
        raise ValidationError(faults)
    return {"framework": framework, "code": code, "name": name[:200], "url": url}


def _code_of(framework: str, code: str) -> str:
    """What a person typed, as the list writes it."""
    code = code.strip()
    if framework == Framework.ROME:
        return code.upper().replace(" ", "")
    if framework == Framework.ESCO:
        return code.rstrip("/").rpartition("/")[2].lower()
    return code.lower()


def _is_address(url: str) -> bool:
    plain = url.isprintable() and not re.search(r"[\s<>\"\\]", url) and len(url) <= 300
    return plain and is_address(url) and "." in (urlsplit(url).hostname or "")
