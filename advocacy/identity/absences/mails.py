"""Mails to a colleague who is away go to whoever stands in, and say so (ID-1.c)."""

from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.identity.absences.words import instead_of
from advocacy.messaging.body import Body
from advocacy.tenancy.models import Membership


def said_for(text: Body, member: Membership, reader: Membership) -> Body:
    """A mail meant for a member, as whoever stands in reads it: below the greeting, whose it is."""
    if reader.pk == member.pk:
        return text
    with translation.override(reader.user.language or reader.tenant.language):
        return text.noted(_("You get this %(why)s.") % {"why": instead_of(member, reader)})
