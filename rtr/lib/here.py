"""Whose the browser is, for what it keeps without network: a readable cookie, an opaque word.

Pages that work offline keep their things under this word, and show none of another's. It opens
nothing: the server asks the session. It outlives the session, not a sign-out.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE, SECONDS = "rtr_ici", 14 * 24 * 3600


def word_of(user) -> str:
    return salted_hmac("rtr.lib.here", str(user.uuid), algorithm="sha256").hexdigest()[:24]


def say(request: HttpRequest, response: HttpResponse) -> None:
    word = word_of(request.user)
    if request.COOKIES.get(COOKIE) != word:
        secure = request.is_secure()
        response.set_cookie(COOKIE, word, max_age=SECONDS, secure=secure, samesite="Strict")


def forget(request: HttpRequest, response: HttpResponse) -> None:
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, samesite="Strict")
