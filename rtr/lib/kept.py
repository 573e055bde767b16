"""Nothing typed is lost when the session ends in the middle of a form.

What was posted waits in the (anonymous) session while the person signs in again; the form's page
then shows it, for that person only, once, and during half an hour.
"""

import time

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

KEY, WHO, SECONDS = "kept", "rtr_who", 30 * 60
# A phone that may be somebody else's remembers an opaque number no longer than words are kept:
# the ten minutes of the session, and those thirty.
SHARED_SECONDS = 40 * 60


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
        request.session[KEY] = {
            "path": path or request.path,
            "typed": typed.urlencode(),
            "files": bool(request.FILES),
            "who": who,
            "at": time.time(),
        }


def waits_at(request: HttpRequest) -> str:
    """The page where this person's words wait; nothing if none do."""
    found = request.session.get(KEY)
    if not found or found["who"] != str(request.user.uuid):
        return ""
    return found["path"] if time.time() - found["at"] <= SECONDS else ""


def typed(request: HttpRequest) -> QueryDict | None:
    """What this person was writing on this page when the session ended; given once."""
    found = request.session.get(KEY)
    if not found or found["path"] != request.path:
        return None
    del request.session[KEY]
    if found["who"] != str(request.user.uuid) or time.time() - found["at"] > SECONDS:
        return None
    text = _("Nous avons gardé ce que vous écriviez. Relisez, puis enregistrez.")
    if found["files"]:
        text += " " + _("Le fichier est à choisir de nouveau.")
    messages.info(request, text)
    return QueryDict(found["typed"])


def bound(form_class, request: HttpRequest, **options):
    """The page's form: with what was posted, with what was kept, or empty.

    A kept form shows its words without checking them; `is_valid` is asked on POST only.
    """
    if request.method == "POST":
        return form_class(request.POST, request.FILES, **options)
    if (words := typed(request)) is not None:
        return form_class(words, **options)
    return form_class(**options)
