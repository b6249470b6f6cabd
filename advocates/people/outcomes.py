"""What a customer achieved, as the advocate tells it (ADV-3)."""

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records.writes import tidy
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocates.access import require_change
from advocates.accounts.choices import TagKind
from advocates.accounts.tags import tags_named
from advocates.changes import check_fields, required
from advocates.models import (
    Advocate,
    Outcome,
)
from advocates.people.traces import require_not_erased
from advocates.scoring.services import evaluate_scores


@transaction.atomic
def add_outcome(
    *,
    actor: Actor,
    advocate: Advocate,
    metric: str,
    before: str = "",
    after: str = "",
    period: str = "",
    narrative: str = "",
    may_be_quoted: bool = False,
    use_case: str = "",
) -> Outcome:
    """Add a measurable result the customer reached (ADV-3)."""
    require_change(actor, "advocates.edit", advocate.account)
    require_not_erased(advocate)
    tags = tags_named(TagKind.USE_CASE, [use_case])
    outcome = Outcome(
        advocate=advocate,
        metric=tidy(metric),
        before=tidy(before),
        after=tidy(after),
        period=tidy(period),
        narrative=tidy(narrative),
        may_be_quoted=may_be_quoted,
        use_case=tags[0] if tags else None,
    )
    if not outcome.metric:
        raise required(outcome, "metric")
    check_fields(outcome, ["metric", "before", "after", "period", "narrative"])
    outcome.save(force_insert=True)
    record(
        "advocate.outcome_added",
        advocate,
        actor=actor,
        payload={"outcome": str(outcome.pk), "may_be_quoted": may_be_quoted},
        about=[advocate.account],
    )
    evaluate_scores(advocate_ids=[advocate.pk])
    return outcome


@transaction.atomic
def remove_outcome(*, actor: Actor, outcome: Outcome) -> None:
    """Take an outcome away that was recorded in error (ADV-3)."""
    advocate = outcome.advocate
    require_change(actor, "advocates.edit", advocate.account)
    gone, _rows = Outcome.objects.filter(pk=outcome.pk).delete()
    if not gone:
        raise Conflict(_("This outcome was removed already."))
    record("advocate.outcome_removed", advocate, actor=actor, payload={"outcome": str(outcome.pk)})
    evaluate_scores(advocate_ids=[advocate.pk])
