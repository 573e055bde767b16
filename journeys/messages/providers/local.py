"""Providers that go nowhere: for demonstrations and developers."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from journeys.messages.models import OutboundMessage
from rtr import due


class Console:
    """Prints messages where the server was started."""

    name = "console"

    def send(self, message: OutboundMessage) -> str:
        print(f"SMS {message.to}\n{message.body}\n")  # noqa: T201  what it is for
        return str(message.uuid)


class File:
    """One file a message in `.local/sms`; it can tell what it was given, and never twice."""

    name = "file"

    def send(self, message: OutboundMessage) -> str:
        if not self._of(message):
            folder = settings.SMS_FILE_PATH
            folder.mkdir(parents=True, exist_ok=True)
            name = f"{timezone.localtime():%Y-%m-%d %H.%M.%S} {message.uuid}"
            unfinished = folder / f".{message.uuid}"
            unfinished.write_text(f"{message.to}\n\n{message.body}\n", encoding="utf-8")
            unfinished.rename(folder / f"{name}.txt")
        return str(message.uuid)

    def ask(self, message: OutboundMessage) -> str:
        if not self._of(message):
            raise due.NotDone("no file")
        return str(message.uuid)

    @staticmethod
    def _of(message: OutboundMessage) -> list[Path]:
        return list(settings.SMS_FILE_PATH.glob(f"* {message.uuid}.txt"))
