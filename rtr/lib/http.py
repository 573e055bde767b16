"""Small things about requests that Django leaves to each project."""

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST


def post_only(view):
    """A view that answers POST alone; after signing in again one lands elsewhere than there."""
    wrapped = require_POST(view)
    wrapped.post_only = True
    return wrapped


def posted(request: HttpRequest, rows: QuerySet) -> Model:
    """The one of these rows whose id a button sent as `pk`, or the address of an undo as `?pk=`;
    404 for any other, or for no number at all."""
    pk = request.POST.get("pk") or request.GET.get("pk", "")
    return get_object_or_404(rows, pk=pk if pk.isdecimal() and len(pk) < 19 else None)


def keeps_words(view):
    """A public form that waited too long shows again with what was typed: the view looks at
    `request.is_csrf_expired`, enters nothing and asks to send once more (rtr/home/views.py)."""
    view.keeps_words = True
    return view
