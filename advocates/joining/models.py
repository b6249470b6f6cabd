"""Nominations and invitations: the way from "she would be great" to "I am in" (IDN-2, ENR-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocates.joining.choices import InvitationState, NominationOrigin, NominationState
from advocates.joining.lifecycle import INVITATION, NOMINATION
from advocates.people.models import Advocate
from advocates.program.catalogue.models import ActivityType


class Nomination(TenantModel):
    """Somebody is proposed for the program, by a colleague or by themselves, with reasons; the
    program decides (IDN-2).
    """

    advocate = TenantForeignKey(
        Advocate, models.PROTECT, related_name="nominations", verbose_name=_("person")
    )
    origin = models.CharField(
        _("came from"),
        max_length=10,
        choices=NominationOrigin,
        default=NominationOrigin.COLLEAGUE,
    )
    #: The colleague; nobody for a person who offered to help of their own accord.
    nominated_by = TenantForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", verbose_name=_("nominated by")
    )
    reasons = models.TextField(_("why this person"))
    state = models.CharField(
        _("state"), max_length=10, choices=NominationState, default=NominationState.SUBMITTED
    )
    #: Criterion's code → met (true), not met (false), unknown (null), as they stood when somebody
    #: last decided anything about it. Codes only: the facts stay with the account and the person.
    criteria = models.JSONField(default=dict)
    override_reason = models.TextField(_("why all the same"), blank=True, default="")
    return_reason = models.TextField(_("why not now"), blank=True, default="")
    decided_by = TenantForeignKey(
        Membership, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    #: When the person who nominated has looked at what became of it.
    seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("nominated"), default=clock.now, editable=False)
    #: By when it is decided; it keeps what was promised when it came in.
    decide_by = models.DateTimeField(_("to be decided by"), null=True, editable=False)

    class Meta:
        verbose_name = _("nomination")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "advocate"],
                condition=models.Q(state="submitted"),
                name="nomination_open_once",
                violation_error_message=_("This person is nominated already."),
            ),
            NOMINATION.check("nomination_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="submitted", decided_at__isnull=True)
                | (~models.Q(state="submitted") & models.Q(decided_at__isnull=False)),
                name="nomination_decided_when",
            ),
            models.CheckConstraint(
                condition=models.Q(origin="colleague", nominated_by__isnull=False)
                | models.Q(origin="self", nominated_by__isnull=True),
                name="nomination_comes_from",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "created_at"],
                condition=models.Q(state="submitted"),
                name="nomination_open",
            ),
            models.Index(fields=["tenant", "nominated_by", "-created_at"], name="nomination_mine"),
            models.Index(fields=["tenant", "created_at", "id"], name="nomination_by_time"),
        ]

    def __str__(self) -> str:
        return str(self.advocate)

    @property
    def is_own(self) -> bool:
        """Whether the person offered to help of their own accord."""
        return self.origin == NominationOrigin.SELF

    @property
    def nominator(self) -> str:
        """Who proposed them, by name. Reads ``nominated_by.user`` or ``advocate``."""
        return self.nominated_by.name if self.nominated_by else self.advocate.name


class NominationWish(TenantModel):
    """A kind of help somebody would enjoy, said when they offered it (IDN-2)."""

    nomination = TenantForeignKey(Nomination, models.CASCADE, related_name="wishes")
    activity_type = TenantForeignKey(ActivityType, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "nomination", "activity_type"], name="nomination_wish_once"
            ),
        ]


class ProgramInvitation(TenantModel):
    """A personal invitation into the program, answered on its link (ENR-1)."""

    advocate = TenantForeignKey(Advocate, models.PROTECT, related_name="invitations")
    sender = TenantForeignKey(
        Membership, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=InvitationState, default=InvitationState.SENT
    )
    #: Why them, what is asked of them, what they get: the three parts of the letter (ENR-1.d).
    #: Without one's own words the last two are the usual ones.
    personal_line = models.TextField(_("why them"), blank=True, default="")
    asked = models.TextField(_("what is asked"), blank=True, default="")
    gives = models.TextField(_("what they get"), blank=True, default="")
    #: Why no touch came before, and why it does not come from the right level (ENR-1.b, c).
    skip_reason = models.TextField(_("why nobody was in touch before"), blank=True, default="")
    level_reason = models.TextField(_("why from somebody else"), blank=True, default="")
    sent_at = models.DateTimeField(_("sent"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("works until"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    decline_reason = models.CharField(_("why not"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "advocate"],
                condition=models.Q(state="sent"),
                name="program_invitation_open_once",
                violation_error_message=_("This person is invited already."),
            ),
            INVITATION.check("program_invitation_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="sent", answered_at__isnull=True)
                | (~models.Q(state="sent") & models.Q(answered_at__isnull=False)),
                name="program_invitation_answered_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.advocate)
