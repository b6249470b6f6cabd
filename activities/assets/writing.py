"""Writing a piece: every change of its words is a version, and is approved by nobody (AST-1.a,
AST-1.b). Called with the piece locked.
"""

from collections.abc import Mapping
from typing import Any

from activities.asset_approvals.rounds import end_round
from activities.assets.checking import misses_of, wanted_of
from activities.assets.lifecycle import ASSET, AssetState
from activities.assets.models import Asset, AssetVersion
from activities.assets.words import COLUMNS, digest_of, words_of
from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor

#: What is not so any more once the words are others.
UNCONFIRMED: dict[str, Any] = {
    "confirmed_at": None,
    "confirmed_number": None,
    "confirmed_how": "",
    "approved_at": None,
    "approved_number": None,
    "published_at": None,
    "published_number": None,
    "held_since": None,
}


def keep_version(asset: Asset, actor: Actor) -> AssetVersion:
    """The words as they are now, as a version."""
    return AssetVersion.objects.create(
        asset=asset,
        number=asset.number,
        digest=digest_of(asset),
        by_advocate=actor.kind == "advocate",
        written_by=actor.membership,
        written_at=clock.now(),
        **words_of(asset),
    )


def judged(asset: Asset) -> dict[str, Any]:
    """What the check finds in the words as they are."""
    advocate = asset.advocate
    misses = misses_of(asset, asset.kind, company=advocate.account.name, role=advocate.job_title)
    return {"misses": misses, "is_good": bool(wanted_of(asset.kind)) and not misses}


def rewrite(asset: Asset, words: Mapping[str, Any], actor: Actor, **changes: Any) -> None:
    """New words and what goes with them; the piece is a draft again, unless it was with the
    advocate and the advocate wrote them.
    """
    for name in COLUMNS:
        if name in words:
            setattr(asset, name, words[name])
    asset.number += 1
    own = actor.kind == "advocate"
    changes |= {
        **{name: getattr(asset, name) for name in COLUMNS},
        **judged(asset),
        **UNCONFIRMED,
        "number": asset.number,
        "updated_at": clock.now(),
    }
    if own:
        changes["seen_number"] = asset.number
    if own and asset.state == AssetState.REVIEW:
        # They read on where they wrote: confirming comes next.
        Asset.objects.filter(pk=asset.pk).update(**changes)
        for name, value in changes.items():
            setattr(asset, name, value)
    else:
        ASSET.move(asset, "change", **changes)
        end_round(asset)
    version = keep_version(asset, actor)
    record(
        "asset.rewritten",
        asset,
        actor=actor,
        payload={"number": asset.number, "digest": version.digest},
        about=asset.about,
    )
