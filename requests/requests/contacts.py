"""Who joins from the prospect's side: a name and an address a line, as people type them (FUL-1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _

from advocacy.tenancy.text import one_line

#: More do not talk to one reference.
MOST = 10
#: Characters of all lines together.
LONGEST = 3000
_LONGEST_NAME = 100
_ADDRESS = re.compile(r"[^\s<>,;()\"]+@[^\s<>,;()\"]+")
#: As long as an address in our outbox may be.
_SHORT = MaxLengthValidator(254)
_AROUND_NAMES = " <>,;:()\"'–-\t"


@dataclass(frozen=True, slots=True)
class Contact:
    """One of them; the name may be missing."""

    name: str
    email: str

    @property
    def called(self) -> str:
        return self.name or self.email


def contacts_in(text: str) -> list[Contact]:
    """The people in some lines such as ``Jane Roe, jane@example.com``, each address once.

    Raises ``ValidationError`` naming the line that is none.
    """
    found: dict[str, Contact] = {}
    for raw in text.splitlines():
        line = one_line(raw)
        if not line:
            continue
        addresses = _ADDRESS.findall(line)
        email = addresses[0] if len(addresses) == 1 else ""
        try:
            validate_email(email)
            _SHORT(email)
        except ValidationError as error:
            raise ValidationError(
                _(
                    "“%(line)s” does not name one e-mail address. Write one person a line, such as:"
                    " Jane Roe, jane@example.com"
                ),
                params={"line": line[:100]},
            ) from error
        name = line.replace(email, " ").strip(_AROUND_NAMES)
        found.setdefault(email.lower(), Contact(one_line(name)[:_LONGEST_NAME], email))
    if len(found) > MOST:
        raise ValidationError(_("Name at most %(most)d people."), params={"most": MOST})
    return list(found.values())


def named(people: Sequence[Contact]) -> str:
    """Some people in a few words: "Jane Roe and John Doe", "Jane Roe and 2 others"."""
    if len(people) > 2:
        more = len(people) - 1
        return _("%(name)s and %(count)d others") % {"name": people[0].called, "count": more}
    if len(people) == 2:
        return _("%(one)s and %(other)s") % {"one": people[0].called, "other": people[1].called}
    return people[0].called if people else ""


def validate_contacts(text: str) -> None:
    """For the column."""
    contacts_in(text)
