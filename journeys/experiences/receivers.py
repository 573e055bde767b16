"""Voices and photographs go with their reflection, whatever takes it away: a purge, the person."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from journeys.documents.erasing import forget_file
from journeys.experiences.models import Reflection


@receiver(pre_delete, sender=Reflection)
def forget_files(instance: Reflection, **_more) -> None:
    for column in ("voice", "photo"):
        forget_file(instance, column=column)
