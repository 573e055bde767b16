"""Is this the text that was signed? Anybody may ask; nobody is named.

An unknown fingerprint answers 404 with a sentence: the address stands for no contract, and a
program that asks must not take the page for a yes. Both answers cost one look-up and one hash.
"""

import re

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from journeys.contracts.forms import PastedTextForm
from journeys.contracts.reading import known_text
from journeys.contracts.writing import fingerprint

SHA256 = re.compile(r"[0-9a-f]{64}")


@never_cache
def verify(request, sha256):
    """The page of the QR code: what is known of this fingerprint, and of a pasted text."""
    known = known_text(sha256.lower())
    form = PastedTextForm(request.POST or None)
    same = None
    if form.is_bound and form.is_valid():
        same = fingerprint(form.cleaned_data["text"]) == sha256.lower()
    context = {"sha256": sha256.lower(), "known": known, "form": form, "same": same}
    return _answer(request, context, found=known is not None)


@never_cache
def verify_any(request):
    """Without a fingerprint: one is computed from the text, or typed as it is on the paper."""
    form = PastedTextForm(request.POST or None)
    context = {"sha256": "", "known": None, "form": form, "same": None}
    if form.is_bound and form.is_valid():
        typed = "".join(form.cleaned_data["text"].split()).lower()
        if SHA256.fullmatch(typed):
            return redirect("contract_verify", typed)
        known = known_text(fingerprint(form.cleaned_data["text"]))
        context |= {"known": known, "same": known is not None}
    return _answer(request, context)


def _answer(request, context: dict, *, found: bool = True):
    status = 200 if found else 404
    if context["form"].errors:
        status = 422
    response = render(request, "journeys/contracts/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
