"""Giving a tenant the usual playbooks (PLB-1.a)."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from activities.playbooks.models import PlaybookStep, PlaybookText
from activities.playbooks.usual.calls import CALLS
from activities.playbooks.usual.seed import PlaybookSeed
from activities.playbooks.usual.stages import STAGES
from activities.playbooks.usual.stories import STORIES
from activities.playbooks.usual.together import TOGETHER
from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocates.models import ActivityType

PLAYBOOKS: tuple[PlaybookSeed, ...] = (*CALLS, *STORIES, *STAGES, *TOGETHER)


def seed_playbooks() -> None:
    """Give the scope's tenant the usual ones, in the language of the moment; what is there
    stays.
    """
    kinds = {kind.code: kind for kind in ActivityType.objects.all()}
    usual = [(kinds[code], seed) for seed in PLAYBOOKS for code in seed.types if code in kinds]
    PlaybookStep.objects.bulk_create(
        [
            PlaybookStep(
                activity_type=kind,
                position=position,
                code=step.code,
                text=str(step.text),
                step=step.step,
                anchor=step.anchor,
                days=step.days,
            )
            for kind, position, step in _numbered(usual, "steps")
        ],
        ignore_conflicts=True,
    )
    PlaybookText.objects.bulk_create(
        [
            PlaybookText(
                activity_type=kind,
                position=position,
                code=text.code,
                kind=text.kind,
                title=str(text.title),
                body=str(text.body).strip(),
            )
            for kind, position, text in _numbered(usual, "texts")
        ],
        ignore_conflicts=True,
    )


def _numbered(
    usual: list[tuple[ActivityType, PlaybookSeed]], name: str
) -> Iterator[tuple[ActivityType, int, Any]]:
    for kind, seed in usual:
        for position, part in enumerate(getattr(seed, name), start=1):
            yield kind, position, part


def seed_new_tenant(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``tenant.created``, once its kinds of activity are there."""
    seed_playbooks()
