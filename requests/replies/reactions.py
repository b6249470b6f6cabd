"""What becomes of answers by mail when the ask itself is answered (MSG-5)."""

from django.db import models

from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from requests.models import Ask, AskReply
from requests.replies.lifecycle import REPLY, ReplyState


def on_answered(event: Event, ask: models.Model, actor: Actor) -> None:
    """Subscriber: whoever wrote the answer down, or gave it, has dealt with what came by mail."""
    if not isinstance(ask, Ask):
        return
    for reply in AskReply.objects.filter(ask=ask, state=ReplyState.WAITING).order_by("pk"):
        if REPLY.attempt(reply, "settle"):
            record(REPLY["settle"].verb, reply, actor=actor, about=ask.about)
