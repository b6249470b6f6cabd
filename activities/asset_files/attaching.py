"""What follows once a file was checked: it becomes the piece, or lies beside it as material
(AST-1.b, AST-1.c). Called by the worker, on behalf of whoever put it in.
"""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from activities.asset_files.choices import SUBJECT, is_content
from activities.assets.confirming import WRITABLE
from activities.assets.lifecycle import ASSET
from activities.assets.locks import lock_asset
from activities.assets.mails import hold_back
from activities.assets.models import Asset
from activities.assets.times import collected, owners_turn
from activities.assets.writing import rewrite
from advocacy import clock
from advocacy.events.services import record
from advocacy.files import services as files
from advocacy.files.homes import Home
from advocacy.files.models import StoredFile
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocates.people.traces import require_not_erased

_SYSTEM = Actor.system("files")


@transaction.atomic
def settle_file(file: StoredFile) -> None:
    """Tell the piece. Another video or picture is another version: an approved piece is a draft
    again, and what stood there before goes, unless it was confirmed.

    Raises ``Conflict`` where the piece takes nothing any more; the file is refused then.
    """
    if not Asset.objects.filter(pk=file.subject_id).exists():
        raise Conflict(_("The piece is gone."))
    asset = lock_asset(file.subject_id)
    actor = _actor_of(file, asset)
    payload = {"file": str(file.pk), "type": file.type, "size": file.size}
    if not file.is_ready:
        payload = {"file": str(file.pk), "reason": file.reason}
        record("asset.file_refused", asset, actor=actor, payload=payload, about=asset.about)
        return
    require_not_erased(asset.advocate)
    own = file.by_advocate
    if own and asset.state not in WRITABLE:
        raise Conflict(_("Nothing can be put in any more."))
    ASSET.require_editable(asset, "change")
    payload["sha256"] = file.sha256
    record("asset.file_added", asset, actor=actor, payload=payload, about=asset.about)
    turn = {"due_at": owners_turn(asset), **collected(asset)} if own else {}
    if not is_content(asset):
        if turn:
            Asset.objects.filter(pk=asset.pk).update(updated_at=clock.now(), **turn)
        return
    before = asset.file_sha256
    if before != file.sha256:
        if own:
            rewrite(asset, {"file_sha256": file.sha256}, actor, **turn)
        else:
            hold_back(asset)
            rewrite(asset, {"file_sha256": file.sha256}, actor, due_at=None, reason="")
    _let_go(file, before)


def _let_go(file: StoredFile, sha256: str) -> None:
    """What the piece was before; of the same bytes twice, one is enough."""
    if not sha256:
        return
    rows = StoredFile.objects.filter(subject_type=SUBJECT, subject_id=file.subject_id)
    for old in rows.filter(sha256=sha256).exclude(pk=file.pk).order_by("pk"):
        if not old.is_kept:
            files.discard_file(old)
        elif sha256 == file.sha256:
            files.discard_file(file)
            return


def _actor_of(file: StoredFile, asset: Asset) -> Actor:
    if file.by_advocate:
        return Actor.advocate(asset.advocate_id)  # type: ignore[attr-defined]
    return Actor.member(file.added_by) if file.added_by else _SYSTEM


def lock_piece(pk: uuid.UUID) -> None:
    """The lock of a piece comes before that of its files."""
    list(Asset.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))


HOME = Home(SUBJECT, lock_piece, settle_file)
