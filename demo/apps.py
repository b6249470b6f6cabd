"""The demo, on the roof: it may use everything and nothing uses it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Believable data for the first start."""

    name = "demo"
    label = "demo"

    def ready(self) -> None:
        from advocacy.events import bus
        from demo.scale.removal import MADE

        bus.declare({MADE: _("filled in the demo; what is older has no events")})
