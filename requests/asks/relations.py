"""What answers say of a relationship: how fast and how often a yes (REL-1)."""

from django.db import models

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocates.scoring import sources
from advocates.scoring.services import evaluate_scores
from requests.asks.models import Ask

#: An ask that was withdrawn or filled says nothing of whoever was asked.
_ANSWERS = """
SELECT advocate_id, sent_at AS asked_at, answered_at, state = 'accepted' AS accepted
  FROM requests_ask
 WHERE tenant_id = %(tenant)s AND sent_at >= year_start(%(zone)s)
   AND state IN ('accepted', 'declined', 'later', 'someone_else', 'expired')
"""


def register() -> None:
    """Called once, when the application is ready."""
    sources.register_answers(_ANSWERS)


def on_answered(event: Event, ask: models.Model, actor: Actor) -> None:
    """Somebody answered, or nobody did in time."""
    assert isinstance(ask, Ask)  # noqa: S101 - these verbs have no other subject
    evaluate_scores(advocate_ids=[ask.advocate_id])
