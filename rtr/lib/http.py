"""Small things about requests that Django leaves to each project."""

from django.views.decorators.http import require_POST


def post_only(view):
    """A view that answers POST alone; after signing in again one lands elsewhere than there."""
    wrapped = require_POST(view)
    wrapped.post_only = True
    return wrapped
