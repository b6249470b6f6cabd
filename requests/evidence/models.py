"""That content answered a request, and nobody had to be asked (REQ-4.c)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.assets.models import Asset
from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel


class ContentAnswer(TenantModel):
    """The piece that answered a request. A row of its own, as what is about the piece's advocate
    is erased with them and the request stays.
    """

    request = TenantForeignKey("requests.Request", models.CASCADE, related_name="content_answers")
    asset = TenantForeignKey(Asset, models.PROTECT, related_name="+")
    #: How many people were not asked because of it.
    saved = models.PositiveSmallIntegerField(_("asks saved"))
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "request"], name="content_answer_once"),
        ]
        indexes = [models.Index(fields=["tenant", "at"], name="content_answer_when")]
