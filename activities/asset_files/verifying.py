"""For ``verify_events``: every approved or published piece that is a file still is that file, to
the last byte (AST-1.b, AUD-2).
"""

import hashlib
from collections.abc import Iterator

from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from advocacy.files.selectors import ready_file
from advocacy.files.storing import CHUNK, open_whole


def faults() -> Iterator[str]:
    """One sentence for each that is not."""
    states = [AssetState.APPROVED, AssetState.PUBLISHED]
    pieces = Asset.objects.filter(state__in=states).exclude(file_sha256="").order_by("pk")
    for asset in pieces.iterator(chunk_size=500):
        file = ready_file(asset.pk, asset.file_sha256)
        where = f"piece of content {asset.pk}, version {asset.number}"
        if file is None:
            yield f"{where}: the file that was approved is gone"
            continue
        try:
            digest = hashlib.sha256()
            with open_whole(file) as content:
                while chunk := content.read(CHUNK):
                    digest.update(chunk)
        except FileNotFoundError:
            yield f"{where}: the storage has lost the file that was approved"
            continue
        if digest.hexdigest() != asset.file_sha256:
            yield f"{where}: its file is not the one that was approved"
