"""Which files of a piece somebody sees: who sees the piece sees the file that it is, who sees the
workshop sees all (VIS-1).
"""

import uuid

from django.db.models import Exists, OuterRef, QuerySet

from activities.asset_files.choices import SUBJECT
from activities.assets.models import Asset
from activities.assets.selectors import listed_assets, sees_workshop
from advocacy.files.models import StoredFile
from advocacy.files.selectors import files_of
from advocacy.tenancy.models import Membership


def listed_files(membership: Membership) -> QuerySet[StoredFile]:
    """The files a member sees."""
    rows = StoredFile.objects.filter(subject_type=SUBJECT).select_related("added_by__user")
    pieces = listed_assets(membership).order_by().filter(pk=OuterRef("subject_id"))
    if not sees_workshop(membership):
        pieces = pieces.filter(file_sha256=OuterRef("sha256")).exclude(file_sha256="")
        rows = rows.filter(state="ready")
    return rows.filter(Exists(pieces))


def seen_file(membership: Membership, pk: uuid.UUID) -> StoredFile | None:
    """One of them."""
    return listed_files(membership).filter(pk=pk).first()


def advocates_file(asset: Asset, pk: uuid.UUID) -> StoredFile | None:
    """A file of a piece as its advocate sees it: what they put in, and what the piece is."""
    file = files_of(SUBJECT, asset.pk).filter(pk=pk).first()
    if file is None or not (file.by_advocate or is_the_piece(asset, file)):
        return None
    return file


def is_the_piece(asset: Asset, file: StoredFile) -> bool:
    """Whether it is what is confirmed, approved and published."""
    return bool(asset.file_sha256) and file.sha256 == asset.file_sha256 and file.is_ready
