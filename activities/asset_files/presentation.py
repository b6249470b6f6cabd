"""What pages show of the files of a piece."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from activities.asset_files.choices import SUBJECT, is_content, use_of
from activities.asset_files.selectors import is_the_piece
from activities.assets.models import Asset
from advocacy.files.choices import PICKED, TAKEN_WORDS, Reason, Use
from advocacy.files.models import StoredFile
from advocacy.files.numbers import FileNumbers
from advocacy.files.selectors import files_of
from advocacy.files.services import MEGABYTE, MOST_PART, in_words
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import day

#: The largest that a plain form may bring: it has to come within one request on a slow line, too.
_MOST_IN_FORM = 25


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file on a page. ``url`` is empty until it can be had; ``percent`` of what is here."""

    file: StoredFile
    url: str
    upload_url: str
    remove_url: str
    is_piece: bool
    words: str
    percent: int


def shown_files(
    asset: Asset, address: Callable[[StoredFile], str], *, own: bool = False, may: bool = False
) -> list[ShownFile]:
    """The files of a piece, what the piece is first. ``address`` leads to a file, ``own`` leaves
    what others put in out, ``may`` says whether one can be taken away.
    """
    shown = []
    for file in files_of(SUBJECT, asset.pk):
        is_piece = is_the_piece(asset, file)
        if own and not (file.by_advocate or is_piece):
            continue
        url = address(file)
        removable = may and not file.is_kept and (file.by_advocate or not own)
        shown.append(
            ShownFile(
                file=file,
                url=url if file.is_ready else "",
                upload_url=f"{url}upload/" if file.is_coming and file.by_advocate == own else "",
                remove_url=f"{url}remove/" if removable else "",
                is_piece=is_piece,
                words=_words(asset, file, own=own),
                percent=100 * file.received // max(file.size, 1),
            )
        )
    return sorted(shown, key=lambda each: not each.is_piece)


def _words(asset: Asset, file: StoredFile, *, own: bool) -> str:
    parts = [in_words(file.size)]
    if not own:
        who = asset.advocate.name if file.by_advocate else file.added_by and file.added_by.name
        parts.append(str(who or _("the program")))
    parts.append(day(file.created_at))
    if file.reason:
        parts.append(str(Reason(file.reason).label))
    return " · ".join(parts)


def player_of(file: StoredFile | None, url: str, title: str = "") -> dict[str, Any] | None:
    """What plays or shows one file; nothing for none. ``title`` stands for the name that somebody
    typed, which may tell who it is of (VIS-1).
    """
    return {"file": file, "url": url, "name": title or file.name} if file is not None else None


def upload_of(asset: Asset, url: str, *, capture: bool = False) -> dict[str, Any]:
    """What the form to put something in says. ``capture``: with buttons for the phone's camera and
    microphone.
    """
    most = current(FileNumbers).largest_megabytes
    use = use_of(asset)
    choices = [("any", _("Choose a file"), PICKED[use], "")]
    if capture and use != Use.PICTURE:
        choices = [
            ("video", _("Record a video"), "video/*", "user"),
            ("audio", _("Record your voice"), "audio/*", "user"),
            *choices,
        ]
    return {
        "url": url,
        "choices": choices,
        "instead": _("Another one takes the place of this one.")
        if is_content(asset) and asset.file_sha256
        else "",
        "taken": _("Accepted: %(what)s, up to %(most)s.")
        % {"what": TAKEN_WORDS[use], "most": in_words(most * MEGABYTE)},
        "most_bytes": most * MEGABYTE,
        "part_bytes": MOST_PART,
        "form_megabytes": min(most, _MOST_IN_FORM),
    }
