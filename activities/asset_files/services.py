"""Putting a file in at a piece, and taking one away (AST-1.c). What follows once it was checked
stands in ``attaching``.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from activities.asset_files.choices import use_of
from activities.assets.access import permit_edit
from activities.assets.confirming import WRITABLE, lock_own
from activities.assets.lifecycle import ASSET
from activities.assets.locks import lock_asset
from activities.assets.mails import hold_back
from activities.assets.models import Asset
from activities.assets.writing import rewrite
from advocacy.events.services import record
from advocacy.files import services as files
from advocacy.files.models import StoredFile
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed


@transaction.atomic
def begin_asset_file(
    *, actor: Actor, asset: Asset, name: str, size: int, announced: str = ""
) -> StoredFile:
    """Announce a file of ``size`` bytes at a piece: the advocate at their own as long as they may
    write, colleagues who may work on it as long as it is not retired.

    Raises ``Conflict`` where nothing can be put in, ``DomainError`` at ``size`` or ``type``.
    """
    locked = _lock(actor, asset)
    return files.begin_file(
        actor=actor,
        subject=locked,
        use=use_of(locked),
        name=name,
        size=size,
        announced=announced,
    )


@transaction.atomic
def add_asset_part(*, actor: Actor, file: StoredFile, offset: int, data: bytes) -> StoredFile:
    """Keep the bytes from ``offset`` on; whoever may begin one may go on with it,
    but with an advocate's only the advocate.
    """
    permit_part(actor, file)
    return files.add_part(file=file, offset=offset, data=data)


@transaction.atomic
def remove_asset_file(*, actor: Actor, file: StoredFile) -> None:
    """Take a file away. One that is the piece leaves it without: that is another version.

    Raises ``Conflict`` for one that was confirmed: it stays with its version.
    """
    asset = _lock(actor, _asset_of(file))
    permit_file(actor, file)
    locked = files.lock_file(file.pk)
    if locked.is_kept:
        raise Conflict(_("It was confirmed as it is, and stays with that version of the piece."))
    if locked.is_ready:
        payload = {"file": str(locked.pk), "type": locked.type}
        record("asset.file_removed", asset, actor=actor, payload=payload, about=asset.about)
        if locked.sha256 == asset.file_sha256:
            if actor.kind != "advocate":
                hold_back(asset)
            rewrite(asset, {"file_sha256": ""}, actor)
    files.discard_file(locked)


def permit_file(actor: Actor, file: StoredFile) -> None:
    """Raise ``NotAllowed`` unless the actor may work on a file, or take it away."""
    if actor.kind != "advocate":
        permit_edit(actor, _asset_of(file))
    elif not file.by_advocate or _asset_of(file).advocate_id != actor.id:  # type: ignore[attr-defined]
        raise NotAllowed(_("Somebody else put this in."))


def permit_part(actor: Actor, file: StoredFile) -> None:
    """Raise ``NotAllowed`` unless the actor may go on with a file: what an advocate confirms later
    has to be theirs to the last byte.
    """
    permit_file(actor, file)
    if file.by_advocate and actor.kind != "advocate":
        raise NotAllowed(_("The advocate is putting this in; only they can go on with it."))


def may_write(actor: Actor, asset: Asset) -> bool:
    """Whether an advocate's page offers to put something in."""
    return asset.state in WRITABLE


def _asset_of(file: StoredFile) -> Asset:
    return Asset.objects.select_related("advocate__account__owner__user", "owner").get(
        pk=file.subject_id
    )


def _lock(actor: Actor, asset: Asset) -> Asset:
    if actor.kind == "advocate":
        return lock_own(actor, asset)
    permit_edit(actor, asset)
    locked = lock_asset(asset.pk)
    ASSET.require_editable(locked, "change")
    return locked
