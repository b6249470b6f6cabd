"""The twelve categories, and what they mean for policy and proportion (BEN-1, BEN-3, BEN-5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocates.program.tiers.seeds import TIERS


class Category(models.TextChoices):
    """What kind of thing it is."""

    PUBLIC_RECOGNITION = "public_recognition", _("Public recognition")
    PRIVATE_RECOGNITION = "private_recognition", _("Private recognition")
    PRODUCT_ACCESS = "product_access", _("Product access")
    INFORMATION_ACCESS = "information_access", _("Information access")
    EXECUTIVE_ACCESS = "executive_access", _("Executive access")
    SWAG = "swag", _("Swag")
    GIFT = "gift", _("Gift")
    EXPERIENCE = "experience", _("Experience")
    CHARITY = "charity", _("Charity donation")
    NETWORKING = "networking", _("Networking")
    INFLUENCE = "influence", _("Influence")
    PERSONAL_BRAND = "personal_brand", _("Personal brand")


#: What a company's gift policy is about (BEN-5).
GIFTS = frozenset({Category.SWAG, Category.GIFT, Category.EXPERIENCE})
#: What is worth money to whoever gets it, so that it can be too little or too much (BEN-3).
MATERIAL = GIFTS | {Category.CHARITY}
#: What is offered instead where a company allows no gift (BEN-5).
INSTEAD = (Category.PUBLIC_RECOGNITION, Category.PRIVATE_RECOGNITION, Category.CHARITY)

#: Recognition, which is given somewhere: in a newsletter, on a stage (BEN-8).
RECOGNITION = frozenset({Category.PUBLIC_RECOGNITION, Category.PRIVATE_RECOGNITION})

#: Tiers by the code that every tenant has.
TIER_CODES = tuple((seed.code, seed.name) for seed in TIERS)
