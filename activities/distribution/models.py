"""Where a piece is placed, and what is to be made of a recording (DIST-1)."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.assets.models import Asset
from activities.distribution.lifecycle import (
    PLACEMENT,
    REPURPOSING,
    Channel,
    Derived,
    PlacementState,
    RepurposingState,
)
from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership


class Placement(TenantModel):
    """A place where a published piece is to be seen: who puts it there by when, and the link to it
    once it is there. ``due_on`` is a day of the tenant's calendar.
    """

    asset = TenantForeignKey(
        Asset, models.CASCADE, related_name="placements", verbose_name=_("piece")
    )
    channel = models.CharField(_("channel"), max_length=11, choices=Channel)
    owner = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    due_on = models.DateField(_("due"))
    url = models.URLField(_("link"), max_length=500, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=7, choices=PlacementState, default=PlacementState.OPEN
    )
    done_at = models.DateTimeField(_("placed"), null=True)
    done_by = TenantForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", verbose_name=_("by whom")
    )
    created_at = models.DateTimeField(_("planned"), default=clock.now)

    class Meta:
        verbose_name = _("placement")
        ordering = ["due_on", "id"]
        constraints = [
            PLACEMENT.check("placement_state_known"),
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values), name="placement_channel_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | models.Q(state__in=["open", "dropped"], done_at__isnull=True),
                name="placement_done_when",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "due_on", "id"], name="placement_by_due"),
            models.Index(fields=["tenant", "asset", "due_on"], name="placement_of_asset"),
            models.Index(
                fields=["tenant", "owner", "due_on"],
                condition=models.Q(state="open"),
                name="placement_open_of",
            ),
        ]

    def __str__(self) -> str:
        words = {"channel": self.get_channel_display(), "title": self.asset.title}
        return gettext("%(channel)s: %(title)s") % words


class Repurposing(TenantModel):
    """A piece to be made of a recording, and the piece once it is begun."""

    asset = TenantForeignKey(
        Asset, models.CASCADE, related_name="repurposings", verbose_name=_("recording")
    )
    form = models.CharField(_("what is made of it"), max_length=11, choices=Derived)
    owner = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    due_on = models.DateField(_("due"))
    state = models.CharField(
        _("state"), max_length=7, choices=RepurposingState, default=RepurposingState.OPEN
    )
    derived = TenantForeignKey(
        Asset, models.PROTECT, null=True, related_name="+", verbose_name=_("piece made of it")
    )
    created_at = models.DateTimeField(_("planned"), default=clock.now)

    class Meta:
        verbose_name = _("planned derived piece")
        ordering = ["due_on", "id"]
        constraints = [
            REPURPOSING.check("repurposing_state_known"),
            models.CheckConstraint(
                condition=models.Q(form__in=Derived.values), name="repurposing_form_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="begun", derived__isnull=False)
                | models.Q(state__in=["open", "dropped"], derived__isnull=True),
                name="repurposing_begun_with_piece",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "due_on", "id"], name="repurposing_by_due"),
            models.Index(fields=["tenant", "asset", "due_on"], name="repurposing_of_asset"),
            models.Index(
                fields=["tenant", "owner", "due_on"],
                condition=models.Q(state="open"),
                name="repurposing_open_of",
            ),
        ]

    def __str__(self) -> str:
        words = {"form": self.get_form_display(), "title": self.asset.title}
        return gettext("%(form)s of “%(title)s”") % words
