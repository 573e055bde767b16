"""Who holds badges goes with the person: a purge takes everything of it here. What the person kept
stays verifiable, by the issuer's keys and lists, which name nobody."""

from django.db.models.signals import post_delete
from django.dispatch import receiver

from badges.credentials.models import Recipient
from journeys.recognition.models import Holder


@receiver(post_delete, sender=Holder)
def forget_recipient(instance: Holder, **_more) -> None:
    Recipient.objects.filter(pk=instance.recipient_id).delete()
