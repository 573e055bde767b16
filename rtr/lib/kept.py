"""Nothing typed is lost when the session ends in the middle of a form.

What was posted waits in the (anonymous) session while the person signs in again; the form's page
then shows it, for that person only, once, and during half an hour. A small file waits as well,
sealed: a voice recorded in the page is nowhere else.
"""

import base64
import time

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from rtr.lib.sealed import seal, unseal

KEY, WHO, SECONDS = "kept", "rtr_who", 30 * 60
# A phone that may be somebody else's remembers an opaque number no longer than words are kept:
# the ten minutes of the session, and those thirty.
SHARED_SECONDS = 40 * 60
# Files of a form whose words were given back, and how much of them is kept: three minutes of voice.
HELD, MOST_BYTES = "kept_files", 1_500_000


def remember_who(request, response, *, seconds: int | None = None) -> None:
    """A signed cookie outlives the session and says whose words those were.

    Parameters: `seconds`, counted again from each page; until the browser closes, if None.
    """
    who = str(request.user.uuid)
    if seconds or who_was(request) != who:
        response.set_signed_cookie(
            WHO,
            who,
            salt=WHO,
            max_age=seconds,
            httponly=True,
            secure=request.is_secure(),
            samesite="Lax",
        )


def who_was(request: HttpRequest) -> str:
    return request.get_signed_cookie(WHO, default="", salt=WHO)


def forget_who(response) -> None:
    response.delete_cookie(WHO, samesite="Lax")


def keep(request: HttpRequest, *, path: str = "", who: str = "") -> None:
    """Parameters: `path`, of the page where it was written, if not this one; `who`, if known."""
    who = who or who_was(request)
    if request.method == "POST" and who:
        typed = request.POST.copy()
        typed.pop("csrfmiddlewaretoken", None)
        typed.pop("rtr_path", None)
        held = _sealed(request)
        request.session[KEY] = {
            "path": path or request.path,
            "typed": typed.urlencode(),
            "held": held,
            "files": len(held) < len(request.FILES),  # some are to be chosen again
            "who": who,
            "at": time.time(),
        }


def _sealed(request: HttpRequest) -> dict[str, list[str]]:
    """By field, its name, its kind and its bytes; what weighs too much is left out."""
    found, left = {}, MOST_BYTES
    for field, file in request.FILES.items():
        if file.size <= left:
            left -= file.size
            content = seal(base64.b64encode(file.read()).decode("ascii"))
            found[field] = [file.name, file.content_type, content]
    return found


def _is_theirs(request: HttpRequest, found: dict) -> bool:
    return found["who"] == str(request.user.uuid) and time.time() - found["at"] <= SECONDS


def waits_at(request: HttpRequest) -> str:
    """The page where this person's words wait; nothing if none do. Another's go."""
    found = request.session.get(KEY)
    if found and not _is_theirs(request, found):
        del request.session[KEY]
        return ""
    return found["path"] if found else ""


def typed(request: HttpRequest) -> QueryDict | None:
    """What this person was writing on this page when the session ended; given once."""
    found = request.session.get(KEY)
    if not found or found["path"] != request.path:
        return None
    del request.session[KEY]
    if not _is_theirs(request, found):
        return None
    text = _("Nous avons gardé ce que vous écriviez. Relisez, puis enregistrez.")
    if found.get("held"):
        request.session[HELD] = found
        text += " " + _("Votre fichier est gardé aussi.")
    if found["files"]:
        text += " " + _("Le fichier est à choisir de nouveau.")
    messages.info(request, text)
    return QueryDict(found["typed"])


def bound(form_class, request: HttpRequest, **options):
    """The page's form: with what was posted, with what was kept, or empty.

    A kept form shows its words without checking them; `is_valid` is asked on POST only.
    """
    if request.method == "POST":
        held = _held(request)
        for field in held.keys() - request.FILES.keys():
            request.FILES[field] = held[field]
        form = form_class(request.POST, request.FILES, **options)
        if held and form.is_valid():
            del request.session[HELD]
        return form
    if (words := typed(request)) is not None:
        return form_class(words, **options)
    if _held(request):  # the page was left, then opened afresh
        del request.session[HELD]
    return form_class(**options)


def _held(request: HttpRequest) -> dict[str, SimpleUploadedFile]:
    """The files that wait for this page to be sent."""
    found = request.session.get(HELD)
    if not found or found["path"] != request.path or not _is_theirs(request, found):
        return {}
    return {
        field: SimpleUploadedFile(name, base64.b64decode(unseal(content)), kind)
        for field, (name, kind, content) in found["held"].items()
    }
