"""A link that finishes one thing of one member's Today, for a mail to them (MSG-5.a)."""

import uuid
from datetime import timedelta

from advocacy import clock
from advocacy.messaging.links import new_link
from advocacy.messaging.models import PersonalLink
from advocacy.messaging.work_links.presses import by_link, purpose_of
from advocacy.tenancy.models import Membership

#: As long as a mail is likely to be answered; what is done meanwhile opens nothing either.
LIVES = timedelta(days=14)


def work_link(work: str, pk: uuid.UUID, reader: Membership) -> PersonalLink | None:
    """A link to one thing that waits for a member, who reads the mail; None where its page has to
    be opened. One that still works for a while is used again.
    """
    if by_link(work) is None:
        return None
    standing = PersonalLink.objects.filter(
        purpose=purpose_of(work),
        subject_id=pk,
        member=reader,
        revoked_at__isnull=True,
        expires_at__gt=clock.now() + LIVES / 2,
    ).first()
    if standing is not None:
        return standing
    link = new_link(purpose=purpose_of(work), subject_id=pk, expires_at=clock.now() + LIVES)
    link.member = reader
    link.save(force_insert=True)
    return link
