"""The design system."""

from django import forms
from django.apps import AppConfig


class WebConfig(AppConfig):
    """Gives every date in a form or filter its limits."""

    name = "advocacy.web"

    def ready(self) -> None:
        """Once for Django's own fields: models, filter sets and forms all make those by themselves,
        and the one that is forgotten would answer the year 9999 with an overflow.
        """
        from advocacy.web.dates import countable

        forms.DateField.default_validators = [countable]
        forms.DateTimeField.default_validators = [countable]
