"""Everything an ask says, in its mail, on its page and over REST (ASK-1)."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from advocacy.messaging.links import link_url
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.models import Membership, Tenant
from advocacy.web.urls import tenant_reverse
from requests.asks.drafting import draft_ask
from requests.mails import link_of
from requests.models import Ask
from tests.factories.advocates import catalogued
from tests.factories.requests import ReadyFactory
from tests.requests.asking import MakeRequest
from tests.support.rest import api_for

#: Type → what the request says of it, and what the letter has to say.
LETTERS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "reference_call": (
        {"detail": "Security"},
        (
            "Isdom (Healthcare) is thinking about working with Acme",
            "It is about Security.",
            "you would talk to an executive from Operations",
            "It takes 30–45 minutes: a video call, not recorded.",
            "What is in it for you: You compare notes with a peer",
        ),
    ),
    "testimonial": (
        {"detail": "Security", "meeting_format": "written"},
        (
            "What we have in mind: Testimonial about Security.",
            "It is meant for an executive from Operations.",
            "It takes about 15–30 minutes.",
            "What is in it for you: Your result becomes visible",
        ),
    ),
    "review": (
        {"detail": "G2", "meeting_format": "written"},
        (
            "What we have in mind: Review on G2.",
            "It is meant for an executive from Operations.",
            "It takes about 20–30 minutes.",
        ),
    ),
}
#: In every letter: why them, the questions, the use, and that a no is fine.
ALWAYS = (
    "you know the industry",
    "How long until the first clinic was live?",
    "What it is for: Choice of a supplier.",
    "A no is perfectly fine",
)


@pytest.mark.parametrize("code", LETTERS)
def test_a_letter_says_it_all(
    program: Tenant,
    make_request: MakeRequest,
    alice: Membership,
    client: Client,
    client_for: Callable[..., Client],
    code: str,
) -> None:
    """ASK-1.a: need with topic or site, why them, the time it takes, the peer's role and questions,
    the use, what is in it for them and by when; read before it goes out, in the browser and over
    REST, and then in the mail and on the page.
    """
    catalogued(code, is_on=True)
    given, says = LETTERS[code]
    ana = ReadyFactory(
        first_name="Ana", account__industry="Healthcare", done=["testimonial", "reference_call"]
    )
    request = make_request(
        code=code,
        industry="Healthcare",
        persona_function="Operations",
        persona_seniority="executive",
        questions="How long until the first clinic was live?",
        intended_use="Choice of a supplier",
        **given,
    )
    api = api_for(alice)
    letter = api.get(f"requests/{request.pk}/drafts/{ana.pk}/").json()
    draft = client_for(alice).get(
        tenant_reverse(program, "requests:draft", request.pk), {"advocate": str(ana.pk)}
    )
    read = html.unescape(draft.content.decode())
    for words in (*says, *ALWAYS):
        assert words in letter["message"]
        assert words in read
    assert "The mail asks for an answer by " in read
    assert letter["missing"] == []
    assert not Ask.objects.exists()

    body = {"asks": [{"advocate": str(ana.pk), "override_reason": "Agreed"}]}
    (sent,) = api.post(f"requests/{request.pk}/asks/", body).json()
    assert (sent["message"], sent["detail"]) == (letter["message"], request.detail)
    assert sent["expires_at"] == letter["expires_at"]
    mail = OutgoingMail.objects.get(kind="ask")
    link = link_of(Ask.objects.get())
    assert link is not None
    page = client.get("/p/" + link_url(link).split("/p/", 1)[1]).content.decode()
    page = html.unescape(page)
    for words in (*says, *ALWAYS):
        assert words in mail.text
        assert words in page
    assert "Please answer by " in mail.text
    assert "Please answer by " in page


def test_what_a_letter_cannot_say_is_named(
    program: Tenant, make_request: MakeRequest, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """ASK-1.a: nobody said it, so whoever writes sees what is left to add; why them is never left
    out.
    """
    catalogued("reference_call", gives_back="")
    request, ana = make_request(), ReadyFactory(account__name="Hospitall")
    letter = api_for(alice).get(f"requests/{request.pk}/drafts/{ana.pk}/").json()
    parts = [
        "who in particular it is for",
        "what they would like to know",
        "what it is used for",
        "what is in it for them",
    ]
    assert letter["missing"] == parts
    assert (
        "You came to mind because you know it from your own work at Hospitall"
        in (letter["message"])
    )
    page = client_for(alice).get(
        tenant_reverse(program, "requests:draft", request.pk), {"advocate": str(ana.pk)}
    )
    assert "so the letter cannot: " + ", ".join(parts) in html.unescape(page.content.decode())


def test_a_letter_to_a_colleagues_customer_is_not_shown(
    program: Tenant, make_request: MakeRequest, bob: Membership, membership: Any
) -> None:
    """ID-2.a: who may not ask somebody reads no letter to them either."""
    request, ana = make_request(), ReadyFactory()
    address = f"requests/{request.pk}/drafts/{ana.pk}/"
    assert api_for(bob).get(address).status_code == 403
    csm = membership("csm")
    assert api_for(csm).get(address).status_code == 404
    assert draft_ask(request, ana, sender=csm).message


# -- one language a reader ------------------------------------------------------------------------


def drafted(client: Client, ask: Any, **query: str) -> tuple[str, str]:
    """The page of a draft, and its address."""
    path = tenant_reverse(ask[0].tenant, "requests:draft", ask[0].pk)
    return client.get(path, {"advocate": str(ask[1].pk), **query}).text, path


def send_draft(client: Client, ask: Any, **changes: str) -> Ask:
    request, advocate = ask
    _page, path = drafted(client, ask)
    prefix = str(advocate.pk)
    said = {"subject": "Ana, hast du Zeit?", "message": "Hallo Ana,\n\nhast du Zeit?", **changes}
    answer = client.post(
        path,
        {
            "advocate": prefix,
            f"{prefix}-own_time": "2026-03-11T10:00",
            **{f"{prefix}-{name}": value for name, value in said.items()},
        },
    )
    assert answer.status_code == 302, answer.text
    return Ask.objects.get(request=request)


def pages_of(ask: Ask, client: Client) -> str:
    link = link_of(ask)
    assert link is not None
    return client.get("/p/" + link_url(link).split("/p/", 1)[1]).text


def test_a_letter_in_a_language_not_spoken_here_is_told_and_marked(
    make_request: MakeRequest, alice: Membership, client_for: Callable[..., Client], client: Client
) -> None:
    """ASK-1.a, UI-4: the draft says that its reader reads German; written in German, the letter is
    marked as such on a page that is English with English dates.
    """
    pair = (make_request(), ReadyFactory(first_name="Ana", language="de"))
    staff = client_for(alice)
    page, _path = drafted(staff, pair)
    assert f"{pair[1].name} reads German; this letter is in English." in html.unescape(page)
    ask = send_draft(staff, pair, language="de")
    assert ask.language == "de"
    shown = pages_of(ask, client)
    assert '<html lang="en">' in shown
    assert '<div class="portal-letter" lang="de">' in shown
    assert "Wed 11 Mar" in shown and "Mi" not in shown.split("portal-choices")[1][:400]


@pytest.mark.usefixtures("every_language_spoken")
def test_letter_page_and_dates_are_in_the_language_of_the_letter(
    make_request: MakeRequest, alice: Membership, client_for: Callable[..., Client], client: Client
) -> None:
    """ASK-1.a, UI-4: the advocate's, marked on the sender's page; the sender may switch, and what
    is around the letter follows.
    """
    pair = (make_request(), ReadyFactory(first_name="Ana", language="de"))
    staff = client_for(alice)
    page, _path = drafted(staff, pair)
    assert f"This letter is in German, the language of {pair[1].name}." in html.unescape(page)
    assert 'lang="de"' in page
    assert "language=en" in page
    switched, _path = drafted(staff, pair, language="en")
    assert f"{pair[1].name} reads German; this letter is in English." in html.unescape(switched)
    assert 'lang="de"' not in switched.split("<textarea")[1][:300]
    ask = send_draft(staff, pair, language="en")
    assert '<html lang="en">' in pages_of(ask, client)
    assert "Wed 11 Mar" in str(OutgoingMail.objects.get(kind="ask").text)
    Ask.objects.update(language="de")
    shown = pages_of(Ask.objects.get(), client)
    assert '<html lang="de">' in shown and "Mi 11 Mär" in shown


def test_a_language_nobody_knows_is_refused(make_request: MakeRequest, alice: Membership) -> None:
    """BAD-1: at its field, with those that are known."""
    request, advocate = make_request(), ReadyFactory()
    answer = api_for(alice).post(
        f"requests/{request.pk}/asks/",
        {"asks": [{"advocate": str(advocate.pk), "language": "tlh"}]},
    )
    assert answer.status_code == 422 and "language" in answer.text
