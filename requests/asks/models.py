"""One question to one advocate (ASK-1)."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from advocates.models import Advocate, Participation
from requests.asks.choices import AnsweredBy, AskState, OwnerSaid
from requests.asks.lifecycle import ASK
from requests.requests.models import Request


class Ask(TenantModel):
    """An ask. It takes its unit of the ledger the moment it is made, also while its account's owner
    has a say (docs/decisions/0038).
    """

    request = TenantForeignKey(Request, models.PROTECT, related_name="asks")
    advocate = TenantForeignKey(Advocate, models.PROTECT, related_name="asks")
    participation = TenantForeignKey(Participation, models.PROTECT, related_name="+")
    activity = TenantForeignKey(Activity, models.PROTECT, null=True, related_name="asks")
    sender = TenantForeignKey(Membership, models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=AskState, default=AskState.SENT)
    score = models.PositiveSmallIntegerField(null=True)
    override_reason = models.CharField(max_length=300, blank=True, default="")
    subject = LineField(max_length=200)
    message = models.TextField()
    #: In which the letter is written, and so the page around it.
    language = models.CharField(max_length=8, blank=True, default="")
    #: Whether it went out: not while the account's owner has a say, and not if it ended then.
    is_sent = models.BooleanField(default=True, db_default=True)
    #: When it went out; until then, when it was proposed.
    sent_at = models.DateTimeField(default=clock.now)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    #: Until when the advocate can answer; of a proposed one, until when its owner can.
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=10, choices=AnsweredBy, blank=True, default="")
    answer_recorded_by = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    decline_reason = models.CharField(max_length=500, blank=True, default="")
    later_on = models.DateField(null=True)
    suggested_name = LineField(max_length=200, blank=True, default="")
    suggested_email = models.EmailField(blank=True, default="")
    time_note = models.CharField(
        max_length=300, blank=True, default="", help_text=_("Another time, in the person's words.")
    )

    #: When the account's owner was asked, and who was: the owner or who had their things then.
    proposed_at = models.DateTimeField(null=True)
    say_of = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    #: When it goes out unless they say otherwise; none where it takes their yes.
    say_until = models.DateTimeField(null=True)
    #: Why it takes their yes: codes of ``asks.because``, with spaces between.
    say_because = models.CharField(max_length=60, blank=True, default="", db_default="")
    said = models.CharField(max_length=10, choices=OwnerSaid, blank=True, default="", db_default="")
    said_at = models.DateTimeField(null=True)
    said_by = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    say_note = models.CharField(_("reason"), max_length=500, blank=True, default="", db_default="")
    not_before = models.DateField(
        _("not before"), null=True, help_text=_("The day from which on it may go out.")
    )

    #: When the advocate was asked for other times than those offered; none while a time may be
    #: picked.
    times_asked_at = models.DateTimeField(null=True)
    #: Why none of the times suits the prospect, in their words, since they were last let choose.
    time_wish = models.CharField(max_length=500, blank=True, default="", db_default="")
    time_wished_at = models.DateTimeField(null=True)
    #: Of two records of one person both were asked for the same request; this is the second ask.
    is_merged = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "participation"], name="ask_unit_once"),
            models.UniqueConstraint(
                fields=["tenant", "request", "advocate"],
                condition=models.Q(is_merged=False),
                name="ask_once_per_request",
            ),
            ASK.check("ask_state_known"),
            models.CheckConstraint(
                condition=models.Q(said="") | models.Q(said__in=OwnerSaid.values),
                name="ask_said_known",
            ),
            models.CheckConstraint(
                condition=(models.Q(is_sent=True) & ~models.Q(state__in=["proposed", "not_asked"]))
                | models.Q(
                    is_sent=False, state__in=["proposed", "not_asked", "filled", "cancelled"]
                ),
                name="ask_sent_or_not",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "expires_at"],
                condition=models.Q(state="sent"),
                name="ask_waiting",
            ),
            models.Index(
                fields=["tenant", "expires_at"],
                condition=models.Q(state="proposed"),
                name="ask_proposed",
            ),
            models.Index(fields=["tenant", "advocate", "-sent_at"], name="ask_by_advocate"),
            # How often somebody says yes, without a look at the rows (MAT-1).
            models.Index(
                fields=["tenant", "advocate", "state"],
                condition=models.Q(state__in=["accepted", "declined", "later", "someone_else"]),
                name="ask_answers",
            ),
        ]

    def __str__(self) -> str:
        # Without the advocate, whose name is not for everybody (VIS-1).
        return gettext("The ask for %(request)s") % {"request": self.request}

    @property
    def about(self) -> list[models.Model]:
        """The records on whose timelines it appears."""
        return [self.request, self.advocate, self.advocate.account]


class AskSlot(TenantModel):
    """A time proposed with an ask; ``offered`` when the advocate ticked it, ``picked`` when the
    call takes place then.
    """

    ask = TenantForeignKey(Ask, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    offered = models.BooleanField(default=False)
    picked = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "ask", "starts_at"], name="ask_slot_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="ask_slot_order"
            ),
        ]
