"""A piece of content and its versions (AST-1)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from activities.assets.choices import AssetKind
from activities.assets.lifecycle import ASSET, AssetState
from activities.assets.words import Words
from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.models import Advocate


class Asset(Words, TenantModel):
    """A piece of content that rests on what an advocate said.

    Its words change with its number only (a trigger), and what is approved or published has the
    number it was approved with (two constraints): approved text is exactly the published text.
    """

    kind = models.CharField(_("kind"), max_length=11, choices=AssetKind)
    advocate = TenantForeignKey(
        Advocate, models.PROTECT, related_name="assets", verbose_name=_("advocate")
    )
    #: What it came from.
    activity = TenantForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assets",
        verbose_name=_("activity"),
    )
    #: The piece it was made of: what that one rests on, it rests on as well (ADV-4.f).
    origin = TenantForeignKey(
        "activities.Asset",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
        verbose_name=_("made of"),
    )
    #: A sentence out of a transcript: of one call there may be many (TRN-1.d).
    is_excerpt = models.BooleanField(_("out of a transcript"), default=False, db_default=False)
    owner = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    topic = LineField(_("topic"), max_length=100, blank=True, default="")
    state = models.CharField(_("state"), max_length=9, choices=AssetState, default=AssetState.DRAFT)
    #: Of the version that its words are.
    number = models.PositiveIntegerField(_("version"), default=1)
    #: What the check does not find in it (``choices.Finding``), and whether that is nothing.
    misses = ArrayField(
        models.CharField(max_length=10), verbose_name=_("missing"), default=list, blank=True
    )
    is_good = models.BooleanField(_("passes its check"), default=False)
    questions = ArrayField(
        models.CharField(max_length=300), verbose_name=_("questions"), default=list, blank=True
    )
    answers = ArrayField(
        models.TextField(blank=True), verbose_name=_("answers"), default=list, blank=True
    )
    #: The version the advocate was last shown.
    seen_number = models.PositiveIntegerField(null=True)
    remark = models.TextField(_("what the advocate adds"), blank=True, default="")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_number = models.PositiveIntegerField(null=True)
    confirmed_how = LineField(_("how they confirmed it"), max_length=300, blank=True, default="")
    approved_at = models.DateTimeField(_("approved"), null=True)
    approved_number = models.PositiveIntegerField(_("approved version"), null=True)
    published_at = models.DateTimeField(_("published"), null=True)
    published_number = models.PositiveIntegerField(_("published version"), null=True)
    published_url = models.URLField(
        _("where it can be seen"), max_length=500, blank=True, default=""
    )
    #: Whether it stands in the public gallery and its feeds while it is published (DIST-1.c).
    in_gallery = models.BooleanField(_("in the public gallery"), default=True, db_default=True)
    #: Since when there are words of the advocate's; other words do not change that (AST-3.a).
    collected_at = models.DateTimeField(_("collected"), null=True)
    #: Since when what it rests on is gone: it is in no library until that is renewed (ADV-4.f).
    held_since = models.DateTimeField(_("without leave since"), null=True)
    reason = LineField(_("reason"), max_length=300, blank=True, default="")
    #: By when its owner does the next thing; empty while somebody else has it.
    due_at = models.DateTimeField(_("due"), null=True)
    created_at = models.DateTimeField(_("begun"), default=clock.now)
    updated_at = models.DateTimeField(_("last changed"), default=clock.now)

    class Meta:
        verbose_name = _("piece of content")
        ordering = ["-updated_at", "-id"]
        constraints = [
            ASSET.check("asset_state_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=AssetKind.values), name="asset_kind_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "published"])
                | models.Q(
                    approved_number=models.F("number"),
                    confirmed_number=models.F("number"),
                    approved_at__isnull=False,
                ),
                name="asset_approved_as_it_is",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | models.Q(
                    published_number=models.F("approved_number"), published_at__isnull=False
                ),
                name="asset_published_as_approved",
            ),
            models.UniqueConstraint(
                fields=["tenant", "activity", "kind"],
                condition=models.Q(activity__isnull=False, origin__isnull=True, is_excerpt=False),
                name="asset_once_of_activity",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-updated_at", "-id"], name="asset_recent"),
            models.Index(fields=["tenant", "advocate"], name="asset_of_advocate"),
            models.Index(
                fields=["tenant", "owner", "due_at"],
                condition=models.Q(due_at__isnull=False),
                name="asset_due",
            ),
            models.Index(
                fields=["tenant", "collected_at"],
                condition=models.Q(state__in=["draft", "review", "approvals", "approved"]),
                name="asset_collected",
            ),
            models.Index(
                fields=["tenant", "-published_at", "-id"],
                condition=models.Q(state="published"),
                name="asset_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> list[models.Model]:
        """The further records on whose timelines it appears."""
        own: list[models.Model] = [self.advocate, self.advocate.account]
        return [*own, self.activity] if self.activity else own


class AssetVersion(Words, TenantModel):
    """The words of a piece as somebody once left them. A trigger keeps them as they were."""

    asset = TenantForeignKey(Asset, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    digest = models.CharField(_("fingerprint"), max_length=64)
    by_advocate = models.BooleanField(_("by the advocate"), default=False)
    written_by = TenantForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written"), default=clock.now)

    class Meta:
        verbose_name = _("version of a piece")
        ordering = ["-number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "asset", "number"], name="asset_version_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-written_at", "id"], name="asset_version_recent"),
        ]

    def __str__(self) -> str:
        return gettext("%(title)s, version %(number)s") % {
            "title": self.title,
            "number": self.number,
        }
