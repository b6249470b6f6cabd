"""Secrets that stand in addresses, kept out of every log (ID-3).

A personal link is a key: who reads its address in a log can use it. :data:`SECRET_PATHS` is the
one list of such addresses; a contract walks the product's routes and fails for one that carries a
secret and is not covered. The filter hangs on every handler of the settings and of gunicorn.
"""

import logging
import re

#: Addresses with a secret, ``{secret}`` where it stands and ``{any}`` for a part that is none.
SECRET_PATHS = (
    "/p/{secret}",
    "/s/{secret}",
    "/sign-in/link/{secret}",
    "/password-reset/{any}/{secret}",
)
#: What stands in the place of a secret and is none.
NO_SECRETS = ("sent", "done", "set-password")
#: API tokens travel in a header, but whoever puts one into an address is not to be punished.
TOKEN = r"\badv_[A-Za-z0-9_-]{16,}"  # noqa: S105
MASK = "[secret]"

# An address may stand in another one's query, encoded once or more often.
_SLASH = r"(?:/|%(?:25)*2[Ff])"
_PART = rf"(?:(?!{_SLASH})[^\s\"'?#&<>])+"


_NEVER = "|".join(map(re.escape, NO_SECRETS))
_PLACES = {
    "{secret}": rf"(?P<secret>(?!(?:{_NEVER})(?:{_SLASH}|[\s\"'?#&<>]|$)){_PART})",
    "{any}": _PART,
}


def _pattern(path: str) -> str:
    parts = (_PLACES.get(part) or re.escape(part) for part in path.strip("/").split("/"))
    return "".join(_SLASH + part for part in parts)


_PATTERNS = [re.compile(_pattern(path)) for path in SECRET_PATHS]
_TOKEN = re.compile(TOKEN)


def masked(text: str) -> str:
    """A text without the secrets of the addresses in it."""
    for pattern in _PATTERNS:
        text = pattern.sub(_blank, text)
    return _TOKEN.sub(MASK, text)


def _blank(found: re.Match[str]) -> str:
    start = found.start("secret") - found.start()
    return found[0][:start] + MASK


class SecretsMasked(logging.Filter):
    """Masks what a record says, its traceback and its stack, whatever handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything pass, masked."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            # The handler reports arguments that do not fit the message; it shows them, too.
            message = f"{record.msg} {record.args!r}"
        record.msg, record.args = masked(message), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked(record.exc_text)
        if record.stack_info:
            record.stack_info = masked(record.stack_info)
        return True
