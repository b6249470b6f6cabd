"""People on every step of the way in, somebody in the community pool, one who joined last week."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocates.accounts.choices import Lifecycle
from advocates.joining.invitations import (
    accept_invitation,
    decline_invitation,
    invite_advocate,
)
from advocates.joining.senders import senders_for
from advocates.joining.steps import cultivate_advocate, qualify_advocate
from advocates.models import Account, ActivityType, Advocate
from advocates.onboarding.services import tick_step
from advocates.people.selectors import types_on
from advocates.people.services import create_advocate
from advocates.pool.inviting import invite_pool_member, may_be_offered
from advocates.pool.services import agree_oneself, offer_pool, record_agreement
from advocates.recruiting.drafts import draft_for
from advocates.recruiting.services import send_recruitment_message
from demo import world
from demo.cast import Cast
from demo.timeline import at

#: On their way into the program: qualified, shown something new, invited, said no, joined; and two
#: promoters who are not ready.
NEWCOMERS = (
    ("Ines", "Quiroga", "Head of Field Service"),
    ("Tobias", "Amrein", "Plant Manager"),
    ("Noor", "Haddad", "VP Operations"),
    ("Clara", "Whitcombe", "IT Lead"),
    ("Emil", "Dahl", "Director of Planning"),
    ("Paula", "Ferreira", "Team Lead Scheduling"),
    ("Jonas", "Vetter", "Business Analyst"),
)
WHY_THEM = "You went live in three weeks and told everybody how, without being asked."
TOO_BUSY = "A reorganisation keeps me busy until summer."
SMALL_THING = "Five questions about the new planning view: your answers decide what we build next."


def bring_people_in(cast: Cast, kinds: Mapping[str, ActivityType]) -> None:
    """The board has somebody in each column, at accounts of the colleagues who look after them."""
    accounts = Account.objects.filter(lifecycle=Lifecycle.CUSTOMER).exclude(owner=None)
    people = _newcomers(cast, list(accounts.order_by("name")[: len(NEWCOMERS)]))
    met, read, invited, declined, joined, promoter, shy = people
    _step(cast, met, 9, qualify=True)
    _step(cast, read, 16, qualify=True, touch="preview")
    _step(cast, invited, 24, qualify=True, touch="executive", invite=True)
    _step(cast, declined, 40, qualify=True, touch="check_in", invite=True)
    _step(cast, joined, 30, qualify=True, touch="community", invite=True)
    now = clock.now()
    with at(now - timedelta(days=31)):
        decline_invitation(invitation=declined.invitations.get(), reason=TOO_BUSY)
        agree_oneself(advocate=declined.reload(), on="Said yes after the invitation.")
    with at(now - timedelta(days=20)):
        accept_invitation(invitation=joined.invitations.get(), consent=True)
        tick_step(actor=Actor.advocate(joined.pk), advocate=joined.reload(), step="overview")
        tick_step(actor=cast.program, advocate=joined, step="welcome")
    with at(now - timedelta(days=12)):
        place = record_agreement(
            actor=cast.program,
            advocate=promoter,
            agreed_on=(now - timedelta(days=12)).date(),
            evidence="Said so after the spring user meeting",
        )
    small = [kind for kind in types_on() if may_be_offered(kind)]
    if small:
        with at(_guard_clock()):
            invite_pool_member(
                actor=cast.program,
                place=place,
                activity_type=small[-1],
                message=SMALL_THING,
            )
    with at(now - timedelta(days=3)):
        offer_pool(actor=cast.program, advocate=shy)
        draft = draft_for(met, kinds["testimonial"], cast.manager)
        send_recruitment_message(
            actor=cast.program,
            advocate=met,
            activity_type=kinds["testimonial"],
            send_incomplete=True,
            **draft.parts,
        )


def _guard_clock() -> datetime:
    """The guard of the pool takes no other time, and its own stands still within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _newcomers(cast: Cast, accounts: Sequence[Account]) -> list[Advocate]:
    today = clock.today(cast.manager.tenant.zone)
    return [
        create_advocate(
            actor=cast.program,
            account=account,
            first_name=first,
            last_name=last,
            email=f"{first}.{last}@{account.domain}".lower(),
            job_title=title,
            nps=10,
            nps_on=today - timedelta(days=20),
        )
        for account, (first, last, title) in zip(accounts, NEWCOMERS, strict=True)
    ]


def _step(
    cast: Cast,
    person: Advocate,
    days: int,
    *,
    qualify: bool = False,
    touch: str = "",
    invite: bool = False,
) -> None:
    """So many days ago they qualified; a touch and the letter followed."""
    start = clock.now() - timedelta(days=days)
    values: dict[str, Any] = {"actor": cast.program, "advocate": person}
    if qualify:
        with at(start):
            qualify_advocate(
                **values, reasons=world.NOMINATIONS[0], override_reason=world.ALL_THE_SAME
            )
    if touch:
        with at(start + timedelta(days=4)):
            cultivate_advocate(**values, touch=touch, by=person.account.owner)
    if invite:
        with at(start + timedelta(days=8)):
            sender = senders_for(person, cast.manager).right[0]
            invite_advocate(**values, sender=sender, personal_line=WHY_THEM)
