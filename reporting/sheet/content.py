"""What stands on an account's sheet (REP-1.f).

It is read in front of the customer. So somebody is named only with their leave to be recognised,
gifts are counted by kind and never say to whom, and what somebody said in confidence (ratings,
comments, what a call was for) is not there at all (VIS-1).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.activities.choices import OPEN as ACTIVITY_OPEN
from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.assets.selectors import in_library
from activities.models import Asset
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.formatting import day
from advocacy.web.urls import tenant_reverse
from advocates.accounts.models import Account
from advocates.models import Consent
from advocates.people.choices import ConsentUse
from advocates.program.catalogue.choices import Effort
from benefits.grants.lifecycle import GOT, GrantState
from benefits.grants.models import Grant, GrantActivity
from benefits.recognition.selectors import published
from benefits.thanks.choices import ThankYouKind, ThankYouState
from benefits.thanks.models import ThankYou
from reporting.goals.models import Goal
from reporting.goals.words import line_of
from reporting.metrics.frame import Frame

#: So many lines of each part; a page has no room for more, and says how many there are.
MOST = 12
#: Said yes to, approved: before that nobody outside hears of it.
_AGREED = sorted(ACTIVITY_OPEN - {ActivityState.PLANNED})
_PROMISED = (GrantState.APPROVED, GrantState.ORDERED)
#: Goals that are no business of the program's own.
_SHOWN = ("activities", "engagement", "qualified_references", "thanked_in_time")
_RANK = {Effort.HIGH: 0, Effort.MODERATE: 1, Effort.LOW: 2}


@dataclass(frozen=True, slots=True)
class Given:
    """What their people did of one kind."""

    name: str
    count: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing somebody did. ``who`` is empty without their leave to be recognised."""

    on: date
    name: str
    who: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of text, and where it leads."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of it over a frame."""

    account: Account
    frame: Frame
    people: int
    given: list[Given]
    recognise: list[Contribution]
    published: list[Item]
    received: list[Item]
    promises: list[Item]
    goals: list[Item]
    more: int

    @property
    def contributions(self) -> int:
        """How many things their people did."""
        return sum(each.count for each in self.given)


def sheet_of(account: Account, member: Membership, frame: Frame) -> Sheet:
    """The sheet, in the language of the moment."""
    done = list(_done(account, frame))
    ranked = sorted(done, key=lambda each: (_RANK[Effort(each.participation.effort)], -_at(each)))
    return Sheet(
        account,
        frame,
        len({each.advocate_id for each in done}),
        _given(done, frame),
        [_contribution(each, member, frame) for each in ranked[:MOST]],
        _published(account, member, frame),
        _received(account, frame),
        _promises(account, member, frame),
        _goals(account, member, frame),
        max(0, len(done) - MOST),
    )


def _done(account: Account, frame: Frame) -> QuerySet[Activity]:
    """With whether whoever did it may be recognised."""
    today = clock.today(frame.tenant.zone)
    leave = Consent.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=today),
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today),
        advocate=OuterRef("advocate"),
        use=ConsentUse.RECOGNITION,
        given_on__lte=today,
    )
    return (
        Activity.objects.filter(
            participation__account=account,
            state=ActivityState.COMPLETED,
            **frame.moments_of("happened_at"),
        )
        .select_related("advocate", "activity_type", "participation")
        .annotate(has_leave=Exists(leave))
        .order_by("-happened_at", "-pk")
    )


def _at(activity: Activity) -> float:
    moment: datetime | None = activity.happened_at
    return moment.timestamp() if moment else 0.0


def _day(moment: datetime | None, frame: Frame) -> date:
    return moment.astimezone(frame.tenant.zone).date() if moment else frame.last


def _given(done: list[Activity], frame: Frame) -> list[Given]:
    found: dict[str, list[date]] = {}
    for each in done:
        found.setdefault(each.activity_type.name, []).append(_day(each.happened_at, frame))
    made = [Given(name, len(days), min(days), max(days)) for name, days in found.items()]
    return sorted(made, key=lambda each: (-each.count, each.name))


def _contribution(activity: Activity, member: Membership, frame: Frame) -> Contribution:
    may_open = member.can("activities.view")
    url = tenant_reverse(member.tenant, "activities:detail", activity.pk) if may_open else ""
    who = activity.advocate.name if activity.has_leave else ""  # type: ignore[attr-defined]
    return Contribution(_day(activity.happened_at, frame), activity.activity_type.name, who, url)


