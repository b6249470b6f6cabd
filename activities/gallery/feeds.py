"""The gallery for programs: JSON Feed 1.1 and RSS 2.0 (DIST-1.c)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from activities.gallery.pieces import Piece
from advocacy.tenancy.models import Tenant

VERSION = "https://jsonfeed.org/version/1.1"
#: A feed holds the newest.
NEWEST = 100


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed is of, and where it and its gallery are."""

    tenant: Tenant
    title: str
    intro: str
    query: str = ""

    def url(self, name: str, *args: Any) -> str:
        """An absolute address."""
        path: str = reverse(name, args=[self.tenant.slug, *args])
        return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


def json_feed(channel: Channel, pieces: Sequence[Piece]) -> dict[str, Any]:
    """As JSON Feed 1.1 wants it (https://www.jsonfeed.org/version/1.1/)."""
    found = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": channel.url("gallery"),
        "feed_url": channel.url("gallery-json") + channel.query,
        "description": channel.intro,
        "language": channel.tenant.language,
        "items": [_item(channel, piece) for piece in pieces[:NEWEST]],
    }
    return {name: value for name, value in found.items() if value != ""}


def _item(channel: Channel, piece: Piece) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": f"urn:uuid:{piece.pk}",
        "url": channel.url("gallery-piece", piece.pk),
        "external_url": piece.url,
        "title": piece.title,
        "content_html": html_of(piece),
        "date_published": piece.published_at.isoformat(),
        "tags": piece.tags,
    }
    if piece.who:
        found["authors"] = [{"name": piece.who}]
    return {name: value for name, value in found.items() if value != ""}


def rss_feed(channel: Channel, pieces: Sequence[Piece]) -> str:
    """As RSS 2.0 wants it."""
    feed = Rss201rev2Feed(
        title=channel.title,
        link=channel.url("gallery"),
        description=channel.intro or channel.title,
        language=channel.tenant.language,
        feed_url=channel.url("gallery-rss") + channel.query,
    )
    for piece in pieces[:NEWEST]:
        feed.add_item(
            title=piece.title,
            link=channel.url("gallery-piece", piece.pk),
            description=html_of(piece),
            author_name=piece.who or None,
            pubdate=piece.published_at,
            unique_id=f"urn:uuid:{piece.pk}",
            unique_id_is_permalink=False,
            categories=piece.tags,
        )
    return str(feed.writeString("utf-8"))


def html_of(piece: Piece) -> SafeString:
    """Its words, who speaks, and the link."""
    text = format_html_join(
        "",
        "{}{}",
        (
            (format_html("<h3>{}</h3>", label) if label else SafeString(""), html)
            for label, html in piece.parts
        ),
    )
    who = format_html("<p>— {}</p>", piece.who) if piece.who else SafeString("")
    return format_html("{}{}", text, who)
