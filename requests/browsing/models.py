"""A request that began with somebody who was found without a name (BRW-1.b)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.text import LineField
from advocates.models import Advocate
from requests.requests.models import Request


class Introduction(TenantModel):
    """Whom the program is to ask first. The requester never reads who it is from here.

    A row of its own, so that a request is not about a person: they leave with it when they are
    erased, and nothing that shows a request can show them by accident.
    """

    request = TenantForeignKey(Request, models.CASCADE, related_name="introductions")
    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="+")
    #: What the requester read of them, in their own language.
    described = LineField(_("what was read"), max_length=300, blank=True, default="")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "request"], name="introduction_once"),
        ]
