"""The Celery application; the composition root of background work."""

import os

from celery import Celery

from advocacy.heartbeat import WorkerHeartbeat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings.development")

app = Celery("advocacy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_scheduler = "advocacy.heartbeat:BeatScheduler"
app.autodiscover_tasks()
app.steps["consumer"].add(WorkerHeartbeat)
