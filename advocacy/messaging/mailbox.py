"""``/dev/mail/``: the mails that development writes into files instead of sending them.

Only wired up where ``settings.DEVELOPMENT_MAILBOX`` says so: it shows everybody's mail to
anybody, with links that work.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from csp.decorators import csp_exempt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

#: What Django's file backend writes after each mail.
_END = b"\n" + b"-" * 79 + b"\n"
#: So many on a page.
_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in the box."""

    name: str
    message: EmailMessage

    @property
    def at(self) -> datetime:
        """When it was written."""
        date = self.message["Date"]
        if not date:
            return datetime.fromtimestamp(0, UTC)
        written = parsedate_to_datetime(str(date))
        # "-0000" is UTC by somebody who does not say where they are, and parses as naive.
        return written if written.tzinfo else written.replace(tzinfo=UTC)

    @property
    def subject(self) -> str:
        """Its subject."""
        return str(self.message["Subject"] or "")

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers worth reading."""
        names = ("From", "To", "Reply-To", "Date", "Message-ID")
        return [(name, str(self.message[name])) for name in names if self.message[name]]

    @property
    def text(self) -> str:
        """The plain text."""
        body = self.message.get_body(("plain",))
        return str(body.get_content()) if body else ""

    @property
    def html(self) -> str:
        """The HTML part."""
        body = self.message.get_body(("html",))
        return str(body.get_content()) if body else ""

    @property
    def calendars(self) -> list[str]:
        """Calendar invitations, as they are."""
        return [
            str(part.get_content())
            for part in self.message.walk()
            if part.get_content_type() == "text/calendar"
        ]


def _letters_of(file: Path) -> list[Letter]:
    return [
        Letter(f"{file.stem}-{number}", _parsed(raw))
        for number, raw in enumerate(file.read_bytes().split(_END))
        if raw.strip()
    ]


def _parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw.lstrip(b"\n"), policy=policy.default)


def _folder() -> Path:
    return Path(getattr(settings, "EMAIL_FILE_PATH", ""))


def _newest() -> Iterator[Letter]:
    for file in sorted(_folder().glob("*.log"), reverse=True):
        yield from reversed(_letters_of(file))


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The mails of every tenant, newest first; ``?page=`` leads to all of them."""
    number = max(int(text), 1) if (text := request.GET.get("page", "1")).isdecimal() else 1
    letters = list(islice(_newest(), (number - 1) * _LIMIT, number * _LIMIT + 1))
    context = {
        "letters": sorted(letters[:_LIMIT], key=lambda letter: letter.at, reverse=True),
        "newer": number - 1,
        "older": number + 1 if len(letters) > _LIMIT else 0,
    }
    return render(request, "messaging/mailbox.html", context)


def _found(name: str) -> Letter:
    file = _folder() / f"{name.rpartition('-')[0]}.log"
    if file.is_file():
        for found in _letters_of(file):
            if found.name == name:
                return found
    raise Http404


@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, its text and what a mail program makes of its HTML; 404 when it is not there."""
    return render(request, "messaging/letter.html", {"letter": _found(name)})


@require_safe
@csp_exempt()  # type: ignore[arg-type]
@xframe_options_sameorigin
def letter_html(request: HttpRequest, name: str, theme: str) -> HttpResponse:
    """The HTML part alone, as a reader with a light or a dark screen sees it.

    A frame cannot be told which theme its reader prefers, so the question is answered in its sheet.
    """
    dark = "all" if theme == "dark" else "not all"
    html = _found(name).html.replace("(prefers-color-scheme:dark)", dark)
    response = HttpResponse(html)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    return response
