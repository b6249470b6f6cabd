"""What speaks for and against a benefit, and how much it counts: the whole table (BEN-9.a)."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocates.models import Preference
from benefits.catalogue.choices import Category

Likes = Preference.Appreciation


class Reason(models.TextChoices):
    """Codes of the interface; the words are in ``words``."""

    LIKED = "liked", _("They prefer this kind of thing")
    NOT_LATELY = "not_lately", _("Nothing of it came in the last year")
    INTEREST = "interest", _("It is about something they care for")
    EFFORT = "effort", _("It fits what they did")
    TIER = "tier", _("It is meant for their tier")
    RATED_WELL = "rated_well", _("They liked something like it")
    INSTEAD = "instead", _("They prefer gifts, and their company allows none")
    ALWAYS_RIGHT = "always_right", _("It is right for everybody")
    RATED_BADLY = "rated_badly", _("They did not like something like it")
    APPROVAL = "approval", _("Somebody has to approve it")
    UNCLEAR = "unclear", _("Nobody knows yet whether their company allows it")


POINTS: Mapping[Reason, int] = {
    Reason.LIKED: 10,
    Reason.INTEREST: 6,
    Reason.RATED_WELL: 5,
    Reason.EFFORT: 4,
    Reason.NOT_LATELY: 3,
    Reason.INSTEAD: 3,
    Reason.TIER: 2,
    # Where nobody knows what they prefer, a word of recognition is never wrong.
    Reason.ALWAYS_RIGHT: 2,
    Reason.APPROVAL: -2,
    Reason.UNCLEAR: -4,
    Reason.RATED_BADLY: -8,
}

#: Which of the seven things people can prefer a category is (ADV-2.e).
PREFERRED: Mapping[str, str] = {
    Category.PUBLIC_RECOGNITION: Likes.RECOGNITION,
    Category.PRIVATE_RECOGNITION: Likes.RECOGNITION,
    Category.PRODUCT_ACCESS: Likes.ACCESS,
    Category.INFORMATION_ACCESS: Likes.ACCESS,
    Category.EXECUTIVE_ACCESS: Likes.ACCESS,
    Category.SWAG: Likes.GIFTS,
    Category.GIFT: Likes.GIFTS,
    Category.EXPERIENCE: Likes.GIFTS,
    Category.CHARITY: Likes.CHARITY,
    Category.NETWORKING: Likes.NETWORKING,
    Category.INFLUENCE: Likes.INFLUENCE,
    Category.PERSONAL_BRAND: Likes.PERSONAL_BRAND,
}
