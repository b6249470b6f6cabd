"""The portal: what advocates see, behind personal links (PRT-1, ADV-2, ID-3).

On the roof, beside the demo: it shows what every app below knows of one person, and nothing
imports it.
"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """An advocate's home, preferences and invitation."""

    name = "portal"
    label = "portal"

    def ready(self) -> None:
        """Verbs, the personal link, the card on a person's page."""
        from advocacy.events import bus, presentation
        from advocacy.messaging.links import register_purpose
        from advocacy.records.undoing import declare_undo
        from advocacy.tenancy import stuck
        from advocacy.tenant_settings import families
        from advocates import panels
        from portal.purposes import NEWCOMER, PURPOSE, VOLUNTEER
        from portal.selectors.links import portal_card
        from portal.services import follow_address
        from portal.services.sign_in import LINK_WORK, STRANGER_WORK
        from portal.settings import COMMUNICATION

        families.register(COMMUNICATION)
        bus.declare(
            {
                "portal.link_sent": _("sent a link to the portal"),
                "portal.links_ended": _("ended the links to the portal"),
                "portal.link_requested": _("asked for a link to the portal"),
            }
        )
        declare_undo("portal.link", _("took the link to the portal back before it left"))
        for verb in ("advocate.updated", "advocate.moved"):
            bus.subscribe(
                verb,
                follow_address,
                order=60,
                why="links in a mailbox that is not theirs any more open nothing (ID-3)",
            )
        presentation.declare_verb_styles({"portal.": ("key", "neutral")})
        stuck.name_work(LINK_WORK, _("Link to somebody's own page"))
        stuck.name_work(STRANGER_WORK, _("Answer to somebody nobody knows"))
        register_purpose(PURPOSE, "home/")
        register_purpose(VOLUNTEER, "volunteer/")
        register_purpose(NEWCOMER, "volunteer/")
        panels.register(
            panels.Panel(
                "advocate",
                "portal",
                _("Their own page"),
                "portal/card.html",
                portal_card,
                "advocates.edit",
                order=90,
            )
        )
