"""Content in every state: a library that grew over the year, and what lies on the table today
(AST-1, APR-1). Everything goes through the services, the advocates' words on their links as well.
"""

from datetime import datetime, timedelta
from itertools import cycle

from django.db.models import Q

from activities.asset_approvals.lifecycle import StepState
from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.services import approve_step, plan_step, refuse_step
from activities.assets.choices import LINKED, AssetKind
from activities.assets.confirming import answer_questions, confirm_asset
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.assets.selectors import with_beside
from activities.assets.services import (
    ask_advocate,
    publish_asset,
    retire_asset,
    send_asset,
    update_asset,
)
from activities.distribution.lifecycle import Derived
from activities.distribution.models import Placement, Repurposing
from activities.distribution.services import (
    drop_repurposing,
    finish_placement,
    update_repurposing,
)
from activities.loops.models import LoopDuty
from activities.loops.services import close_loop
from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocates.models import Consent
from advocates.people.consents import withdraw_consent
from demo import content_words as words
from demo.cast import Cast
from demo.timeline import at

#: So many of the year's drafts were published, the others lie where they are today.
_PUBLISHED = 9
#: What was published before is placed; the last one still goes somewhere.
_LATELY = timedelta(days=14)
#: What was begun before and is not out is flagged.
_LYING = timedelta(days=75)
_QUOTES = cycle(words.QUOTES)


def fill_library(cast: Cast) -> None:
    """The oldest drafts of the year are published, the newest are in between."""
    drafts = list(with_beside(Asset.objects.filter(state=AssetState.DRAFT)).order_by("created_at"))
    today = list[Asset]()
    for kind, most in ((AssetKind.QUOTE, 5), (AssetKind.CASE_STUDY, 3)):
        today += [asset for asset in drafts if asset.kind == kind][-most:]
    past = [asset for asset in drafts if asset not in today]
    lying = _lying(past)
    for asset in lying:
        _play(cast, asset, asset.created_at, "approvals")
    past = [asset for asset in past if asset not in lying]
    for asset in past[-_PUBLISHED:]:
        _play(cast, asset, asset.created_at, "published")
    for asset in past[:-_PUBLISHED]:
        with at(clock.now() - timedelta(days=30)):
            retire_asset(actor=cast.program, asset=asset, reason=words.RETIRED)
    now = clock.now() - timedelta(days=9)
    steps = ("published", "held", "approved", "approvals", "refused", "review", "answered", "draft")
    for step, asset in zip(steps, today, strict=False):
        _play(cast, asset, max(now, asset.created_at), step)


def _lying(past: list[Asset]) -> list[Asset]:
    """Quotes nobody got round to: asking for another warns (REQ-4.d)."""
    long_ago = clock.now() - _LYING
    return [a for a in past if a.kind == AssetKind.QUOTE and a.created_at < long_ago][-3:]


def _play(cast: Cast, asset: Asset, since: datetime, until: str) -> None:
    """From a draft to where it is, each step on a day of its own."""
    own = Actor.member(asset.owner) if asset.owner else cast.program
    person = Actor.advocate(asset.advocate.pk)
    if until == "draft":
        return
    if until == "answered":
        with at(_at(since, 1)):
            ask_advocate(actor=own, asset=asset)
        with at(_at(since, 2)):
            answers = words.ANSWERS[: len(asset.questions)]
            answer_questions(actor=person, asset=asset, answers=answers, remark=words.REMARK)
        return
    with at(_at(since, 1)):
        update_asset(actor=own, asset=asset, **_words_for(asset))
    with at(_at(since, 2)):
        send_asset(actor=own, asset=asset)
    if until == "review":
        return
    with at(_at(since, 4)):
        _plan_pr(own, asset, until)
        confirm_asset(
            actor=person, asset=asset, number=asset.number, is_honest=True, may_publish=True
        )
    if until == "approvals":
        return
    with at(_at(since, 6)):
        if until == "refused":
            first = AssetApproval.objects.filter(asset=asset, state=StepState.WAITING).first()
            if first is not None:
                refuse_step(actor=Actor.system("demo"), approval=first, comment=words.SENT_BACK)
            return
        while step := AssetApproval.objects.filter(asset=asset, state=StepState.WAITING).first():
            actor = Actor.member(step.assignee) if step.assignee else own
            approve_step(actor=actor, approval=step, comment=words.COMMENT)
    if until == "approved":
        return
    with at(_at(since, 7)):
        slug = f"{asset.kind}-{str(asset.pk)[-4:]}".replace("_", "-")
        url = words.PUBLISHED.format(slug=slug)
        publish_asset(actor=own, asset=asset, published_url=url)
    if since < clock.now() - _LATELY:
        _tell(cast, asset, since)
    if until == "held" or since < clock.now() - _LATELY:
        _distribute(own, asset, since)
    if until == "held":
        given = Consent.objects.filter(advocate=asset.advocate, use="quote", withdrawn_on=None)
        for consent in given.select_related("advocate__account"):
            withdraw_consent(actor=cast.program, consent=consent)


def _distribute(own: Actor, asset: Asset, since: datetime) -> None:
    """What was published long ago is where it was to go, and of a recording a post is still to be
    made.
    """
    with at(_at(since, 9)):
        for placement in Placement.objects.filter(asset=asset, state="open"):
            finish_placement(actor=own, placement=placement, url=asset.published_url)
        for plan in Repurposing.objects.filter(asset=asset, state="open"):
            if plan.form != Derived.POST:
                drop_repurposing(actor=own, repurposing=plan)
    for plan in Repurposing.objects.filter(asset=asset, state="open"):
        soon = clock.now().date() + timedelta(days=5)
        update_repurposing(actor=own, repurposing=plan, due_on=soon)


def _tell(cast: Cast, asset: Asset, since: datetime) -> None:
    """Of what was published long ago they have heard; of what came out lately not yet (AST-3.d)."""
    with at(_at(since, 12)):
        for duty in LoopDuty.objects.filter(
            Q(asset=asset) | Q(activity=asset.activity_id, activity__isnull=False),  # type: ignore[attr-defined]
            closed_at__isnull=True,
        ):
            close_loop(actor=cast.program, duty=duty, note=words.TOLD)


def _plan_pr(own: Actor, asset: Asset, until: str) -> None:
    """Our own PR looks at what is on the table."""
    if until in ("approvals", "refused") and asset.kind == AssetKind.QUOTE:
        plan_step(actor=own, asset=asset, step="pr")


def _words_for(asset: Asset) -> dict[str, str]:
    company = asset.advocate.account.name
    if asset.kind == AssetKind.CASE_STUDY:
        return {**words.CASE_STUDY, "title": words.CASE_TITLE.format(company=company)}
    slug = str(asset.pk)[-6:]
    link = words.RECORDING.format(slug=slug)
    if asset.kind in LINKED:
        return {"url": link}
    chosen = next(_QUOTES)
    return {"title": chosen.title, "body": chosen.body}


def _at(since: datetime, days: int) -> datetime:
    return min(since + timedelta(days=days), clock.now())
