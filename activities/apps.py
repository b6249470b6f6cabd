"""The activities' room."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """What advocates do, from planned to completed."""

    name = "activities"
