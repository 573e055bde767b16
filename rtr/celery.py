"""Celery only carries hints that a due row waits: the rows are the truth (rtr/due.py)."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtr.settings")
app = Celery("rtr")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Autodiscovery only sees <app>/tasks.py: chapters are named here.
app.conf.imports = ["rtr.due"]
app.conf.beat_schedule = {
    "sweep": {"task": "rtr.due.sweep", "schedule": 60.0},
    "nightly": {"task": "rtr.due.nightly", "schedule": crontab(hour=2, minute=30)},
}
