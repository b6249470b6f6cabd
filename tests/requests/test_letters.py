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
