"""What an account can be: life cycle, size, region, and kinds of tags (ACC-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Lifecycle(models.TextChoices):
    """Where an account stands; only customers can have eligible advocates (ACC-1)."""

    PROSPECT = "prospect", _("Prospect")
    CUSTOMER = "customer", _("Customer")
    FORMER = "former", _("Former customer")


class Segment(models.TextChoices):
    """Size of an account, from its number of employees unless set (ACC-1)."""

    ENTERPRISE = "enterprise", _("Enterprise")
    MID_MARKET = "mid_market", _("Mid-market")
    SMB = "smb", _("Small business")


#: The least employees of each segment, largest first (ACC-1).
SEGMENT_FROM = {Segment.ENTERPRISE: 1000, Segment.MID_MARKET: 100, Segment.SMB: 0}


def segment_of(employees: int | None) -> str:
    """The segment that follows from a number of employees; nothing for an unknown one (ACC-1)."""
    if employees is None:
        return ""
    return next(segment.value for segment, least in SEGMENT_FROM.items() if employees >= least)


class Region(models.TextChoices):
    """Sales region, from the country unless set."""

    NORTH_AMERICA = "na", _("North America")
    LATIN_AMERICA = "latam", _("Latin America")
    EMEA = "emea", _("Europe, Middle East and Africa")
    ASIA_PACIFIC = "apac", _("Asia-Pacific")


class TagKind(models.TextChoices):
    """Kinds of the tenant's vocabulary."""

    PRODUCT = "product", _("Product")
    USE_CASE = "use_case", _("Use case")
    TOPIC = "topic", _("Topic")
    COMPETITOR = "competitor", _("Competitor")
