"""Languages people may prefer, by their names in the reader's language."""

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

_CODES = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fil", "fr",
    "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "pl", "pt",
    "pt-br", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip


def _locale() -> Locale:
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def language_name(code: str) -> str:
    """A language in the reader's language; the code itself where there is no name."""
    if not code:
        return ""
    names = _locale().languages
    key = code.replace("-", "_")
    plain, _dash, territory = key.partition("_")
    wanted = f"{plain}_{territory.upper()}" if territory else plain
    return str(names.get(wanted) or names.get(plain) or code)


def language_choices() -> list[tuple[str, str]]:
    """Every language offered, by name."""
    return sorted(((code, language_name(code)) for code in _CODES), key=lambda pair: pair[1])
