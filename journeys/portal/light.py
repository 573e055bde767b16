"""The person's pages, light on a poor network: few icons, and pages that travel compressed.

What is compressed, and why it gives nothing away: docs/decisions/0017-light-portal.md.
"""

from django.middleware.gzip import GZipMiddleware

from journeys.portal.languages import is_for_a_person
from rtr.lib.pictograms import on_portal


class LightMiddleware(GZipMiddleware):
    """Outside all the others: it compresses what they made."""

    def __call__(self, request):
        drawing = on_portal.set(False)
        try:
            return super().__call__(request)
        finally:
            on_portal.reset(drawing)

    def process_view(self, request, view, args, kwargs):
        on_portal.set(is_for_a_person(request))

    def process_response(self, request, response):
        """Only pages that were read, never one that gives back what somebody posted."""
        is_page = response.get("Content-Type", "").startswith("text/html")
        if not (on_portal.get() and is_page and request.method == "GET"):
            return response
        return super().process_response(request, response)
