"""Documents that any verifier of the world may read: open to all origins, light to ask again."""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

JSON = "application/json"
LD = "application/ld+json"
VC = "application/vc"  # source: VC Data Model 2.0, § 6.3 (media types)
HTML = "text/html"
# A drawing opened by itself runs nothing and loads nothing, whoever drew it.
STILL = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
MINUTE, HOUR, DAY = 60, 3600, 86_400


def served(
    request: HttpRequest,
    content: str | bytes,
    kind: str,
    *,
    seconds: int,
    etag: str = "",
) -> HttpResponse:
    """One public document, or 304 for whoever has it already.

    Parameters: `content`, its text or bytes; `kind`, its media type; `seconds`, for how long a
    cache may keep it, 0 to ask again each time; `etag`, of these bytes when it is known.
    """
    body = content.encode() if isinstance(content, str) else content
    tag = quote_etag(etag or hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8" if kind == HTML else kind)
    response["ETag"] = tag
    return opened(get_conditional_response(request, etag=tag, response=response), seconds)


def written(document: dict[str, Any]) -> str:
    """JSON as it is served."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def opened(response: HttpResponse, seconds: int = 0) -> HttpResponse:
    """Readable by scripts of any site, kept for so long; errors too, so that they can be told."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={seconds}" if seconds else "no-cache"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Accept"])
    return response


def wants_page(request: HttpRequest) -> bool:
    """Whether a person's browser asks; programs, which take anything, get the document."""
    wanted = request.get_preferred_type([JSON, LD, VC, HTML])
    return wanted == HTML


def prefers(request: HttpRequest) -> str:
    """The media type under which JSON is sent: as asked for, plain JSON for whoever takes any."""
    return request.get_preferred_type([JSON, LD, VC]) or JSON
