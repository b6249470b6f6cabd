"""Keeping passages and their terms: with each change of what they are of, and every night for
what was written past the services (imports, history brought along).
"""

import uuid
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet

from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.evidence.models import Passage, PassageTerm, SourceKind
from activities.evidence.passages import Cut, passages_of_asset, passages_of_outcome
from activities.evidence.terms import weighed
from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocates.models import Advocate, Outcome

_AT_ONCE = 200
_CUT: dict[str, Callable[[Any], list[Cut]]] = {
    SourceKind.ASSET: passages_of_asset,
    SourceKind.OUTCOME: passages_of_outcome,
}


def on_asset(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: a piece was begun, or its words or language changed."""
    assert isinstance(subject, Asset)  # noqa: S101 - its own events
    index(SourceKind.ASSET, _assets().filter(pk=subject.pk))


def on_outcome(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: an outcome was added; of one that was removed the trigger took the passages."""
    index(SourceKind.OUTCOME, _outcomes().filter(pk=event.payload["outcome"]))


def on_erased(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: what the erasure left of words is found by nothing else (GDPR-1)."""
    assert isinstance(subject, Advocate)  # noqa: S101 - its own events
    mine = [
        *Asset.objects.filter(advocate=subject).values_list("pk", flat=True),
        *Outcome.objects.filter(advocate=subject).values_list("pk", flat=True),
    ]
    drop(mine)


@transaction.atomic
def index_missing(tenant_id: uuid.UUID) -> int:
    """The schedule's handler, and the command's: what has no passages yet gets them. Returns how
    many sources that were.
    """
    without = ~Exists(Passage.objects.filter(object_id=OuterRef("pk")))
    return index(SourceKind.ASSET, _assets().filter(without)) + index(
        SourceKind.OUTCOME, _outcomes().filter(without)
    )


@transaction.atomic
def index_everything() -> int:
    """All passages anew: after the rules for terms changed."""
    PassageTerm.objects.all().delete()
    Passage.objects.all().delete()
    return index(SourceKind.ASSET, _assets()) + index(SourceKind.OUTCOME, _outcomes())


def _assets() -> QuerySet[Asset]:
    """What was retired is looked for by nobody."""
    return Asset.objects.exclude(state=AssetState.RETIRED)


def _outcomes() -> QuerySet[Outcome]:
    return Outcome.objects.select_related("use_case")


def index(kind: str, rows: QuerySet[Any]) -> int:
    """Passages of these rows in the place of those they had; returns of how many rows. Locks them,
    and leaves alone what somebody is changing: its own event comes.
    """
    pks, count = list(rows.order_by("pk").values_list("pk", flat=True)), 0
    for start in range(0, len(pks), _AT_ONCE):
        part = list(
            rows.filter(pk__in=pks[start : start + _AT_ONCE])
            .select_for_update(no_key=True, skip_locked=True, of=("self",))
            .order_by("pk")
        )
        drop([row.pk for row in part])
        keep_passages(kind, ((r.pk, cut) for r in part for cut in enumerate(_CUT[kind](r))))
        count += len(part)
    return count


def drop(object_ids: Collection[uuid.UUID]) -> None:
    """No passages of these any more."""
    old = Passage.objects.filter(object_id__in=object_ids)
    PassageTerm.objects.filter(passage__in=old).delete()
    old.delete()


def keep_passages(kind: str, found: Iterable[tuple[uuid.UUID, tuple[int, Cut]]]) -> None:
    """Write passages of one kind, and what finds them, in two statements."""
    passages, terms = [], []
    for object_id, (position, cut) in found:
        passage = Passage(
            kind=kind,
            object_id=object_id,
            part=cut.part,
            position=position,
            language=cut.language,
            text=cut.text,
        )
        passages.append(passage)
        terms += [
            PassageTerm(passage=passage, term=term, weight=weight)
            for term, weight in weighed(cut.text, cut.beside, cut.language).items()
        ]
    Passage.objects.bulk_create(passages)
    PassageTerm.objects.bulk_create(terms, batch_size=5_000)
