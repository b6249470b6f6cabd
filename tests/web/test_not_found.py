"""Whoever tries the product out never sees Django's own pages."""

from typing import Any

from django.test import Client


def test_an_address_that_leads_nowhere_is_our_page_under_make_run(db: None, settings: Any) -> None:
    """UI-1: also with DEBUG, where Django lists every address."""
    settings.DEBUG = True
    path = "/nothing/"
    assert "URLconf" in Client(raise_request_exception=False).get(path).text
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "advocacy.web.errors.designed_not_found"]
    answer = Client().get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text
