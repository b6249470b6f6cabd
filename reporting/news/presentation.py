"""How news reads to whom it is for: made when it is read, by what they may see then (VIS-1)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.models import Activity
from activities.activities.presentation import headline_of
from advocacy.events.presentation import style_of, who
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocates.models import Account, Advocate, Nomination, ProgramInvitation
from advocates.program.tiers.models import TierChange
from reporting.news import selectors
from reporting.news.models import News
from requests.asks.disclosure import identities
from requests.asks.selectors import rest_asks
from requests.requests.presentation import title_of
from requests.requests.selectors import visible_requests

WORDS: Mapping[str, str | Promise] = {
    "request.review_started": gettext_lazy("%(what)s was taken up"),
    "request.outreach_started": gettext_lazy("%(what)s: advocates are being asked"),
    "request.info_asked": gettext_lazy("%(what)s came back with a question"),
    "request.declined": gettext_lazy("%(what)s was declined"),
    "request.unfilled": gettext_lazy("%(what)s: nobody could be found"),
    "request.cancelled": gettext_lazy("%(what)s was cancelled"),
    "request.confirmed": gettext_lazy("%(what)s: somebody said yes"),
    "request.scheduled": gettext_lazy("%(what)s is booked"),
    "request.reopened": gettext_lazy("%(what)s fell through; somebody else is being found"),
    "request.completed": gettext_lazy("%(what)s took place"),
    "ask.put_off": gettext_lazy("%(what)s is asked later: the account's owner named a day"),
    "ask.kept_back": gettext_lazy("%(what)s is not asked: the owner would rather not"),
    "ask.lapsed": gettext_lazy("%(what)s was not asked after all"),
    "ask.accepted": gettext_lazy("%(what)s said yes"),
    "ask.declined": gettext_lazy("%(what)s said no"),
    "ask.postponed": gettext_lazy("%(what)s wants to be asked later"),
    "ask.passed_on": gettext_lazy("%(what)s suggests a colleague"),
    "ask.expired": gettext_lazy("%(what)s did not answer"),
    "activity.scheduled": gettext_lazy("%(what)s is booked"),
    "activity.completed": gettext_lazy("%(what)s took place"),
    "nomination.submitted": gettext_lazy("%(what)s was nominated"),
    "nomination.volunteered": gettext_lazy("%(what)s offers to help"),
    "nomination.accepted": gettext_lazy("%(what)s qualifies for the program"),
    "nomination.returned": gettext_lazy("The nomination of %(what)s came back"),
    "program_invitation.accepted": gettext_lazy("%(what)s accepted the invitation"),
    "program_invitation.declined": gettext_lazy("%(what)s declined the invitation"),
    "advocate.enrolled": gettext_lazy("%(what)s joined the program"),
    "advocate.paused": gettext_lazy("%(what)s takes a break"),
    "advocate.resumed": gettext_lazy("%(what)s is back from a break"),
    "advocate.retired": gettext_lazy("%(what)s left the program"),
    "advocate.moved": gettext_lazy("%(what)s changed companies"),
    "tier.changed": gettext_lazy("%(what)s moved to another tier"),
    "account.held": gettext_lazy("%(what)s is on hold: nobody there is asked"),
    "account.hold_lifted": gettext_lazy("%(what)s may be asked again"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list; ``url`` is the thing's own page."""

    id: UUID
    text: str
    detail: str
    icon: str
    tone: str
    at: datetime
    is_unread: bool
    url: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What news is about, as this reader may know it."""

    name: str
    url_name: str
    pk: UUID
    detail: str = ""
    text: str = ""


def lines(member: Membership, news: Iterable[News]) -> list[Line]:
    """News as a member reads it, in the order given; a statement or two for each kind of thing."""
    news = list(news)
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in news:
        wanted[row.subject_type].add(row.subject_id)
    things = {kind: _READERS[kind](member, pks) for kind, pks in wanted.items()}
    return [
        _line(member, row, things[row.subject_type][row.subject_id])
        for row in news
        if row.subject_id in things[row.subject_type]
    ]


def url_of(member: Membership, news: News) -> str:
    """Where the thing is to be seen."""
    found = lines(member, [news])
    return found[0].url if found else tenant_reverse(member.tenant, "news")


def _line(member: Membership, row: News, thing: Thing) -> Line:
    event = row.event
    # What the person did, or earned, is said by the line: no colleague did it.
    is_theirs = event.actor_kind not in ("member", "token") or row.subject_type == selectors.TIER
    by = "" if is_theirs else who(event)
    icon, tone = style_of(row.verb)
    return Line(
        row.pk,
        thing.text or str(WORDS[row.verb]) % {"what": thing.name},
        " · ".join(part for part in (thing.detail, by) if part),
        icon,
        tone,
        row.at,
        row.read_at is None,
        tenant_reverse(member.tenant, thing.url_name, thing.pk),
    )


Things = dict[UUID, Thing]


def _requests(member: Membership, pks: Iterable[UUID]) -> Things:
    return {
        row.pk: Thing(title_of(row), "requests:detail", row.pk)
        for row in visible_requests(member).filter(pk__in=pks)
    }


def _asks(member: Membership, pks: Iterable[UUID]) -> Things:
    asks = list(rest_asks(member).prefetch_related(None).filter(pk__in=pks))
    shown = identities(member, asks)
    return {
        ask.pk: Thing(
            ask.advocate.name if shown[ask.pk].is_named else _("An advocate"),
            "requests:detail",
            ask.request_id,
            title_of(ask.request),
        )
        for ask in asks
    }


def _activities(member: Membership, pks: Iterable[UUID]) -> Things:
    rows = Activity.objects.filter(pk__in=pks).select_related("advocate__account", "activity_type")
    return {
        row.pk: Thing(headline_of(row), "activities:detail", row.pk, row.advocate.account.name)
        for row in rows
    }


def _people(member: Membership, pks: Iterable[UUID]) -> Things:
    people = Advocate.objects.filter(pk__in=pks).select_related("account")
    return {person.pk: _person(person) for person in people}


def _person(person: Advocate, *, text: str = "") -> Thing:
    return Thing(person.name, "advocates:detail", person.pk, person.account.name, text)


def _nominations(member: Membership, pks: Iterable[UUID]) -> Things:
    found = {}
    for row in Nomination.objects.filter(pk__in=pks).select_related("advocate__account"):
        thing = _person(row.advocate)
        account = row.advocate.account
        own = bool(answers_for(member) & {row.nominated_by_id, account.owner_id})
        # Else it is the nomination of a colleague, at an account that is theirs by now.
        if member.can("nominations.decide") or (own and member.can("nominations.submit")):
            thing = Thing(thing.name, "nominations:detail", row.pk, thing.detail)
        found[row.pk] = thing
    return found


def _invitations(member: Membership, pks: Iterable[UUID]) -> Things:
    rows = ProgramInvitation.objects.filter(pk__in=pks).select_related("advocate__account")
    return {row.pk: _person(row.advocate) for row in rows}


def _tiers(member: Membership, pks: Iterable[UUID]) -> Things:
    rows = TierChange.objects.filter(pk__in=pks)
    return {
        row.pk: _person(row.advocate, text=_tier_text(row))
        for row in rows.select_related("advocate__account", "from_tier", "to_tier")
    }


def _tier_text(change: TierChange) -> str:
    """Up or down; without a tier left, the usual words."""
    before, after = change.from_tier, change.to_tier
    if after is None:
        return ""
    names = {"name": change.advocate.name, "tier": after.name}
    if before is not None and before.rank > after.rank:
        return _("%(name)s fell back to %(tier)s") % names
    return _("%(name)s reached %(tier)s") % names


def _accounts(member: Membership, pks: Iterable[UUID]) -> Things:
    rows = Account.objects.filter(pk__in=pks)
    return {row.pk: Thing(row.name, "accounts:detail", row.pk) for row in rows}


_READERS: Mapping[str, Callable[[Membership, Iterable[UUID]], Things]] = {
    selectors.REQUEST: _requests,
    selectors.ASK: _asks,
    selectors.ACTIVITY: _activities,
    selectors.ADVOCATE: _people,
    selectors.NOMINATION: _nominations,
    selectors.INVITATION: _invitations,
    selectors.TIER: _tiers,
    selectors.ACCOUNT: _accounts,
}
