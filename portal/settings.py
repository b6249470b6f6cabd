"""The family of communication: how long links in mails are good for (SET-1.i)."""

from django.utils.translation import gettext_lazy as _

from advocacy.identity.numbers import Invitations
from advocacy.tenant_settings.families import Family, Stored
from portal.numbers import PortalLinks

COMMUNICATION = Family(
    key="communication",
    title=_("Communication"),
    text=_("How long the links in mails are good for."),
    icon="mail",
    sources=(Stored(PortalLinks), Stored(Invitations)),
)
