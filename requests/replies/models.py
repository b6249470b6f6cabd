"""An answer to an ask, as it came by mail (MSG-5.b)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from requests.asks.models import Ask
from requests.replies.lifecycle import REPLY, ReplyState


class AskReply(TenantModel):
    """What an advocate wrote back instead of answering on the ask's page (MSG-5)."""

    ask = TenantForeignKey(
        Ask, models.CASCADE, related_name="replies", verbose_name=_("the ask it answers")
    )
    text = LimitedText(
        _("what they wrote"), max_length=20_000, help_text=_("Without what they quoted.")
    )
    #: With what they quoted, where it came as a mail.
    whole = models.TextField(blank=True, default="", editable=False)
    received_at = models.DateTimeField(_("when it came"), default=clock.now)
    from_name = LineField(max_length=200, blank=True, default="", editable=False)
    from_address = LineField(max_length=254, blank=True, default="", editable=False)
    message_id = LineField(max_length=500, blank=True, default="", editable=False)
    state = models.CharField(
        _("state"), max_length=7, choices=ReplyState, default=ReplyState.WAITING, editable=False
    )
    recorded_by = TenantForeignKey(
        Membership, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("answer by mail")
        ordering = ["-received_at", "-id"]
        constraints = [
            REPLY.check("ask_reply_state_known"),
            models.UniqueConstraint(
                fields=["tenant", "ask", "message_id"],
                condition=~models.Q(message_id=""),
                name="ask_reply_once",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-received_at"], name="ask_reply_by_time"),
            models.Index(
                fields=["tenant", "received_at"],
                condition=models.Q(state="waiting"),
                name="ask_reply_waiting",
            ),
        ]

    def __str__(self) -> str:
        return str(self.ask)

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether it came from another address than the one that was written to."""
        theirs = self.ask.advocate.email
        return bool(self.from_address and self.from_address.lower() != theirs.lower())
