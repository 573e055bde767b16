"""The second question of every door: known to the person, but may they do this here?"""

from django.core.exceptions import PermissionDenied

from territories.accounts.models import User


def require(user: User, permission: str, territory_id: int) -> None:
    """Raises PermissionDenied (403) unless a role of the user gives the permission there."""
    if not user.may(permission, territory_id):
        raise PermissionDenied
