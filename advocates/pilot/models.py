"""Who was asked how the pilot was, what they said, and what is made of it (PIL-1)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocates.people.models import Advocate
from advocates.pilot.lifecycle import VOICE, Decision, VoiceState

LONGEST = 2000


def _words(name: Any) -> models.TextField:  # type: ignore[type-arg]
    return LimitedText(name, max_length=LONGEST, blank=True, default="")


class PilotVoice(TenantModel):
    """An advocate of the pilot, or a colleague who was part of it."""

    advocate = TenantForeignKey(
        Advocate, models.CASCADE, null=True, blank=True, related_name="pilot_voices"
    )
    member = TenantForeignKey(
        Membership, models.CASCADE, null=True, blank=True, related_name="pilot_voices"
    )
    state = models.CharField(_("state"), max_length=8, choices=VoiceState, default=VoiceState.ASKED)
    asked_by = TenantForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answered_at = models.DateTimeField(_("answered"), null=True)
    worked = _words(_("What worked?"))
    did_not = _words(_("What did not?"))
    change = _words(_("What should change?"))
    decision = models.CharField(
        _("decision"), max_length=6, choices=Decision, blank=True, default=""
    )
    owner = TenantForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    note = LimitedText(_("why, and what exactly"), max_length=1000, blank=True, default="")
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = TenantForeignKey(Membership, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("pilot answer")
        ordering = ["-asked_at", "id"]
        constraints = [
            VOICE.check("pilot_voice_state_known"),
            models.UniqueConstraint(fields=["tenant", "advocate"], name="pilot_voice_advocate"),
            models.UniqueConstraint(fields=["tenant", "member"], name="pilot_voice_member"),
            models.CheckConstraint(
                condition=models.Q(advocate__isnull=True) ^ models.Q(member__isnull=True),
                name="pilot_voice_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=["", *Decision.values]),
                name="pilot_voice_decision_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="decided")
                | ~models.Q(decision="") & models.Q(decided_at__isnull=False),
                name="pilot_voice_decided_how",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Who it is."""
        who = self.advocate or self.member
        return who.name if who else ""
