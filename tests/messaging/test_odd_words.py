"""What people write is words in every mail, whatever it looks like (MSG-1, BAD-2).

Every template is written with every odd value in every place a value can stand. Each is put into
the outbox and read as it would arrive with one of the values, one template with all of them.
"""

import re
import uuid
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project

from advocacy import clock
from advocacy.messaging import links
from advocacy.messaging.body import LINK, PAGE, Body
from advocacy.messaging.rendering import RenderedMail, render_mail
from advocacy.messaging.sending import build_message
from advocacy.messaging.services import queue_mail
from advocacy.messaging.templatetags.mails import OWN_LINE
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.text import one_line
from tests.support.odd import ODD

links.register_purpose("test-ask", "ask/")

ROOT = Path(project.BASE_DIR) / "templates/mail"
TEMPLATES = sorted(str(path.relative_to(ROOT))[: -len(".txt")] for path in ROOT.rglob("*.txt"))
MOMENT = datetime(2026, 3, 5, 9, tzinfo=UTC)
#: What is no text of anybody's.
FACTS: dict[str, Any] = {
    "day": MOMENT.date(),
    "needed_by": MOMENT,
    "later_on": MOMENT,
    "days": 14,
    "minutes": 30,
    "language": "en",
    "accepted": 2,
    "mine": True,
    "overdue": True,
    "was_late": True,
    "is_in": True,
    "has_left": True,
    "is_held": True,
    "has_link": True,
    "changed": True,
    "closed": True,
    "is_person": True,
    "meets": True,
    "kind": "personal",
    "own_link": None,
    "count": 3,
    "more": 2,
}
_LISTED = re.compile(r"{% for \w+ in ([a-z_]+) %}")
FLAGS = [name for name, value in FACTS.items() if value is True]


class Named:
    """A row, under any of the names by which templates look for its own."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def activity_type(self) -> "Named":
        """An activity is named by its type."""
        return self


def places(template: str) -> list[str]:
    """Every value a template names."""
    source = (ROOT / f"{template}.txt").read_text()
    found = re.findall(r"{{ *([a-z_]+)", source)
    found += re.findall(r"=([a-z_]+)[.| %}]", source) + re.findall(r"{% if ([a-z_]+) ", source)
    found += _LISTED.findall(source)
    found += re.findall(r"{% said ([a-z_]+) %}", source)
    return sorted(set(found) - FACTS.keys() - {"outcome"})


def written(template: str, text: str, **facts: Any) -> RenderedMail:
    """A mail in which every text is ``place: text``."""
    context: dict[str, Any] = {"outcome": f"outcome: {text}"}
    source = (ROOT / f"{template}.txt").read_text()
    for name in places(template):
        said = f"{name}: {text}"
        context[name] = Named(said) if f"={name}." in source else said
    for name in {"slots", "questions", "why", "parts", *_LISTED.findall(source)} & context.keys():
        context[name] = [context[name]] * 3
    if template == "today":
        said = f"items: {text}"
        context["items"] = [{"title": said, "why": said, "link": None}] * 3
    if template == "requests/submitted":
        context["due"] = MOMENT
    mail = render_mail(template, {**context, **FACTS, **facts}, "en")
    if any(OWN_LINE in part for part in mail.text.parts):
        before, behind = mail.text.around(OWN_LINE)
        mail = RenderedMail(mail.subject, Body.of(f"{before}{text}{behind}"))
    return mail


def shape(mail: RenderedMail) -> list[tuple[str, str]]:
    """The places in a mail, each with the words before it on its line."""
    found, before = [], ""
    for part in mail.text.parts:
        if words := part.get("text", part.get("said")):
            before = words
        else:
            ((kind, value),) = part.items()
            found.append((f"{kind}:{value}", before.rpartition("\n")[2]))
    return found


@pytest.mark.parametrize("template", TEMPLATES)
def test_odd_words_are_words(template: str) -> None:
    """MSG-1: shown as typed, the links where they are meant."""
    for facts in ({}, {**dict.fromkeys(FLAGS, False), "accepted": 0}):
        tame = written(template, "Tame", **facts)
        names = [*places(template), "outcome"]
        said = [name for name in names if f"{name}: Tame" in str(tame.text)]
        for which, text in ODD.items():
            mail = written(template, text, **facts)
            assert shape(mail) == shape(tame), f"{which}: a link moved"
            for name in said:
                assert one_line(f"{name}: {text}") in one_line(str(mail.text)), f"{which}: {name}"
            assert mail.subject == one_line(mail.subject)


@pytest.mark.parametrize(
    ("template", "which"),
    [
        *zip(TEMPLATES, cycle(ODD), strict=False),
        *(("requests/ask", which) for which in ODD),
        *(("thank_you_reminder", which) for which in ODD),
    ],
)
@pytest.mark.django_db
def test_it_arrives(template: str, which: str, scope: Tenant, settings: Any) -> None:
    """MSG-1, BAD-2: the headers are whole, the links work, no stranger's address is a button."""
    settings.PUBLIC_URL = "https://advocacy.example"
    arrives(written(template, ODD[which]), ODD[which])


def arrives(mail: RenderedMail, name: str) -> None:
    """Queue it, build the message and read it back."""
    link = None
    if mail.text.has_link:
        link = links.create_link(
            purpose="test-ask",
            subject_id=uuid.uuid4(),
            expires_at=clock.now() + timedelta(days=1),
        )
    queued = queue_mail(
        kind="probe",
        to_email="ana@example.com",
        to_name=name,
        from_name=name,
        subject=mail.subject,
        text=mail.text,
        unique_key=str(uuid.uuid4()),
        link=link,
        path="/t/acme/" if mail.text.has_page else "",
    ).reload()
    raw = build_message(queued).message().as_bytes()
    read = message_from_bytes(raw, policy=policy.default)
    assert max(len(line) for line in raw.splitlines()) < 998
    assert [header.addresses[0].addr_spec for header in (read["To"],)] == ["ana@example.com"]
    assert len(read["To"].addresses) == len(read["From"].addresses) == 1
    assert read["Bcc"] is None
    assert read["Subject"].strip() == queued.subject == one_line(queued.subject)
    body = read.get_body(("plain",))
    html = read.get_body(("html",))
    assert body is not None and html is not None
    text = body.get_content()
    addresses = [part for part in mail.text.parts if LINK in part or PAGE in part]
    ours = re.findall(r"https://advocacy\.example/(?:p|t)/\S+", text)
    assert len(ours) == len(addresses)
    if link is not None:
        assert links.link_url(link) in text or "/preferences/" in text
    assert "https://evil.example/" not in re.findall(r'href="([^"]+)" style', html.get_content())
