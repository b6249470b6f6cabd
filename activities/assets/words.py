"""The words of a piece: its columns, as text, as HTML, and their fingerprint (AST-1.b)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from activities.assets.choices import SECTIONS
from advocacy.records.writes import LimitedText, unbroken
from advocacy.tenancy.text import LineField, plain
from advocacy.web.markdown import rendered

_LONGEST, _LONGEST_PART = 30_000, 8_000


def _part(name: str) -> LimitedText:
    return LimitedText(SECTIONS[name], max_length=_LONGEST_PART, blank=True, default="")


class Words(models.Model):
    """What is confirmed, approved and published. A piece has them as they are now, each of its
    versions as they were.
    """

    title = LineField(_("title"), max_length=200)
    body = LimitedText(_("text"), max_length=_LONGEST, blank=True, default="")
    background = _part("background")
    why_us = _part("why_us")
    implementation = _part("implementation")
    results = _part("results")
    lessons = _part("lessons")
    future_plans = _part("future_plans")
    quote = _part("quote")
    attribution = LineField(_("who speaks"), max_length=200, blank=True, default="")
    url = models.URLField(_("link"), max_length=500, blank=True, default="")
    #: Of the video, recording or picture that the piece is, where it was put in here: other bytes
    #: are another version, as other words are.
    file_sha256 = models.CharField(
        _("fingerprint of the file"), max_length=64, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True


#: What is typed, in the order in which it is read.
TYPED = ("title", "body", *SECTIONS, "attribution", "url")
COLUMNS = (*TYPED, "file_sha256")


def words_of(row: Words) -> dict[str, str]:
    """The columns."""
    return {name: getattr(row, name) for name in COLUMNS}


def digest_of(row: Words) -> str:
    """The fingerprint of exactly these words and this file, for the sealed log: 64 hexadecimal
    digits. Without a file it is that of the words alone, as it was before there were any.
    """
    said = words_of(row)
    if not row.file_sha256:
        del said["file_sha256"]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def has_text(row: Words) -> bool:
    """Whether there is anything to read beside the title."""
    return any(getattr(row, name).strip() for name in ("body", "url", "file_sha256", *SECTIONS))


def is_there(row: Words) -> bool:
    """Whether there is what a linked kind is: its file, or a link to it."""
    return bool(row.url or row.file_sha256)


def text_of(row: Words) -> str:
    """Everything as it is read, one part below the other: what is compared and put into mails."""
    parts = [row.title, row.body]
    parts += [
        f"{label}\n{getattr(row, name)}" for name, label in SECTIONS.items() if getattr(row, name)
    ]
    parts += [f"— {row.attribution}" if row.attribution else "", row.url]
    if row.file_sha256:
        parts.append(_("File with the fingerprint %(sha)s") % {"sha": row.file_sha256})
    return plain("\n\n".join(part.strip() for part in parts if part.strip()))


def parts_of(row: Words) -> list[tuple[Any, SafeString]]:
    """Headings and their text as HTML; the text without a heading first."""
    found: list[tuple[Any, SafeString]] = [("", rendered(row.body))] if row.body.strip() else []
    return found + [
        (label, rendered(getattr(row, name)))
        for name, label in SECTIONS.items()
        if getattr(row, name).strip()
    ]


def differ(row: Words, values: Mapping[str, Any]) -> bool:
    """Whether some values would change the words; how a line ends is none of them."""
    return any(name in values and values[name] != unbroken(getattr(row, name)) for name in COLUMNS)
