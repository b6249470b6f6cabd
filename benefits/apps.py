"""The benefits' room."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """Thank-yous and what advocates get back."""

    name = "benefits"
