"""Which buttons of a page are its primary ones."""

import re

#: What is not on the page until somebody asks for it.
_AWAY = re.compile(r"<(dialog|template)\b.*?</\1>", re.S)
_PRIMARY = re.compile(r"<(a|button)\b[^>]*\bclass=\"[^\"]*\bbtn-primary\b[^>]*>(.*?)</\1>", re.S)


def primary_buttons(page: str) -> list[str]:
    """The words of each; a page has one at most, so that nobody has to choose what is meant."""
    found = _PRIMARY.findall(_AWAY.sub("", page))
    return [re.sub(r"<[^>]+>|\s+", " ", words).strip() for _tag, words in found]
