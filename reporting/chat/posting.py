"""One message to a webhook, over HTTPS (MSG-5.c)."""

from typing import Any

from django.utils.translation import gettext as _

from advocacy.tenancy.text import cut, one_line

_SECONDS = 5.0
_GONE = frozenset({400, 401, 403, 404, 405, 410})
_LONGEST = 300


class NotTaken(Exception):
    """A chat did not take a message. ``for_good`` when trying again cannot help."""

    def __init__(self, words: str, *, for_good: bool = False) -> None:
        super().__init__(cut(one_line(words), _LONGEST))
        self.for_good = for_good


def post(address: str, payload: dict[str, Any]) -> None:
    """Post once. Raises :class:`NotTaken` with the chat's words, never with the address."""
    import httpx  # by the few processes that post

    try:
        with httpx.Client(timeout=_SECONDS, follow_redirects=False, trust_env=True) as client:
            answer = client.post(address, json=payload)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise NotTaken(_("could not be reached: %(why)s") % {"why": type(error).__name__}) from None
    if answer.is_success:
        return
    said = one_line(answer.text)[:120]
    raise NotTaken(f"{answer.status_code} {said}".strip(), for_good=answer.status_code in _GONE)
