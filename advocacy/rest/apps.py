"""The REST interface's app: tokens, problems, pagination; what every ``api.py`` builds on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.events import bus


class RestConfig(AppConfig):
    """API tokens and what all resources share."""

    name = "advocacy.rest"
    label = "rest"

    def ready(self) -> None:
        """Events of tokens, their look in a timeline, and the settings card."""
        from dataclasses import replace

        from advocacy.events import presentation
        from advocacy.messaging.wording.resource import MAIL_TEMPLATES
        from advocacy.records.resource import register
        from advocacy.rest import schema  # noqa: F401 - registers the security scheme
        from advocacy.rest.mail_templates import MailTemplateApi, MailTemplateSerializer
        from advocacy.rest.selectors import token_names
        from advocacy.web import settings_cards

        # Mails are below REST, which brings the viewset.
        register(replace(MAIL_TEMPLATES, api=MailTemplateApi, serializer=MailTemplateSerializer))
        bus.declare(
            {"token.created": _("made the API token"), "token.revoked": _("revoked the API token")}
        )
        presentation.declare_verb_styles(
            {"token.created": ("key", "success"), "token.revoked": ("key-off", "warning")}
        )
        presentation.name_subjects(
            "rest.apitoken", token_names, url_name="tokens", action="settings.tokens"
        )
        settings_cards.register(
            settings_cards.Card(
                "tokens",
                _("API tokens"),
                _("Keys with which other programs read and write here."),
                "key",
                "tokens",
                "settings.tokens",
                settings_cards.COMPANY,
            )
        )
