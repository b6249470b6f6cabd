"""What a CRM's stage names mean here, and the deals that follow (OPP-1)."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record, record_many
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocates.access import require_change
from requests.models import Opportunity, StageMapping
from requests.opportunities.choices import Stage
from requests.opportunities.outcomes import ENDED, record_outcomes
from requests.opportunities.services import stage_of


@transaction.atomic
def save_stage_mappings(*, actor: Actor, stages: Mapping[str, str]) -> int:
    """Say what stages mean; nothing for a name means that nobody says any more (open, unless it is
    plainly won or lost).

    Names that are not given stay as they are; upper and lower case are the same name. Deals in a
    stage whose meaning changed follow at once, each with its event. Returns how many did.
    Raises ``DomainError`` for a meaning that is none, ``NotAllowed``.
    """
    require_change(actor, "settings.rules")
    for name, stage in stages.items():
        if stage and stage not in Stage.values:
            raise DomainError(
                _("“%(name)s”: choose from %(known)s.")
                % {"name": name, "known": ", ".join(Stage.values)}
            )
    known = {row.crm_stage.casefold(): row for row in StageMapping.objects.select_for_update()}
    moved = 0
    for name, stage in stages.items():
        row = known.get(name.casefold())
        before = row.stage if row else ""
        if before == stage:
            continue
        if row is None:
            row = StageMapping.objects.create(crm_stage=name.strip()[:100], stage=stage)
        elif stage:
            row.stage = stage
            row.save(update_fields=["stage"])
        else:
            # The row is told of, then gone.
            StageMapping.objects.filter(pk=row.pk).delete()
        record("stage_mapping.changed", row, actor=actor, payload={"from": before, "to": stage})
        unsaid = stage_of(row.crm_stage, {})
        moved += _move_deals(actor, row.crm_stage, before or unsaid, stage or unsaid)
    return moved


def _move_deals(actor: Actor, name: str, before: str, stage: str) -> int:
    deals = list(
        Opportunity.objects.select_related("account")
        .select_for_update(no_key=True, of=("self",))
        .filter(crm_stage__iexact=name)
        # What ended otherwise than its stage said ended by somebody's own word.
        .exclude(stage__in=[stage, *(ENDED - {before})])
        .order_by("pk")
    )
    told = [
        (
            deal,
            {"fields": ["stage"], "changes": {"stage": [deal.stage, stage]}},
            [deal.account] if deal.account else [],
        )
        for deal in deals
    ]
    stood = [(deal, deal.stage) for deal in deals]
    Opportunity.objects.filter(pk__in=[deal.pk for deal in deals]).update(
        stage=stage, updated_at=clock.now()
    )
    for deal in deals:
        deal.stage = stage
    record_many("opportunity.updated", told, actor=actor)
    record_outcomes(stood, actor=actor)
    return len(deals)


def known_stages() -> list[str]:
    """The stages that mean something here, to choose from."""
    return list(StageMapping.objects.order_by("crm_stage").values_list("crm_stage", flat=True))


def stages_seen() -> list[dict[str, Any]]:
    """Every stage name that is mapped or occurs, with its meaning and its number of deals."""
    counts: dict[str, tuple[str, int]] = {}
    rows = Opportunity.objects.exclude(crm_stage="").order_by("crm_stage")
    for name, count in rows.values_list("crm_stage").annotate(models.Count("pk")):
        shown, before = counts.get(name.casefold(), (name, 0))
        counts[name.casefold()] = (shown, before + count)
    found = [
        {
            "name": row.crm_stage,
            "stage": row.stage,
            "deals": counts.pop(row.crm_stage.casefold(), ("", 0))[1],
        }
        for row in StageMapping.objects.order_by("crm_stage")
    ]
    unknown = [{"name": name, "stage": "", "deals": count} for name, count in counts.values()]
    return [*sorted(unknown, key=lambda each: str(each["name"])), *found]
