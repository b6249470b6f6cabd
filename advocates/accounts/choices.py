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
