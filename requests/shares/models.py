"""A piece of content used in a deal, and on which days somebody opened it (AST-2.b, AST-2.c)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.assets.models import Asset
from advocacy import clock
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from requests.opportunities.models import Opportunity
from requests.shares.lifecycle import SHARE, ShareState


class Way(models.TextChoices):
    """How it was used."""

    LINK = "link", _("By a tracked link")
    DIRECT = "direct", _("Without a link: in a call, a proposal or a mail")


class Share(TenantModel):
    """A piece of the library in a deal. ``opens`` counts people and days, never presses."""

    asset = TenantForeignKey(
        Asset, models.PROTECT, related_name="shares", verbose_name=_("piece of content")
    )
    opportunity = TenantForeignKey(
        Opportunity, models.PROTECT, related_name="shares", verbose_name=_("deal")
    )
    way = models.CharField(_("how"), max_length=6, choices=Way, default=Way.LINK)
    #: To whom at the prospect, where whoever shared it said so.
    recipient = LineField(_("for whom"), max_length=200, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=7, choices=ShareState, default=ShareState.ACTIVE, editable=False
    )
    made_by = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("shared by"),
    )
    #: What opens it; its secret stands in no table (decision 0005).
    link = TenantForeignKey(
        PersonalLink, models.PROTECT, null=True, related_name="+", editable=False
    )
    expires_at = models.DateTimeField(_("works until"), null=True, editable=False)
    opens = models.PositiveIntegerField(_("opened"), default=0, editable=False)
    first_opened_at = models.DateTimeField(_("first opened"), null=True, editable=False)
    last_opened_at = models.DateTimeField(_("last opened"), null=True, editable=False)
    created_at = models.DateTimeField(_("shared"), default=clock.now, editable=False)
    ended_at = models.DateTimeField(_("taken back"), null=True, editable=False)

    class Meta:
        verbose_name = _("share")
        ordering = ["-created_at", "-id"]
        constraints = [
            SHARE.check("share_state_known"),
            models.CheckConstraint(condition=models.Q(way__in=Way.values), name="share_way_known"),
            models.CheckConstraint(
                condition=models.Q(way="direct", link=None, expires_at=None, opens=0)
                | models.Q(way="link", link__isnull=False, expires_at__isnull=False),
                name="share_link_as_its_way",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-created_at", "-id"], name="share_recent"),
            models.Index(fields=["tenant", "asset", "-created_at"], name="share_of_asset"),
            models.Index(fields=["tenant", "opportunity", "-created_at"], name="share_of_deal"),
            models.Index(fields=["tenant", "made_by", "-created_at"], name="share_by_member"),
        ]

    def __str__(self) -> str:
        return self.opportunity.name

    @property
    def about(self) -> list[models.Model]:
        """The further records on whose timelines it appears."""
        return [self.opportunity, self.asset]


class ShareOpen(TenantModel):
    """Somebody opened it on a day. ``person`` is a keyed hash of machine, browser, share and day:
    it says that two opens of one day are one person's, and nothing of who that is or of other days.
    """

    share = TenantForeignKey(Share, models.CASCADE, related_name="opened")
    day = models.DateField()
    person = models.CharField(max_length=32)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "share", "day", "person"], name="share_open_once"
            ),
        ]
