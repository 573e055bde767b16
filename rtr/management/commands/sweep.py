"""Runs the due rows: each minute, or once; beside Celery, or instead of it."""

import signal

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from rtr import due


class Command(BaseCommand):
    help = "Exécute les lignes à faire (envois, exports, travaux de nuit), chaque minute."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="une seule fois, puis s’arrête")

    def handle(self, *, once, **options):
        if once:
            due.sweep()
            return
        ends = {signal.SIGINT, signal.SIGTERM}
        signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # for the thread to come too
        sweeper = due.start_sweeper()
        self.stdout.write(_("Un passage par minute ; Ctrl-C pour arrêter."))
        signal.sigwait(ends)
        sweeper.leave()  # ends the sweep in hand
