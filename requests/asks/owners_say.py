"""Who has a say before somebody is asked, whether silence will do, and until when (ASK-2)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from advocacy.tenancy.calendar import BusinessCalendar
from advocacy.tenancy.delegation import answers_for, who_is_there
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web import formatting as words
from advocates.models import Account, Advocate, Participation
from advocates.program.ledger.choices import Origin, ReleaseReason
from requests.asks.because import because_words
from requests.asks.settings import ASKED, OwnersSay
from requests.models import Ask, Request
from requests.requests.levels import answer_times


@dataclass(frozen=True, slots=True)
class Say:
    """``of`` is asked, who has what is the account's ``owner``'s now.

    It goes out at ``until`` unless they say otherwise; without, it takes their yes by ``ends_at``.
    """

    owner: Membership
    of: Membership
    because: tuple[str, ...]
    until: datetime | None
    ends_at: datetime


def has_say(owner: Membership | None) -> Membership | None:
    """Who speaks for an account of this owner; None: the program does.

    So it is where nobody owns it, where the owner's role contacts no advocates, and where the owner
    left or is away with nobody to stand in.
    """
    if owner is None or not owner.can("asks.send"):
        return None
    return who_is_there(owner)


def may_say(member: Membership, account: Account) -> bool:
    """Whether a member says for this account whether somebody is asked."""
    if not member.can("asks.send"):
        return False
    if has_say(account.owner) is None:
        return member.can("requests.triage")
    return account.owner_id in answers_for(member)


def says_before(
    sender: Membership,
    request: Request,
    people: Collection[Advocate],
    calendar: BusinessCalendar,
    now: datetime,
) -> dict[uuid.UUID, Say]:
    """By advocate, whose say it is before this sender's ask goes out; who is not in it is asked at
    once.

    Whoever sends to an account of their own, or stands in for its owner, has said it by sending;
    so has the program where it speaks for the account.
    """
    own = answers_for(sender)
    others = [each for each in people if each.account.owner_id not in {None, *own}]
    if not others or current(OwnersSay).owner_say != ASKED:
        return {}
    ids = {each.account.owner_id for each in others}
    owners = Membership.objects.select_related("user", "tenant").in_bulk(ids)
    found, never = {}, never_asked([each.pk for each in others])
    for advocate in others:
        owner = owners[advocate.account.owner_id]
        there = has_say(owner)
        if there is None:
            continue
        because = yes_needed(advocate.account, advocate.pk in never, now.astimezone(calendar.zone))
        found[advocate.pk] = _say(owner, there, because, request, advocate, calendar, now)
    return found


def asked_anew(ask: Ask, request: Request, calendar: BusinessCalendar, now: datetime) -> Say | None:
    """Whose say a proposed ask is as things are now; None where nobody is there to have one."""
    account = ask.advocate.account
    there = has_say(account.owner)
    if account.owner is None or there is None:
        return None
    first = ask.advocate_id in never_asked([ask.advocate_id], but=ask)
    because = yes_needed(account, first, now.astimezone(calendar.zone))
    return _say(account.owner, there, because, request, ask.advocate, calendar, now)


def never_asked(ids: Collection[uuid.UUID], *, but: Ask | None = None) -> set[uuid.UUID]:
    """Those of some advocates to whom no ask ever went out, this one (``but``) aside."""
    asked = Participation.objects.filter(advocate__in=ids, origin=Origin.ASKED)
    asked = asked.exclude(release_reason=ReleaseReason.UNSENT)
    if but is not None:
        asked = asked.exclude(pk=but.participation_id)
    return set(ids) - set(asked.values_list("advocate_id", flat=True))


def yes_needed(account: Account, is_first: bool, now: datetime) -> tuple[str, ...]:
    """Why silence will not do; codes of :mod:`requests.asks.because` (ASK-2.b)."""
    numbers, today = current(OwnersSay), now.date()
    last = today + timedelta(days=numbers.say_yes_renewal_days)
    renewal: date | None = account.renewal_on
    reasons = {
        "renewal": renewal is not None and today <= renewal <= last,
        "health": account.health is not None and account.health < numbers.say_yes_health_below,
        "first": is_first and numbers.say_yes_first_ask == "yes",
    }
    return tuple(code for code, holds in reasons.items() if holds)


def waits_words(ask: Ask, *, is_named: bool) -> str:
    """For what a proposed ask waits. Owner and reasons say which account it is (VIS-1)."""
    if ask.say_of is None or not is_named:
        return _("The account's owner has a say first.")
    said = {
        "name": ask.say_of.name,
        "why": because_words(ask.say_because),
        "by": words.moment(ask.expires_at),
    }
    if ask.not_before:
        said["day"] = words.day(ask.not_before)
        return _("%(name)s: not before %(day)s. Then it goes out by itself.") % said
    if ask.said:
        return _("%(name)s said go. It goes out once the requester has answered.") % said
    if ask.say_until is None:
        return _("It takes a yes from %(name)s by %(by)s: %(why)s.") % said
    return _("%(name)s has a say first. Without a word it goes out by itself: %(by)s.") % said


def _say(
    owner: Membership,
    there: Membership,
    because: tuple[str, ...],
    request: Request,
    advocate: Advocate,
    calendar: BusinessCalendar,
    now: datetime,
) -> Say:
    half = now + (request.deadline - now) / 2
    if because:
        _remind_at, ends_at = answer_times(request, advocate, calendar, now)
        return Say(owner, there, because, None, min(ends_at, half))
    until = min(calendar.add_hours(now, current(OwnersSay).silence_business_hours), half)
    return Say(owner, there, because, until, until)
