"""The tenant's own weights for matching (MAT-1)."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenant_settings.services import Moved, permit, whom_it_moves
from advocates.models import ActivityType
from advocates.people.selectors import advocate_names
from requests.matching.criteria import CRITERIA, weights_for
from requests.matching.good_fits import standing_of_fits
from requests.matching.settings import MOST
from requests.models import MatchingWeights


@transaction.atomic
def save_weights(
    *, actor: Actor, weights: Mapping[str, int], activity_type: ActivityType
) -> MatchingWeights:
    """Set how much each criterion counts for one type; what is not given stays as it counts now.

    Those of all types without their own are settings (``GeneralWeights``).

    Raises :class:`DomainError` naming the field for a weight outside 0 to 100, an unknown
    criterion, or weights that are all 0; :class:`NotAllowed` without ``settings.rules``.
    """
    permit(actor, "settings.rules")
    problems = {
        name: _("Enter a number from 0 to %(most)d.") % {"most": MOST}
        for name, weight in weights.items()
        if name not in CRITERIA or not 0 <= weight <= MOST
    }
    if problems:
        raise DomainError(_("These weights cannot be."), fields=problems)
    before = {**weights_for(activity_type.pk)}
    row = MatchingWeights.objects.filter(activity_type=activity_type).first() or MatchingWeights(
        activity_type=activity_type, **before
    )
    for name, weight in weights.items():
        setattr(row, name, weight)
    if not any(getattr(row, name) for name in CRITERIA):
        raise DomainError(
            _("At least one criterion must count."),
            fields={CRITERIA[0]: _("Give at least one criterion more than 0.")},
        )
    row.save()
    changed = {n: [before[n], getattr(row, n)] for n in CRITERIA if before[n] != getattr(row, n)}
    record(
        "matching_weights.changed",
        row,
        actor=actor,
        payload={"type": activity_type.code, "changed": changed},
    )
    return row


@transaction.atomic
def reset_weights(*, actor: Actor, activity_type: ActivityType) -> None:
    """Let a type follow the general weights again."""
    permit(actor, "settings.rules")
    row = MatchingWeights.objects.filter(activity_type=activity_type).first()
    if row is None:
        return
    record("matching_weights.reset", row, actor=actor, payload={"type": activity_type.code})
    row.delete()


def preview_weights(
    *, actor: Actor, weights: Mapping[str, int], activity_type: ActivityType
) -> list[Moved]:
    """Whom these weights would make a good fit, or none any more, for the open requests of the
    type. Nothing stays of it. Raises what :func:`save_weights` raises.
    """

    def change() -> None:
        save_weights(actor=actor, weights=weights, activity_type=activity_type)

    return whom_it_moves(
        change, standing=lambda: standing_of_fits(activity_type), names=advocate_names
    )
