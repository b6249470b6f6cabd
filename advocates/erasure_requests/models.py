"""A person's request that everything about them be erased (PRT-1.d, GDPR Art. 17)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.erasure_requests.lifecycle import ERASURE, ErasureState
from advocates.people.models import Advocate


class ErasureRequest(TenantModel):
    """One at a time is open for a person; while it is, nothing is asked of them."""

    advocate = TenantForeignKey(
        Advocate, models.CASCADE, related_name="erasure_requests", verbose_name=_("who")
    )
    words = LimitedText(_("what they wrote"), max_length=2000, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=9, choices=ErasureState, default=ErasureState.OPEN
    )
    #: By when they hear what became of it.
    due_at = models.DateTimeField(_("due"), editable=False)
    #: Until when they wanted to be asked nothing before they wrote, to go back to.
    snoozed_before = models.DateField(null=True, editable=False)
    reason = LineField(_("why it has to be kept"), max_length=300, blank=True, default="")
    decided_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    created_at = models.DateTimeField(_("asked"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("erasure request")
        ordering = ["-created_at", "-id"]
        constraints = [
            ERASURE.check("erasure_request_state_known"),
            models.UniqueConstraint(
                fields=["tenant", "advocate"],
                condition=models.Q(state="open"),
                name="erasure_request_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "due_at"],
                condition=models.Q(state="open"),
                name="erasure_request_due",
            ),
            models.Index(fields=["tenant", "-created_at"], name="erasure_request_recent"),
        ]

    def __str__(self) -> str:
        return self.advocate.name
