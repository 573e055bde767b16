"""How the API answers: JSON for any origin, errors as Imsx_StatusInfo."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

# Source: Open Badges 3.0, Imsx_CodeMinorFieldValue.
MINOR = {
    400: "invalid_data",
    401: "unauthorizedrequest",
    403: "forbidden",
    404: "not_found",
    405: "not_allowed",
    413: "invalid_data",
    415: "not_acceptable",
    429: "server_busy",
}
EXPOSED = "Link, X-Total-Count, WWW-Authenticate"


class Refusal(Exception):
    """Why a request is not served. `minor`, a code of the specification if not the usual one."""

    def __init__(self, status: int, words: str, minor: str = "", **headers: str):
        super().__init__(words)
        self.status, self.words, self.minor, self.headers = status, words, minor, headers


def refused(refusal: Refusal) -> HttpResponse:
    """Source: Open Badges 3.0, Imsx_StatusInfo."""
    field = {
        "imsx_codeMinorFieldName": "TargetEndSystem",
        "imsx_codeMinorFieldValue": refusal.minor or MINOR[refusal.status],
    }
    info = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": refusal.words,
        "imsx_codeMinor": {"imsx_codeMinorField": [field]},
    }
    response = JsonResponse(info, status=refusal.status)
    for name, value in refusal.headers.items():
        response[name.replace("_", "-")] = value
    return response


def opened(*methods: str) -> Callable:
    """A view for programs of any site: nothing of a session is read, so any origin may call.

    Parameters: `methods` answered; OPTIONS says them, others get 405.
    """
    allowed = ", ".join([*methods, "OPTIONS"])

    def decorate(view):
        @csrf_exempt
        @wraps(view)
        def api(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method == "OPTIONS":
                response = HttpResponse(status=204)
            elif request.method in methods or request.method == "HEAD" and "GET" in methods:
                try:
                    response = view(request, *args, **kwargs)
                except Refusal as refusal:
                    response = refused(refusal)
            else:
                response = refused(Refusal(405, "This method is not allowed.", Allow=allowed))
            return _for_any_origin(response, allowed)

        return api

    return decorate


def _for_any_origin(response: HttpResponse, allowed: str) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = allowed
    response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Accept"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response["Access-Control-Max-Age"] = "600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
