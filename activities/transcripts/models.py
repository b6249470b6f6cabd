"""A transcript, who speaks in it, what they say, and what of it is worth quoting (TRN-1)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from activities.assets.models import Asset
from activities.transcripts.choices import Format, Language, Reason, Side
from activities.transcripts.lifecycle import PROPOSAL, ProposalState
from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.models import Account, Advocate


class Transcript(TenantModel):
    """What was said in a call, of an account and perhaps of an activity there. Its lines are never
    changed: another reading is another transcript.
    """

    account = TenantForeignKey(
        Account, models.CASCADE, related_name="transcripts", verbose_name=_("account")
    )
    activity = TenantForeignKey(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="transcripts",
        verbose_name=_("activity"),
    )
    title = LineField(_("title"), max_length=200)
    held_on = models.DateField(_("day of the call"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=Language, default=Language.EN)
    format = models.CharField(_("read as"), max_length=3, choices=Format, default=Format.TXT)
    consent_note = LineField(
        _("how they agreed to being recorded"), max_length=300, blank=True, default=""
    )
    line_count = models.PositiveIntegerField(_("lines"), default=0)
    added_by = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
    )
    created_at = models.DateTimeField(_("added"), default=clock.now)

    class Meta:
        verbose_name = _("transcript")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="transcript_language_known"
            ),
            models.CheckConstraint(
                condition=models.Q(format__in=Format.values), name="transcript_format_known"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-created_at", "-id"], name="transcript_recent"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> list[models.Model]:
        """The further records on whose timelines it appears."""
        return [self.account, *([self.activity] if self.activity else [])]


class TranscriptSpeaker(TenantModel):
    """A voice in a transcript, by the label it has there; whose it is, once somebody said so."""

    transcript = TenantForeignKey(Transcript, models.CASCADE, related_name="speakers")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("name in the transcript"), max_length=80, blank=True, default="")
    side = models.CharField(_("who it is"), max_length=9, choices=Side, default=Side.UNKNOWN)
    advocate = TenantForeignKey(
        Advocate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("advocate"),
    )
    is_guess = models.BooleanField(_("guessed by the name"), default=False)

    class Meta:
        verbose_name = _("speaker")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "transcript", "position"], name="transcript_speaker_once"
            ),
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="transcript_speaker_side_known"
            ),
            models.CheckConstraint(
                condition=models.Q(side="advocate", advocate__isnull=False)
                | (~models.Q(side="advocate") & models.Q(advocate__isnull=True)),
                name="transcript_speaker_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def who(self) -> str:
        """As a page names them."""
        if self.advocate is not None:
            return self.advocate.name
        return self.label


class TranscriptLine(TenantModel):
    """One line as it was read. Times are milliseconds since the beginning, where there are any."""

    transcript = TenantForeignKey(Transcript, models.CASCADE, related_name="lines")
    speaker = TenantForeignKey(TranscriptSpeaker, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    start_ms = models.PositiveIntegerField(_("begins at"), null=True)
    end_ms = models.PositiveIntegerField(_("ends at"), null=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("line of a transcript")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "transcript", "number"], name="transcript_line_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class TranscriptProposal(TenantModel):
    """A sentence of the customer's, word for word, that is worth quoting: where it stands, why it
    is proposed, and the draft that was made of it.
    """

    transcript = TenantForeignKey(Transcript, models.CASCADE, related_name="proposals")
    #: Where it begins; it may go on in the lines below.
    line = TenantForeignKey(TranscriptLine, models.CASCADE, related_name="+")
    start = models.PositiveIntegerField(_("from character"))
    start_ms = models.PositiveIntegerField(_("time"), null=True)
    text = models.TextField(_("sentence"), blank=True)
    reasons = ArrayField(
        models.CharField(max_length=10, choices=Reason), verbose_name=_("why"), default=list
    )
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    before = LineField(_("before"), max_length=60, blank=True, default="")
    after = LineField(_("after"), max_length=60, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=8, choices=ProposalState, default=ProposalState.PROPOSED
    )
    asset = TenantForeignKey(
        Asset,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("draft"),
    )

    class Meta:
        verbose_name = _("proposed sentence")
        ordering = ["-score", "-id"]
        constraints = [
            PROPOSAL.check("transcript_proposal_state_known"),
            models.UniqueConstraint(
                fields=["tenant", "line", "start"], name="transcript_proposal_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="chosen") | models.Q(asset__isnull=False),
                name="transcript_proposal_has_draft",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "transcript", "-score", "-id"], name="transcript_best_first"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
