"""A page is in the language it says it is in, with its dates (UI-4)."""

from collections.abc import Callable

import pytest
from django.test import Client

from advocacy.languages import is_spoken, spoken, spoken_languages
from advocacy.tenancy.models import Membership, User


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("", "en"), ("en", "en"), ("en-GB", "en"), ("de", "en"), ("pt-BR", "en"), ("tlh", "en")],
)
def test_what_is_not_translated_is_not_spoken(wanted: str, found: str) -> None:
    """UI-4: Django's own texts are there in German, ours are not."""
    assert spoken(wanted) == found
    assert not is_spoken("de")
    assert [code for code, _name in spoken_languages()] == ["en"]


@pytest.mark.django_db
def test_whoever_prefers_german_reads_english_that_says_so(
    alice: Membership, client_for: Callable[..., Client]
) -> None:
    """UI-4: as long as there is no German, on staff pages and where a browser prefers it."""
    User.objects.filter(pk=alice.user_id).update(language="de")
    for page in (
        client_for(alice).get("/t/acme/").text,
        client_for(None).get("/sign-in/", headers={"Accept-Language": "de"}).text,
    ):
        assert '<html lang="en">' in page