def _published(account: Account, member: Membership, frame: Frame) -> list[Item]:
    """Content that stands where everybody can see it; nothing whose leave has ended."""
    of_theirs = Q(activity__participation__account=account)
    of_theirs |= Q(activity=None, advocate__account=account)
    rows = Asset.objects.filter(in_library(), of_theirs, **frame.moments_of("published_at"))
    may_open = member.can("assets.view")
    return [
        Item(
            _("%(kind)s: %(title)s, %(day)s")
            % {
                "kind": row.get_kind_display(),
                "title": row.title,
                "day": day(_day(row.published_at, frame)),
            },
            tenant_reverse(member.tenant, "assets:detail", row.pk) if may_open else "",
        )
        for row in rows.order_by("-published_at", "-pk")[:MOST]
    ]


def _received(account: Account, frame: Frame) -> list[Item]:
    """Thanks, benefits by kind, recognition: how many, never to whom."""
    found = []
    thanks = (
        ThankYou.objects.filter(
            activity__participation__account=account,
            state=ThankYouState.DONE,
            **frame.moments_of("done_at"),
        )
        .exclude(kind=ThankYouKind.APOLOGY)
        .count()
    )
    if thanks:
        found.append(ngettext("%(n)d thank-you", "%(n)d thank-yous", thanks) % {"n": thanks})
    rows = Grant.objects.filter(
        _given_at(account), state__in=GOT, **frame.moments_of("delivered_at")
    )
    kinds = Counter(rows.values_list("benefit__name", flat=True))
    found += [_("%(name)s: %(n)d") % {"name": name, "n": n} for name, n in sorted(kinds.items())]
    wall = (
        published()
        .filter(has_leave=True, has_company=True, is_in=True, names_company=True)
        .filter(advocate__account=account, **frame.moments_of("published_at"))
        .count()
    )
    if wall:
        text = ngettext(
            "%(n)d place on the recognition wall", "%(n)d places on the recognition wall", wall
        )
        found.append(text % {"n": wall})
    return [Item(text) for text in found]


def _given_at(account: Account) -> Q:
    """Benefits of who worked there when they got them. Of those from before that was kept it is
    where they did what they got it for; of what they got for no activity, where they work now.
    """
    covered = GrantActivity.objects.filter(grant=OuterRef("pk"))
    there = Exists(covered.filter(activity__participation__account=account))
    now = Q(advocate__account=account) & ~Q(Exists(covered))
    return Q(account=account) | Q(account=None) & (Q(there) | now)


def _promises(account: Account, member: Membership, frame: Frame) -> list[Item]:
    """What is promised and not done: by us to their people, and by them to us."""
    tenant, found = member.tenant, []
    grants = Grant.objects.filter(advocate__account=account, state__in=_PROMISED)
    may_open = member.can("grants.view")
    for grant in grants.select_related("benefit").order_by("due_on", "pk")[:MOST]:
        text = _("%(name)s, promised for %(day)s")
        words = {"name": grant.benefit.name, "day": day(grant.due_on)}
        url = tenant_reverse(tenant, "grants:detail", grant.pk) if may_open else ""
        found.append(Item(text % words, url))
    owed = ThankYou.objects.filter(advocate__account=account, state=ThankYouState.OPEN).count()
    if owed:
        text = ngettext("%(n)d thank-you is due", "%(n)d thank-yous are due", owed)
        found.append(Item(text % {"n": owed}))
    coming = Activity.objects.filter(participation__account=account, state__in=_AGREED)
    for each in coming.select_related("activity_type").order_by("starts_at", "pk")[:MOST]:
        name = each.activity_type.name
        on = _day(each.starts_at, frame) if each.starts_at else None
        text = _("%(name)s, on %(day)s") % {"name": name, "day": day(on)} if on else name
        found.append(Item(_("Agreed with them: %(what)s") % {"what": text}))
    return found


def _goals(account: Account, member: Membership, frame: Frame) -> list[Item]:
    """What the program wants to reach with companies like this one."""
    if not member.can("goals.view"):
        return []
    segments, regions = {"", account.segment}, {"", account.region}
    rows = Goal.objects.filter(
        state="pursued",
        metric__in=_SHOWN,
        segment__in=sorted(segments),
        region__in=sorted(regions),
        starts_on__lte=frame.last,
        ends_on__gte=frame.last,
    ).exclude(segment="", region="")
    found = []
    for goal in rows.order_by("ends_on", "pk")[:MOST]:
        line = line_of(goal, member.tenant)
        text = _("%(name)s: %(now)s of %(target)s, %(how)s") % {
            "name": line.name,
            "now": line.now,
            "target": line.target,
            "how": line.verdict,
        }
        found.append(Item(text, tenant_reverse(member.tenant, "goals:detail", goal.pk)))
    return found
