"""What colleagues do with a piece: begin it, change it, send it to the advocate, publish and retire
it (AST-1). What the advocate does stands in ``confirming``.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities.activities.models import Activity
from activities.asset_approvals.planning import usual_steps
from activities.asset_approvals.rounds import end_round
from activities.assets.access import EDIT, permit_asset, permit_edit
from activities.assets.choices import LINKED
from activities.assets.leave import hold_leave, missing_of
from activities.assets.lifecycle import ASSET, AssetState
from activities.assets.locks import lock_asset
from activities.assets.mails import ask_for_words, end_links, hold_back, send_text
from activities.assets.models import Asset
from activities.assets.naming import title_tells
from activities.assets.publishing import on_published
from activities.assets.words import differ, digest_of, has_text, is_there
from activities.assets.writing import UNCONFIRMED, judged, keep_version, rewrite
from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import has_words, one_line
from advocates.access import require_change
from advocates.models import Advocate
from advocates.people.traces import require_not_erased
from advocates.responsibilities.selectors import accountable_owner, there

#: Columns of words and people, which do not enter the log.
_FREE = ("topic",)
#: What can be changed of a piece beside its words.
_BESIDE = ("owner", "language", "topic")
MOST_QUESTIONS, LONGEST_QUESTION = 12, 300


@transaction.atomic
def begin_asset(
    *,
    actor: Actor,
    kind: str,
    advocate: Advocate | None,
    title: str,
    activity: Activity | None = None,
    origin: Asset | None = None,
    owner: Membership | None = None,
    questions: Sequence[str] = (),
    **values: Any,
) -> Asset:
    """Begin a piece of an advocate's, with or without words yet, and plan its usual approvals.

    ``activity`` is what it came from, ``origin`` the piece it is made of. Raises ``DomainError`` at
    a field, ``NotAllowed`` for a CSM at a colleague's account.
    """
    if advocate is None:
        problem = _("Choose whose words it rests on.")
        raise DomainError(problem, fields={"advocate": problem})
    require_change(actor, EDIT, advocate.account)
    require_not_erased(advocate)
    asset = Asset(advocate=advocate, activity=activity, origin=_root(origin, advocate))
    for name, value in writes.clean(asset, {"kind": kind, "title": title, **values}).items():
        setattr(asset, name, value)
    _require_activity(asset)
    asset.owner = there(owner) or there(actor.membership) or accountable_owner()
    asset.questions = checked_questions(questions)
    for name, value in judged(asset).items():
        setattr(asset, name, value)
    asset.save(force_insert=True)
    keep_version(asset, actor)
    for step in usual_steps(asset):
        step.save(force_insert=True)
    payload = {"kind": asset.kind, "number": asset.number, "digest": digest_of(asset)}
    record("asset.begun", asset, actor=actor, payload=payload, about=asset.about)
    return asset


@transaction.atomic
def update_asset(*, actor: Actor, asset: Asset, **values: Any) -> Asset:
    """Change the words, or what stands beside them. Other words are a new version, and bring the
    piece back to draft wherever it was (AST-1.b).

    Raises ``DomainError`` at a field, ``Conflict`` for one that is retired.
    """
    permit_edit(actor, asset)
    locked = lock_asset(asset.pk)
    ASSET.require_editable(locked, "change")
    for fixed in ("kind", "advocate", "activity", "origin", "questions"):
        if fixed in values and values.pop(fixed) != getattr(locked, fixed):
            problem = _("This stays what it was; begin another piece instead.")
            raise DomainError(problem, fields={fixed: problem})
    checked = writes.clean(locked, values)
    if (owner := checked.get("owner")) is not None and there(owner) is None:
        problem = _("Choose a colleague who works here.")
        raise DomainError(problem, fields={"owner": problem})
    beside = {name: checked[name] for name in _BESIDE if name in checked}
    changes = writes.save_changes(locked, beside)
    if changes:
        payload = writes.change_payload(changes, text=_FREE)
        record("asset.changed", locked, actor=actor, payload=payload, about=locked.about)
    if differ(locked, checked):
        hold_back(locked)
        rewrite(locked, checked, actor, due_at=None, reason="")
    return asset.reload()


@transaction.atomic
def ask_advocate(*, actor: Actor, asset: Asset, questions: Sequence[str] = ()) -> Asset:
    """Ask the advocate for words on a link: they answer the questions, change what stands there, or
    write it themselves (AST-1.c).
    """
    permit_asset(actor, asset, "ask")
    locked = lock_asset(asset.pk)
    kept = checked_questions(questions) or locked.questions
    changes: dict[str, Any] = {"questions": kept}
    if kept != locked.questions:
        changes |= {"answers": []}
    ASSET.move(locked, "ask", due_at=None, updated_at=clock.now(), **changes)
    ask_for_words(locked)
    payload = {"questions": len(kept)}
    record("asset.asked", locked, actor=actor, payload=payload, about=locked.about)
    return asset.reload()


@transaction.atomic
def send_asset(*, actor: Actor, asset: Asset) -> Asset:
    """Send the text to the advocate, to be changed or confirmed; ``Conflict`` without any."""
    permit_asset(actor, asset, "send")
    locked = lock_asset(asset.pk)
    ASSET.require(locked, "send")
    if not has_text(locked):
        raise Conflict(_("There is nothing to read yet: write the text first, or ask for words."))
    if locked.kind in LINKED and not is_there(locked):
        text = _("Put in the file or its link first: the advocate wants to see what is published.")
        raise Conflict(text)
    before = locked.seen_number
    ASSET.move(
        locked,
        "send",
        due_at=None,
        reason="",
        seen_number=locked.number,
        updated_at=clock.now(),
    )
    send_text(locked, before)
    payload = {"number": locked.number, "digest": digest_of(locked)}
    record("asset.sent", locked, actor=actor, payload=payload, about=locked.about)
    return asset.reload()


@transaction.atomic
def take_back_asset(*, actor: Actor, asset: Asset) -> Asset:
    """Work on it again: nobody confirms or decides about it meanwhile."""
    permit_asset(actor, asset, "take_back")
    locked = lock_asset(asset.pk)
    ASSET.move(locked, "take_back", due_at=None, updated_at=clock.now())
    hold_back(locked)
    end_round(locked)
    record("asset.taken_back", locked, actor=actor, about=locked.about)
    return asset.reload()


@transaction.atomic
def publish_asset(*, actor: Actor, asset: Asset, published_url: str = "") -> Asset:
    """Publish exactly the approved text, where the advocate's leave holds for it (ADV-4). The
    activity it came from has something to tell now (ACT-2.c).

    Raises ``Conflict`` with what is missing or that the title names who is not named otherwise,
    ``DomainError`` at the link.
    """
    permit_asset(actor, asset, "publish")
    locked = lock_asset(asset.pk)
    ASSET.require(locked, "publish")
    hold_leave(locked)
    if missing := missing_of(locked):
        text = _("“%(title)s” is not published. %(why)s")
        words = {"title": locked.title, "why": " ".join(missing)}
        raise Conflict(text % words, code="leave_missing")
    if title_tells(locked):
        text = _(
            "“%(title)s” is not published: nobody is named as speaking, and the title says who it"
            " is. Change the title."
        )
        raise Conflict(text % {"title": locked.title}, code="title_tells")
    if locked.origin is not None and (
        locked.origin.state != AssetState.PUBLISHED or locked.origin.held_since is not None
    ):
        text = _("It is made of “%(title)s”, which is not published itself.")
        raise Conflict(text % {"title": locked.origin.title})
    url = writes.clean(locked, {"published_url": published_url})["published_url"] or locked.url
    now = clock.now()
    ASSET.move(
        locked,
        "publish",
        published_at=now,
        published_number=locked.number,
        published_url=url,
        held_since=None,
        due_at=None,
        updated_at=now,
    )
    payload = {"number": locked.number, "digest": digest_of(locked), "kind": locked.kind}
    record("asset.published", locked, actor=actor, payload=payload, about=locked.about)
    on_published(locked, actor)
    return asset.reload()


@transaction.atomic
def leave_gallery(*, actor: Actor, asset: Asset) -> Asset:
    """It stands in the public gallery and its feeds no longer; :func:`join_gallery` undoes it."""
    return _in_gallery(actor, asset, "leave_gallery", shown=False)


@transaction.atomic
def join_gallery(*, actor: Actor, asset: Asset) -> Asset:
    """It stands in the public gallery, where the tenant has one and its leave holds (DIST-1.c)."""
    return _in_gallery(actor, asset, "join_gallery", shown=True)


def _in_gallery(actor: Actor, asset: Asset, name: str, *, shown: bool) -> Asset:
    permit_asset(actor, asset, name)
    locked = lock_asset(asset.pk)
    ASSET.move(locked, name, in_gallery=shown, updated_at=clock.now())
    record(ASSET[name].verb, locked, actor=actor, about=locked.about)
    return asset.reload()


@transaction.atomic
def retire_asset(*, actor: Actor, asset: Asset, reason: str) -> Asset:
    """It is used no longer, and why. Raises ``DomainError`` without a reason."""
    permit_asset(actor, asset, "retire")
    locked = lock_asset(asset.pk)
    kept = writes.clean(locked, {"reason": reason}, required=["reason"])["reason"]
    put_away(locked, actor, kept)
    return asset.reload()


def put_away(locked: Asset, actor: Actor, reason: str) -> None:
    """What retiring does, for a caller that has made sure of who may, with the piece locked."""
    before = ASSET.move(locked, "retire", reason=reason, due_at=None, updated_at=clock.now())
    end_links(locked)
    end_round(locked)
    payload = {"from": before, "number": locked.number}
    record("asset.retired", locked, actor=actor, payload=payload, about=locked.about)


@transaction.atomic
def revive_asset(*, actor: Actor, asset: Asset) -> Asset:
    """A draft again; it is confirmed and approved anew."""
    permit_asset(actor, asset, "revive")
    locked = lock_asset(asset.pk)
    require_not_erased(locked.advocate)
    ASSET.move(locked, "revive", reason="", due_at=None, updated_at=clock.now(), **UNCONFIRMED)
    record("asset.revived", locked, actor=actor, about=locked.about)
    return asset.reload()


def checked_questions(questions: Sequence[str]) -> list[str]:
    """Questions as they are kept: at most so many, each of one line; ``DomainError`` else."""
    kept = [one_line(each) for each in questions if has_words(each)]
    if len(kept) > MOST_QUESTIONS or any(len(each) > LONGEST_QUESTION for each in kept):
        problem = _("At most %(most)d questions, each of at most %(longest)d characters.") % {
            "most": MOST_QUESTIONS,
            "longest": LONGEST_QUESTION,
        }
        raise DomainError(problem, fields={"questions": problem})
    return kept


def _root(origin: Asset | None, advocate: Advocate) -> Asset | None:
    """Of a chain of pieces the first: all of them rest on what that one rests on."""
    if origin is None:
        return None
    if origin.advocate_id != advocate.pk:  # type: ignore[attr-defined]
        problem = _("Choose a piece of the same advocate.")
        raise DomainError(problem, fields={"origin": problem})
    return origin.origin or origin


def _require_activity(asset: Asset) -> None:
    if asset.activity is not None and asset.activity.advocate_id != asset.advocate.pk:
        problem = _("Choose an activity of the same advocate.")
        raise DomainError(problem, fields={"activity": problem})
