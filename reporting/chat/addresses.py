"""The address of a webhook: which are taken, how it is kept, what is shown of it (MSG-5.c).

Only addresses of Slack and of Microsoft are taken, over TLS and at the usual port: else a colleague
could have the server post into its own network.
"""

import re
from contextlib import suppress
from urllib.parse import urlsplit

from cryptography.fernet import InvalidToken
from django.utils.translation import gettext as _

from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.keys import cipher
from reporting.chat.models import ChatConnection, ChatKind

_SALT = "advocacy.reporting.chat"
#: Hosts, or what they end with; and what a path begins with.
_HOSTS = {
    ChatKind.SLACK: ("hooks.slack.com", "hooks.slack-gov.com"),
    ChatKind.TEAMS: (
        ".logic.azure.com",
        ".webhook.office.com",
        ".environment.api.powerplatform.com",
    ),
}
_HOST = re.compile(r"(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+[a-z]{2,63}")
_LONGEST, _SHOWN = 1000, 4


def checked(kind: str, address: str) -> str:
    """The address; raises ``DomainError`` at ``address`` for one that is nobody's webhook."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    host = (parts.hostname or "").lower()
    # Neither a name nor a sign before it that another reader of addresses would take otherwise.
    is_plain = _HOST.fullmatch(host) and parts.netloc.lower() in (host, f"{host}:443")
    known = _HOSTS.get(ChatKind(kind), ()) if kind in ChatKind.values else ()
    is_known = any(host.endswith(end) if end.startswith(".") else host == end for end in known)
    if (
        parts.scheme == "https"
        and is_known
        and is_plain
        and port in (None, 443)
        and len(parts.path) > 1
        and len(address) <= _LONGEST
        and address.isascii()
        and address.isprintable()
    ):
        return address
    problem = (
        _("Enter the address of a Slack webhook: it begins with https://hooks.slack.com/services/.")
        if kind == ChatKind.SLACK
        else _(
            "Enter the address Teams shows for “Send webhook alerts to a channel”: https://, and"
            " a host that ends with logic.azure.com, api.powerplatform.com or webhook.office.com."
        )
    )
    raise DomainError(problem, code="invalid_address", fields={"address": problem})


def keep(connection: ChatConnection, address: str) -> None:
    """Seal the address into its row; copied into another it opens nothing."""
    connection.sealed = cipher(_SALT, str(connection.pk)).encrypt(address.encode()).decode()
    connection.shown = f"{urlsplit(address).hostname}/…{address[-_SHOWN:]}"[:100]


def address_of(connection: ChatConnection) -> str:
    """The address; nothing when it was forgotten, or its key is not in the settings any more."""
    with suppress(InvalidToken):
        sealed = connection.sealed.encode()
        return cipher(_SALT, str(connection.pk)).decrypt(sealed).decode() if sealed else ""
    return ""
