"""A saved filter (SEG-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.segments.lifecycle import SEGMENT, SegmentOf, SegmentState


class SavedSegment(TenantModel):
    """People or accounts by what is true of them at the moment of asking, never a list of rows.

    ``query`` is what stands in the address of the list: ``tier=gold&industry=Banking``.
    """

    name = LineField(_("name"), max_length=80)
    of = models.CharField(_("of"), max_length=12, choices=SegmentOf)
    query = LimitedText(_("filter"), max_length=2000)
    shared = models.BooleanField(
        _("for everybody"),
        default=False,
        help_text=_("Colleagues see and use it; only you and the program change it."),
    )
    owner = TenantForeignKey(
        Membership,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("saved by"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SegmentState, default=SegmentState.IN_USE
    )
    created_at = models.DateTimeField(_("saved"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("segment")
        ordering = ["name", "id"]
        constraints = [
            SEGMENT.check("segment_state_known"),
            models.CheckConstraint(
                condition=models.Q(of__in=SegmentOf.values), name="segment_of_known"
            ),
            models.UniqueConstraint(
                fields=["tenant", "owner", "name"],
                condition=models.Q(state="in_use"),
                name="segment_name_once",
                violation_error_message=_("You have a segment of this name. Choose another one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
