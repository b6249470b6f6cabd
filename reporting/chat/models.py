"""Where a colleague's Today is posted as well, and what was posted (MSG-5.c)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField
from reporting.chat.lifecycle import CHAT, ChatState


class ChatKind(models.TextChoices):
    """Whose webhook it is; by mail there is none."""

    SLACK = "slack", _("Slack")
    TEAMS = "teams", _("Microsoft Teams")
    MAIL = "mail", _("E-mail")


class ChatConnection(TenantModel):
    """A webhook that a colleague's Today is posted to (MSG-5.c).

    Whoever has its address can post there, so it is kept encrypted (``addresses``) and shown by
    its end alone.
    """

    member = TenantForeignKey(
        Membership, models.CASCADE, editable=False, related_name="+", verbose_name=_("whose Today")
    )
    kind = models.CharField(_("where"), max_length=5, choices=ChatKind)
    name = LineField(
        _("called"), max_length=100, blank=True, default="", help_text=_("The channel's name.")
    )
    sealed = models.TextField(blank=True, default="", editable=False)
    shown = LineField(max_length=100, blank=True, default="", editable=False)
    state = models.CharField(
        _("state"), max_length=7, choices=ChatState, default=ChatState.ON, editable=False
    )
    #: Why it took nothing, in its own words.
    problem = LineField(max_length=300, blank=True, default="", editable=False)
    attempts = models.SmallIntegerField(default=0, editable=False)
    look_at = models.DateTimeField(default=clock.now, editable=False)
    posted_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("chat")
        ordering = ["-created_at", "-id"]
        constraints = [
            CHAT.check("chat_state_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=ChatKind.values), name="chat_kind_known"
            ),
            models.UniqueConstraint(
                fields=["tenant", "member", "kind"],
                condition=~models.Q(state="off"),
                name="chat_one_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "look_at"], condition=models.Q(state="on"), name="chat_due"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())


class ChatPost(TenantModel):
    """One thing of somebody's Today that was posted, so that it is posted once."""

    connection = TenantForeignKey(ChatConnection, models.CASCADE, related_name="posts")
    work = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "connection", "work", "subject_id"], name="chat_post_once"
            ),
        ]
