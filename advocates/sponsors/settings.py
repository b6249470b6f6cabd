"""The family of staying in touch (SET-1.b)."""

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.families import Family, Stored
from advocates.sponsors.numbers import Care

CARE = Family(
    key="care",
    title=_("Staying in touch"),
    text=_("How often sponsors are in touch, and how early it is on Today."),
    icon="calendar-heart",
    sources=(Stored(Care),),
)
