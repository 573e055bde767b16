"""Acts that Django announces rather than we do."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from territories.journal.actions import record
from territories.journal.enums import Act


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs):
    record(Act.SIGNED_IN, by=user, territory_id=None)
