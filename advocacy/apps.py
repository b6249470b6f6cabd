"""The roof: what can be put together only when every app is there."""

from django.apps import AppConfig

from advocacy.celery import app


class AdvocacyConfig(AppConfig):
    """Last in ``INSTALLED_APPS``, so that every app has registered its sweeps before."""

    name = "advocacy"
    label = "advocacy"

    def ready(self) -> None:
        from advocacy.tenancy.sweeps import beat_schedule

        app.conf.beat_schedule = {**app.conf.beat_schedule, **beat_schedule()}
