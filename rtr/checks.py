"""Refuse a database that would void the second wall, before anything is served."""

from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.utils import NotSupportedError


@register(Tags.database)
def database_holds_the_wall(app_configs, databases=None, **kwargs):
    """The role must be plain and PostgreSQL recent (`rtr/postgres/base.py` says why).

    Run by `migrate` and `check --database default`; the backend refuses such a connection
    in any case, since a web server starts without the system checks.
    """
    errors = []
    for alias in databases or []:
        try:
            connections[alias].ensure_connection()
        except (ImproperlyConfigured, NotSupportedError) as error:
            errors.append(Error(str(error), id="rtr.E001"))
    return errors
