"""Giving a file to a browser: in ranges, and so that nothing in it runs in our name (RFC 9110).

Whoever calls this has made sure who may have it.
"""

import re
from collections.abc import Iterator
from threading import Semaphore
from typing import IO
from urllib.parse import quote

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from advocacy.files.choices import AUDIO, IMAGES, VIDEO
from advocacy.files.models import StoredFile
from advocacy.files.services import name_for
from advocacy.files.storing import CHUNK, open_from
from advocacy.serving import allow_for

#: What may be shown in a page; everything else is taken along.
SHOWN = frozenset({*VIDEO, *AUDIO, *IMAGES})
#: A file that is opened by itself is a page of ours to the browser: one that can do nothing.
POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; frame-ancestors 'none'; sandbox"
#: Bytes that a player gets at once of a range without an end: it asks for more when it needs them,
#: and nobody who only looked holds a thread for the rest of a film.
_AT_ONCE = 8 * 1024 * 1024
#: So many of a process's threads may be held by whoever has an address.
_PUBLIC = Semaphore(2)
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def serve(
    request: HttpRequest,
    file: StoredFile,
    *,
    as_download: bool = False,
    name: str = "",
    is_public: bool = False,
) -> HttpResponseBase:
    """A file that is ready, or the part of it that is asked for.

    ``name`` stands for the one that somebody typed, which may tell who it is of (VIS-1). What
    ``is_public`` is for whoever has the address: of any range they get the first megabytes, and no
    more than a few read at once, or they would hold every thread.

    Of several ranges in one request the whole is given, as RFC 9110 allows, and of one without an
    end a player gets the first megabytes, which ``Content-Range`` says. 416 says how long the file
    is. ``If-Range`` with another fingerprint gives the whole.
    """
    tag = f'"{file.sha256}"'
    if tag in request.headers.get("If-None-Match", ""):
        response: HttpResponseBase = HttpResponseNotModified()
        return _marked(response, file, tag)
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", tag) != tag:
        asked = ""
    is_played = request.headers.get("Sec-Fetch-Dest") in ("video", "audio")
    most = _AT_ONCE if is_played or is_public else file.size
    span = _span(asked, file.size, most, is_capped=is_public)
    if span is None:
        refused = HttpResponse(status=416, content_type="text/plain; charset=utf-8")
        refused["Content-Range"] = f"bytes */{file.size}"
        return refused
    first, last, is_part = span
    if request.method == "HEAD":
        response = HttpResponse(content_type=file.type)
    else:
        places = _PUBLIC if is_public else None
        if places is not None and not places.acquire(blocking=False):
            busy = HttpResponse(status=503, content_type="text/plain; charset=utf-8")
            busy["Retry-After"] = "5"
            return busy
        part = _Part(first, last, places)
        try:
            part.content = open_from(file, first, last)
        except FileNotFoundError:
            part.close()
            return HttpResponse(status=404)
        # Closed with the response, also where nobody reads it.
        response = StreamingHttpResponse(part, content_type=file.type)
    response["Content-Length"] = str(last - first + 1)
    if is_part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    full_name = name_for(file, name)
    ascii_name = re.sub(r"[^A-Za-z0-9._ -]", "_", full_name)
    kind = "attachment" if as_download or file.type not in SHOWN else "inline"
    response["Content-Disposition"] = (
        f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(full_name, safe='')}"
    )
    return _marked(response, file, tag)


def _marked(response: HttpResponseBase, file: StoredFile, tag: str) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache, no-transform"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _span(asked: str, size: int, most: int, *, is_capped: bool) -> tuple[int, int, bool] | None:
    """First and last byte, and whether that is the range that was asked for: the whole for what is
    no single range. None for one beyond the end. Of one without an end, or of any that
    ``is_capped``, no more than ``most``.
    """
    match = _RANGE.fullmatch(asked.strip())
    if match is None or match[0] == "bytes=-":
        return 0, size - 1, False
    first, last = match.groups()
    if not first:
        length = min(int(last), size)
        return (size - length, size - 1, True) if length else None
    start = int(first)
    if last and int(last) < start:
        return 0, size - 1, False
    end = min(int(last) if last else start + most - 1, size - 1)
    if is_capped:
        end = min(end, start + most - 1)
    return (start, end, True) if start < size else None


class _Part:
    """Some bytes of an open file, from where it stands; closes it, and gives its place back."""

    content: IO[bytes] | None = None

    def __init__(self, first: int, last: int, places: Semaphore | None) -> None:
        self.left, self.places = last - first + 1, places

    def __iter__(self) -> Iterator[bytes]:
        content = self.content
        while content and self.left > 0 and (piece := content.read(min(CHUNK, self.left))):
            self.left -= len(piece)
            yield piece
            allow_for(len(piece))

    def close(self) -> None:
        """Called by the response when it ends, however it ends."""
        if self.content is not None:
            self.content.close()
        if self.places is not None:
            self.places.release()
            self.places = None

    def __del__(self) -> None:
        # An answer that nobody sent and nobody closed gives its place back, too.
        self.close()


class CompressingButFiles(GZipMiddleware):
    """Compression of pages in development; what says ``no-transform`` stays as it is, or a range
    would be one of something else.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:  # type: ignore[override]
        if "no-transform" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)  # type: ignore[arg-type]
