"""Small things about requests that Django leaves to each project."""

from django.views.decorators.http import require_POST


def post_only(view):
    """A view that answers POST alone; after signing in again one lands elsewhere than there."""
    wrapped = require_POST(view)
    wrapped.post_only = True
    return wrapped


def keeps_words(view):
    """A public form that waited too long shows again with what was typed: the view looks at
    `request.is_csrf_expired`, enters nothing and asks to send once more (rtr/home/views.py)."""
    view.keeps_words = True
    return view
