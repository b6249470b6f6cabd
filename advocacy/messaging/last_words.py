"""Mails of which nothing is kept: the last one to somebody whose data is erased (GDPR-1).

Until it has left, its row is all that says where it goes; then the row says that something went,
and not to whom.
"""

from typing import Any

from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.tenancy.classification import blank_of, columns_of

_kinds: set[str] = set()


def keep_nothing_of(kind: str) -> None:
    """Have mails of this kind emptied once they left, or will never; for ``AppConfig.ready()``."""
    _kinds.add(kind)


def is_kept(mail: OutgoingMail) -> bool:
    """Whether what a mail says stays in the outbox."""
    return mail.kind not in _kinds


def empty_sent(mail: OutgoingMail) -> None:
    """Nothing of it is left."""
    _empty(mail)


def empty_failed(mail: OutgoingMail) -> None:
    """The same of one that reaches nobody: it is not tried again, as nobody knows where to."""
    _empty(mail, state=MailState.CANCELLED)


def _empty(mail: OutgoingMail, **more: Any) -> None:
    columns = columns_of(OutgoingMail)
    blank = {
        name: blank_of(OutgoingMail._meta.get_field(name), columns)
        for name in columns.personal_names
    }
    OutgoingMail.objects.filter(pk=mail.pk).update(**blank, **more)
