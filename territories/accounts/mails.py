"""Mails about an account: a code, a link, an invitation, a warning.

Written with the act that causes them, sent by whoever sweeps: a mail server that hangs keeps
nobody waiting. What they say opens accounts: it is forgotten once sent, or once of no use.
"""

import datetime
import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtr import due
from rtr.lib.mail import send

KEPT = datetime.timedelta(days=30)


class AccountMail(due.DueRow):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.EmailField(gettext_lazy("à"))
    subject = models.CharField(gettext_lazy("objet"), max_length=200)
    body = models.TextField(gettext_lazy("texte"), blank=True)
    written_at = models.DateTimeField(gettext_lazy("écrit le"), db_default=Now())
    useless_after = models.DateTimeField(gettext_lazy("inutile après le"))
    sent_at = models.DateTimeField(gettext_lazy("envoyé le"), null=True, blank=True)

    class Meta(due.DueRow.Meta):
        verbose_name = gettext_lazy("courriel de compte")
        verbose_name_plural = gettext_lazy("courriels de compte")
        indexes = [
            models.Index(fields=["written_at"], name="accountmail_written"),
            *due.DueRow.Meta.indexes,
        ]

    def __str__(self):
        return str(self.uuid)


def write(*, to: str, subject: str, body: str, useful: datetime.timedelta) -> AccountMail:
    """Write a mail in the current transaction. `useful`: for how long it is worth sending."""
    useless_after = timezone.now() + useful
    return due.add(AccountMail(to=to, subject=subject, body=body, useless_after=useless_after))


def deliver(mail: AccountMail) -> dict:
    if mail.useless_after <= timezone.now():
        raise due.Refused(_("Trop tard : ce qu’il disait ne sert plus."))
    send(number=mail.uuid, to=mail.to, subject=mail.subject, body=mail.body)
    return {"body": "", "sent_at": timezone.now()}


@due.register_nightly
def forget_mails() -> None:
    """What stopped on its way is not kept readable; after a month nothing is kept."""
    now = timezone.now()
    going = [due.Status.DUE, due.Status.LEASED]
    AccountMail.objects.exclude(status__in=going).exclude(body="").filter(
        useless_after__lte=now
    ).update(body="")
    AccountMail.objects.exclude(status__in=going).filter(written_at__lt=now - KEPT).delete()


due.register(AccountMail, due.Outside(deliver))
