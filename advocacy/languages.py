"""Which languages the product speaks: those in which its own texts are there, not only Django's.

Else a page would show our words in English around dates in German, and say of itself that it is
German.
"""

import functools

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

FALLBACK = "en"
#: Stands on every page: a language that lacks it is not spoken here.
_SHIBBOLETH = gettext_noop("Skip to the content")


def spoken(code: str) -> str:
    """The language spoken here that is closest to the one wanted; else English."""
    try:
        found = translation.get_supported_language_variant(code) if code else FALLBACK
    except LookupError:
        return FALLBACK
    return found if is_spoken(found) else FALLBACK


@functools.cache
def is_spoken(language: str) -> bool:
    """Whether our own texts are translated."""
    with translation.override(language):
        return language == FALLBACK or gettext(_SHIBBOLETH) != _SHIBBOLETH


def spoken_languages() -> list[tuple[str, str]]:
    """Those that are spoken, with their own names."""
    return [(code, name) for code, name in settings.LANGUAGES if is_spoken(code)]


class SpokenLocale(LocaleMiddleware):
    """What the browser prefers, as far as it is spoken."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        language = spoken(translation.get_language() or FALLBACK)
        translation.activate(language)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
