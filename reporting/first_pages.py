"""What a role finds on Today besides its queue: what concerns it, and what it can begin (UI-2)."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Exists, F
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenant_settings.reading import current
from advocacy.web.charts import Chart, Point, Series
from advocacy.web.urls import tenant_reverse
from advocates.models import (
    Account,
    Advocate,
    Moment,
    Outcome,
    Signal,
)
from advocates.moments.lifecycle import MomentState
from advocates.moments.numbers import MomentNumbers
from advocates.moments.selectors import listed_moments
from advocates.people.choices import ENROLLED
from advocates.people.selectors import types_on
from advocates.people.willing import willing_counts
from reporting.guide.steps import GuideStep, steps_for
from requests.models import Request

#: What marketing can publish; a talk, feedback and a referral are no content.
CONTENT = frozenset({"quote", "video", "link", "document", "logo"})
#: A card beside the queue is no list; its heading leads to one.
SHOWN = 5
#: Days for which praise is worth a word.
HEARD_DAYS = 90
#: Nobody sponsors many more.
SPONSORED = 12


@dataclass(frozen=True, slots=True)
class Begin:
    """The one thing to begin when nothing waits: words, address, icon."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Voices:
    """What marketing can build on: who accepts which kind of content, what may be quoted, who
    spoke up unasked.
    """

    willing: Chart | None
    quotable: list[Outcome]
    quotable_count: int
    quotable_url: str
    heard: list[Signal]
    heard_url: str


@dataclass(frozen=True, slots=True)
class Sponsoring:
    """Whom an executive sponsors, and what at customers is worth a word from them."""

    people: list[Advocate]
    moments: list[Moment]
    moments_url: str


def begin_for(membership: Membership) -> Begin | None:
    """What a role most likely came for; None where there is nothing it could begin."""

    def to(name: str, query: str = "") -> str:
        return tenant_reverse(membership.tenant, name) + query

    if membership.role == Role.MARKETING:
        return Begin(_("Ask for content"), to("requests:new"), "news")
    if membership.role == Role.CSM:
        return Begin(_("Nominate somebody"), to("nominations:new"), "user-up")
    if membership.role == Role.EXECUTIVE:
        return Begin(
            _("See the moments to celebrate"), to("moments:list", "?state=open"), "confetti"
        )
    if membership.can("requests.submit"):
        return Begin(_("New request"), to("requests:new"), "plus")
    return None


def first_steps(membership: Membership) -> list[GuideStep]:
    """The foundation of the set-up guide, while the tenant is empty; nothing from the first request
    of a program with people on.
    """
    if not membership.can("settings.rules"):
        return []
    enrolled = Advocate.objects.filter(status__in=sorted(ENROLLED))
    others = Membership.objects.filter(is_active=True).exclude(pk=membership.pk)
    (done,) = Tenant.objects.filter(pk=membership.tenant_id).values_list(
        Exists(Account.objects.all()),
        Exists(others),
        Exists(enrolled),
        Exists(Request.objects.all()),
    )
    return [] if all(done) else steps_for(membership)


def voices_for(membership: Membership) -> Voices | None:
    """What marketing looks for; for that role alone."""
    if membership.role != Role.MARKETING:
        return None
    people = tenant_reverse(membership.tenant, "advocates:list")
    quotable = Outcome.objects.filter(
        may_be_quoted=True, advocate__status__in=sorted(ENROLLED)
    ).select_related("advocate__account")
    since = clock.today(membership.tenant.zone) - timedelta(days=HEARD_DAYS)
    heard = Signal.objects.filter(seen_on__gte=since).select_related("advocate__account")
    return Voices(
        _willing(people),
        list(quotable[:SHOWN]),
        quotable.count(),
        f"{people}?quotable=yes",
        list(heard[:SHOWN]),
        tenant_reverse(membership.tenant, "signals:list"),
    )


def _willing(people: str) -> Chart | None:
    """Active advocates by the kinds of content that are asked for."""
    kinds = list(types_on().filter(produces__in=CONTENT))
    total, counts = willing_counts(kinds)
    if not kinds or not total:
        return None
    return Chart(
        code="willing",
        title=_("Who would say yes"),
        note=_("Active advocates who accept it and are comfortable with it"),
        over=_("Content"),
        series=[Series(_("People"))],
        points=[
            Point(
                kind.name,
                [counts[kind.pk]],
                url=f"{people}?{urlencode({'accepts': kind.code, 'status': 'active'})}",
            )
            for kind in kinds
        ],
        whole=total,
    )


def sponsoring_for(membership: Membership) -> Sponsoring | None:
    """What an executive looks after; for that role alone."""
    if membership.role != Role.EXECUTIVE:
        return None
    people = (
        Advocate.objects.filter(executive_sponsor=membership, status__in=sorted(ENROLLED))
        .select_related("account")
        .annotate(tier_code=F("standings__tier__code"), tier_name=F("standings__tier__name"))
    )
    today = clock.today(membership.tenant.zone)
    fresh = today - timedelta(days=current(MomentNumbers).fresh_days)
    moments = listed_moments(membership).filter(
        state=MomentState.OPEN, happened_on__range=(fresh, today)
    )
    url = tenant_reverse(membership.tenant, "moments:list")
    return Sponsoring(list(people[:SPONSORED]), list(moments[:SHOWN]), f"{url}?state=open")


def running_the_program(membership: Membership) -> list[Membership]:
    """Whom to turn to, for an approver: they have no list of their own to look into."""
    if membership.role != Role.APPROVER:
        return []
    active = Membership.objects.filter(is_active=True, user__is_active=True)
    found = active.select_related("user").order_by("user__name", "pk")
    return list(found.filter(role=Role.PROGRAM_MANAGER)[:SHOWN]) or list(
        found.filter(role=Role.ADMIN)[:SHOWN]
    )
