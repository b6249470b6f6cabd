"""What is done with an advocate becomes a draft (ACT-2.c); what was made of nothing, or of somebody
who is not known any more, is put away.
"""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from activities.activities.models import Activity
from activities.assets.choices import AssetKind
from activities.assets.kinds import made_by
from activities.assets.lifecycle import LIVE, AssetState
from activities.assets.models import Asset
from activities.assets.services import (
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    begin_asset,
    put_away,
)
from activities.assets.times import owners_turn
from activities.duties.services import responsible_for
from activities.playbooks.choices import TextKind
from activities.playbooks.models import PlaybookText
from advocacy.events.models import Event
from advocacy.languages import spoken
from advocacy.tenancy.actors import Actor
from advocates.language import language_of
from advocates.models import Advocate
from advocates.responsibilities.steps import Step

ACTOR = Actor.system("content")


def on_completed(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: a completed activity that produces something opens its draft."""
    assert isinstance(subject, Activity)  # noqa: S101 - its own events
    kind, advocate = made_by(subject.activity_type), subject.advocate
    if kind is None or subject.is_outside:
        # What was logged lies where it was made; its draft is begun by hand.
        return
    if Asset.objects.filter(activity=subject, kind=kind, is_excerpt=False).exists():
        return
    owner = responsible_for(subject, Step.PRODUCE) or subject.owner or advocate.account.owner
    with translation.override(spoken(language_of(advocate))):
        title = _("%(kind)s: %(name)s, %(company)s") % {
            "kind": kind.label,
            "name": advocate.name,
            "company": advocate.account.name,
        }
    asset = begin_asset(
        actor=ACTOR,
        kind=kind,
        advocate=advocate,
        activity=subject,
        title=title[:200],
        owner=owner,
        language=spoken(language_of(advocate)),
        topic=subject.detail[:100],
        attribution=_who_speaks(advocate),
        questions=usual_questions(subject, kind),
    )
    Asset.objects.filter(pk=asset.pk).update(due_at=owners_turn(asset))


def usual_questions(activity: Activity | None, kind: str) -> list[str]:
    """What the playbook of its type asks, line by line; else what every testimonial is asked."""
    if activity is not None:
        texts = PlaybookText.objects.filter(
            activity_type=activity.activity_type, kind=TextKind.PROMPTS, state="in_use"
        )
        lines = [
            line.lstrip("-* ").strip() for text in texts[:1] for line in text.body.splitlines()
        ]
        if found := [
            line for line in lines if line.endswith("?") and len(line) <= LONGEST_QUESTION
        ][:MOST_QUESTIONS]:
            return found
    if kind not in (AssetKind.QUOTE, AssetKind.VIDEO, AssetKind.CASE_STUDY, AssetKind.ARTICLE):
        return []
    return [
        _("What was difficult before, and for whom?"),
        _("What did you change, and how did it go?"),
        _("What is different now? A number helps: how much, how many, how fast."),
        _("What should somebody know who is about to decide? Criticism is welcome."),
    ]


def on_voided(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: what never happened leaves no draft; one that was sent stays its owner's."""
    rows = Asset.objects.filter(activity=subject.pk, state=AssetState.DRAFT)
    for asset in rows.select_for_update(of=("self",), skip_locked=True).order_by("pk"):
        put_away(asset, ACTOR, _("What it came from was recorded in error."))


def on_erased(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: nothing of somebody whose data is erased is shown any more (GDPR-1)."""
    assert isinstance(subject, Advocate)  # noqa: S101 - its own events
    rows = Asset.objects.filter(advocate=subject, state__in=LIVE)
    for asset in rows.select_for_update(of=("self",)).order_by("pk"):
        put_away(asset, ACTOR, _("Their data was erased."))


def _who_speaks(advocate: Advocate) -> str:
    parts = (advocate.name, advocate.job_title, advocate.account.name)
    return ", ".join(part for part in parts if part)[:200]
