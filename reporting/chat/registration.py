"""Where connections to chats are announced."""

from django.utils.translation import gettext_lazy as _

from advocacy.records.resource import register as register_resource
from advocacy.tenancy.sweeps import register_sweep
from advocacy.tenant_settings import families
from advocacy.tenant_settings.families import Family, Stored
from advocacy.web import settings_cards
from reporting.chat.resource import CHATS
from reporting.chat.sending import post_today
from reporting.chat.settings import ChatNumbers


def register() -> None:
    """Called once, when the application is ready."""
    register_resource(CHATS)
    register_sweep(
        "post-today",
        "tenants_with_due_chats",
        post_today,
        own_transactions=True,
        every_seconds=60,
        why="what newly waits on Today is posted to Slack and Teams",
    )
    families.register(
        Family(
            key="chats",
            title=_("Today in chats"),
            text=_("Whether Today may be posted into chats."),
            icon="message-share",
            sources=(Stored(ChatNumbers),),
        )
    )
    settings_cards.register(
        settings_cards.Card(
            "chats",
            _("Slack, Teams, mail"),
            _("What newly waits on your Today, posted to a channel of yours or mailed to you."),
            "message-share",
            "chats:list",
            "profile.edit",
            settings_cards.OWN,
        )
    )
