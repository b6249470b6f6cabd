"""The event log: what happened, about what, sealed in order (AUD-1, AUD-2).

Four tables, because they change at different times. ``Event`` is written in the transaction of
the change and never again. ``EventSubject`` says on whose timelines it appears. ``PendingSeal``
is the sealer's to-do list. ``EventSeal`` gives each event its place in the tenant's sequence
after commit, since numbering inside the request would serialise the tenant.

What seals is the owner's function ``seal_events``; the application's role may only read seals and
chain, and put events on the list but not take them off it. So it can neither cut nor rewrite
what is sealed, nor keep an event from being sealed. Every column of these tables is covered by a
seal's digest (``digests``) or by the walk that checks it (``verification``).
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.constraints import AppendOnly
from advocacy.tenancy.models import Membership


class Event(TenantModel):
    """One state change. The payload holds ids and codes only, never personal data (GDPR-1)."""

    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    actor_kind = models.CharField(max_length=10)
    actor = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    actor_ref = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=50, blank=True, default="")
    verb = models.CharField(_("what"), max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    payload = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            AppendOnly(name="events_event_append_only"),
            models.CheckConstraint(
                condition=models.Q(actor_kind__in=["member", "advocate", "token", "system"]),
                name="event_actor_kind_known",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-at", "-id"], name="event_recent"),
            models.Index(fields=["tenant", "verb", "-at"], name="event_by_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class EventSubject(TenantModel):
    """A record on whose timeline an event appears."""

    event = TenantForeignKey(Event, models.PROTECT, related_name="subjects")
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            AppendOnly(name="events_eventsubject_append_only"),
            models.UniqueConstraint(
                fields=["tenant", "event", "subject_id"], name="event_subject_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "subject_id", "-at"], name="event_timeline"),
        ]


class PendingSeal(TenantModel):
    """An event that waits for its place in the sequence; deleted when sealed."""

    application_may: ClassVar[frozenset[str]] = frozenset({"SELECT", "INSERT"})

    event = TenantForeignKey(Event, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "event"], name="pending_seal_once"),
        ]


class EventSeal(TenantModel):
    """An event's place in the tenant's dense sequence, and the hash that chains it (AUD-2)."""

    application_may: ClassVar[frozenset[str]] = frozenset({"SELECT"})

    event = TenantForeignKey(Event, models.PROTECT, related_name="seal")
    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        constraints = [
            AppendOnly(name="events_eventseal_append_only"),
            models.UniqueConstraint(fields=["tenant", "seq"], name="event_seal_seq"),
            models.UniqueConstraint(fields=["tenant", "event"], name="event_seal_once"),
        ]


class Chain(TenantModel):
    """The head of a tenant's sequence; its row lock makes sealing one at a time.

    ``lock_chain`` makes the row. Its id is what the first seal's digest is chained to.
    """

    application_may: ClassVar[frozenset[str]] = frozenset({"SELECT"})

    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="event_chain_once")]
