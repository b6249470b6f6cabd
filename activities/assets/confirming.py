"""What the advocate does with a piece: answer, write, confirm that it is their honest view, or say
no (AST-1.c, AST-1.d). On the personal link; a colleague records only that they confirmed it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities.asset_approvals.rounds import end_round, go_on
from activities.assets.access import permit_asset
from activities.assets.choices import LINKED
from activities.assets.leave import uses_of
from activities.assets.lifecycle import ASSET, AssetState
from activities.assets.locks import lock_asset
from activities.assets.models import Asset
from activities.assets.times import collected, owners_turn
from activities.assets.words import TYPED, differ, digest_of, has_text, is_there
from activities.assets.writing import rewrite
from advocacy import clock
from advocacy.events.services import record
from advocacy.files.selectors import is_checking
from advocacy.files.services import keep_for_good
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.text import cut, has_words, one_line, plain
from advocates.people.consents import keep_leave
from advocates.people.leave import leave_of

LONGEST_ANSWER = LONGEST_REMARK = 4_000
#: As long as these, they may still write.
WRITABLE = (AssetState.DRAFT, AssetState.REVIEW)


@transaction.atomic
def answer_questions(
    *, actor: Actor, asset: Asset, answers: Sequence[str], remark: str = ""
) -> Asset:
    """Keep what they answer; who sees to the piece writes it from that. Raises ``DomainError``
    where nothing is answered, ``Conflict`` once it is beyond writing.
    """
    locked = lock_own(actor, asset)
    kept = [plain(each).strip() for each in answers[: len(locked.questions)]]
    kept += [""] * (len(locked.questions) - len(kept))
    if not any(map(has_words, kept)):
        problem = _("Answer at least one of the questions.")
        raise DomainError(problem, fields={"answers": problem})
    _require_length("answers", max(map(len, kept)), LONGEST_ANSWER)
    changes = {
        "answers": kept,
        **_remark(remark),
        **collected(locked),
        "due_at": owners_turn(locked),
    }
    _write(locked, changes)
    payload = {"answered": sum(map(has_words, kept))}
    record("asset.answered", locked, actor=actor, payload=payload, about=locked.about)
    return asset.reload()


@transaction.atomic
def write_words(
    *, actor: Actor, asset: Asset, number: int, words: Mapping[str, Any], remark: str = ""
) -> Asset:
    """Their own words, or the draft as they changed it; ``number`` is the version they changed.

    Raises ``Conflict`` where somebody changed it meanwhile, ``DomainError`` at a field.
    """
    locked = lock_own(actor, asset)
    _require_read(locked, number)
    values = {name: words[name] for name in TYPED if name in words}
    checked = writes.clean(locked, values)
    if differ(locked, checked):
        rewrite(locked, checked, actor, due_at=owners_turn(locked), **collected(locked))
    if has_words(remark):
        _write(locked, {**_remark(remark), "due_at": owners_turn(locked)})
    return asset.reload()


@transaction.atomic
def confirm_asset(
    *, actor: Actor, asset: Asset, number: int, is_honest: bool, may_publish: bool = False
) -> Asset:
    """Their word that exactly this text is their honest view; then it is approved by the others.

    With ``may_publish`` their leave for its kind is kept with it (ADV-4.a). Raises ``DomainError``
    without the word, ``Conflict`` for another version than they read.
    """
    locked = lock_own(actor, asset)
    _require_read(locked, number)
    if not is_honest:
        problem = _("Tick that it is your honest view, or change the text until it is.")
        raise DomainError(problem, fields={"is_honest": problem})
    _confirm(locked, actor, how="")
    if may_publish:
        leave = leave_of(locked.advocate)
        said = _("On the personal link, with version %(number)d of “%(title)s”")
        words = {"number": locked.number, "title": locked.title}
        for use in uses_of(locked):
            if not leave.given(use):
                keep_leave(actor=actor, advocate=locked.advocate, use=use, said=said % words)
    go_on(locked, actor)
    return asset.reload()


@transaction.atomic
def record_confirmation(*, actor: Actor, asset: Asset, confirmed_how: str) -> Asset:
    """They said elsewhere that it is their honest view: where and when, as evidence (AST-1.d)."""
    permit_asset(actor, asset, "confirm")
    locked = lock_asset(asset.pk)
    kept = writes.clean(locked, {"confirmed_how": confirmed_how}, required=["confirmed_how"])
    _confirm(locked, actor, how=kept["confirmed_how"])
    go_on(locked, actor)
    return asset.reload()


@transaction.atomic
def decline_asset(*, actor: Actor, asset: Asset, remark: str) -> Asset:
    """They do not want it like this; why goes to who sees to it, and it is a draft again."""
    locked = lock_own(actor, asset)
    if not has_words(remark):
        problem = _("Say in a few words what should be different.")
        raise DomainError(problem, fields={"remark": problem})
    kept = _remark(remark)
    if locked.state == AssetState.REVIEW:
        reason = cut(one_line(kept["remark"]), 300)
        ASSET.move(
            locked,
            "return",
            reason=reason,
            due_at=owners_turn(locked),
            updated_at=clock.now(),
            **kept,
        )
        end_round(locked)
    else:
        _write(locked, {**kept, "due_at": owners_turn(locked)})
    record("asset.returned", locked, actor=actor, about=locked.about)
    return asset.reload()


def _confirm(locked: Asset, actor: Actor, how: str) -> None:
    ASSET.require(locked, "confirm")
    if not has_text(locked) or (locked.kind in LINKED and not is_there(locked)):
        raise Conflict(_("There is nothing to confirm yet."))
    # Material beside it changes no word of it, and may not even be theirs.
    if locked.kind in LINKED and is_checking(locked.pk):
        raise Conflict(_("A file of it is still being checked. Look again in a minute."))
    keep_for_good(locked.pk, locked.file_sha256)
    now = clock.now()
    ASSET.move(
        locked,
        "confirm",
        confirmed_at=now,
        confirmed_number=locked.number,
        confirmed_how=how,
        due_at=None,
        reason="",
        updated_at=now,
        **collected(locked),
    )
    payload = {"number": locked.number, "digest": digest_of(locked)}
    record("asset.confirmed", locked, actor=actor, payload=payload, about=locked.about)


def lock_own(actor: Actor, asset: Asset) -> Asset:
    """The piece, locked, for the advocate whose it is, as long as they may still write."""
    if actor.kind != "advocate" or actor.id != asset.advocate_id:  # type: ignore[attr-defined]
        raise NotAllowed(_("Only the advocate can say this, on their personal link."))
    locked = lock_asset(asset.pk)
    if locked.state not in WRITABLE:
        text = _("The text is “%(state)s”. Simply reply to our mail if it should be different.")
        raise Conflict(text % {"state": locked.get_state_display()}, code="illegal_move")
    return locked


def _require_read(locked: Asset, number: int) -> None:
    if number != locked.number:
        raise Conflict(
            _("The text was changed a moment ago. Please read it again below."), code="changed"
        )


def _remark(remark: str) -> dict[str, str]:
    kept = plain(remark).strip()
    _require_length("remark", len(kept), LONGEST_REMARK)
    return {"remark": kept} if kept else {}


def _require_length(field: str, length: int, most: int) -> None:
    if length > most:
        problem = _("Keep it under %(most)d characters.") % {"most": most}
        raise DomainError(problem, fields={field: problem})


def _write(locked: Asset, changes: Mapping[str, Any]) -> None:
    changes = {**changes, "updated_at": clock.now()}
    Asset.objects.filter(pk=locked.pk).update(**changes)
    for name, value in changes.items():
        setattr(locked, name, value)
