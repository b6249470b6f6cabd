"""The Celery application; the composition root of background work."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

from advocacy.heartbeat import WorkerHeartbeat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings.development")

app = Celery("advocacy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_scheduler = "advocacy.heartbeat:BeatScheduler"
app.autodiscover_tasks()
app.steps["consumer"].add(WorkerHeartbeat)


@setup_logging.connect(dispatch_uid="advocacy.logging")
def log_as_the_settings_say(**kwargs: Any) -> None:
    """Keep Celery from replacing our handlers, which leave out the secrets of addresses (ID-3)."""
    dictConfig(settings.LOGGING)
