"""A word of thanks asks for nothing: no links, no addresses, no attachments (THX-5.b)."""

import re
import unicodedata
from collections.abc import Collection

from django.utils.translation import gettext as _

#: Without those that are words as well, for who leaves out the blank after a full stop.
_ENDINGS = (
    "com|org|net|io|ai|app|dev|eu|de|fr|uk|info|biz|ly|gle|co|shop|store|xyz|online|site|cloud|tech"
    "|tv|ch|nl|es|pl|se|dk|ru|cn|jp|br|au|ca|sh|cc"
)
_LINK = re.compile(
    r"(?:https?:\s*//|www\.)\S+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|\b(?:[a-z0-9-]+\.)+(?:{_ENDINGS})\b(?:/\S*)?"
    r"|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*"
    r"|\+?\d[\d ()/.-]{7,}\d",
    re.IGNORECASE,
)


def why_not(message: str, attachments: Collection[str] = ()) -> str:
    """What has to be left out, by name; nothing where the words may go."""
    if attachments:
        text = _("A word of thanks has no attachments: leave out %(which)s.")
        return text % {"which": _named(attachments)}
    # As mail programs read it: full-width letters, and the dots of other scripts.
    read = unicodedata.normalize("NFKC", message).replace("。", ".")
    found = [match.rstrip(".,;:!?)") for match in _LINK.findall(read)]
    if not found:
        return ""
    text = _("A word of thanks has no links, addresses or numbers to call: leave out %(which)s.")
    return text % {"which": _named(found)}


def _named(found: Collection[str]) -> str:
    return ", ".join(f"“{each}”" for each in dict.fromkeys(found))
