"""The roof: what can be put together only when every room is there."""

from django.apps import AppConfig

from advocacy.celery import app


class AdvocacyConfig(AppConfig):
    """Last in ``INSTALLED_APPS``, so that every room has registered its sweeps before."""

    name = "advocacy"
    label = "advocacy"

    def ready(self) -> None:
        """Hand the sweeps to Celery's beat."""
        from advocacy.tenancy.sweeps import beat_schedule

        app.conf.beat_schedule = {**app.conf.beat_schedule, **beat_schedule()}
