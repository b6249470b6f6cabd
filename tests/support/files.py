"""Files that lie in a directory of the test's own, and the ways in."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from activities.asset_files.services import begin_asset_file
from activities.assets.models import Asset
from advocacy.files.checking import sweep_files
from advocacy.files.models import StoredFile
from advocacy.files.services import MOST_PART, add_part
from advocacy.tenancy.actors import Actor


def storage_at(settings: Any, directory: Path) -> Path:
    """Have files lie there."""
    here = {**settings.STORAGES["files"]["OPTIONS"], "location": str(directory)}
    entry = {**settings.STORAGES["files"], "OPTIONS": here}
    settings.STORAGES = {**settings.STORAGES, "files": entry}
    return directory


@pytest.fixture
def files_dir(settings: Any, tmp_path: Path) -> Path:
    """Where every file of the test lies."""
    return storage_at(settings, tmp_path / "files")


def lying_in(directory: Path) -> int:
    """How many pieces of files there are."""
    return sum(1 for each in directory.rglob("*") if each.is_file())


def put_in(actor: Actor, asset: Asset, data: bytes, name: str = "film.mp4") -> StoredFile:
    """A file that was sent and checked, as it is then: ready or refused."""
    file = begin_asset_file(actor=actor, asset=asset, name=name, size=len(data))
    for at in range(0, len(data), MOST_PART):
        add_part(file=file, offset=at, data=data[at : at + MOST_PART])
    sweep_files(asset.tenant_id)
    return file.reload()


def announce(client: Client, url: str, data: bytes, **said: Any) -> Any:
    """What a script asks first."""
    values = {"name": "film.mp4", "size": len(data), "type": "video/mp4", **said}
    return client.post(url, values, headers={"Accept": "application/json"})


def send(client: Client, url: str, offset: int, data: bytes) -> Any:
    """One part."""
    return client.generic(
        "POST",
        url,
        data,
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset), "Accept": "application/json"},
    )


def content_of(response: Any) -> bytes:
    """All bytes of an answer."""
    return b"".join(response.streaming_content) if response.streaming else response.content
