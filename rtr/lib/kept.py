"""Nothing typed is lost when the session ends in the middle of a form.

What was posted waits in the (anonymous) session while the person signs in again; the form's page
then shows it, for that person only, once, and during half an hour.
"""

import time

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

KEY, WHO, SECONDS = "kept", "rtr_who", 30 * 60


def remember_who(request, response) -> None:
    """A signed cookie outlives the session and says whose words those were."""
    who = str(request.user.uuid)
    if request.get_signed_cookie(WHO, default="", salt=WHO) != who:
        response.set_signed_cookie(
            WHO, who, salt=WHO, httponly=True, secure=request.is_secure(), samesite="Lax"
        )


def keep(request: HttpRequest) -> None:
    who = request.get_signed_cookie(WHO, default="", salt=WHO)
    if request.method == "POST" and who:
        typed = request.POST.copy()
        typed.pop("csrfmiddlewaretoken", None)
        request.session[KEY] = {
            "path": request.path,
            "typed": typed.urlencode(),
            "files": bool(request.FILES),
            "who": who,
            "at": time.time(),
        }


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
