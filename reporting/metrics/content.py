"""What of the content is there, is good and is used (MET-2), and who of sales uses it (ADO-1)."""

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from activities.activities.choices import ActivityState
from activities.assets import uses
from activities.assets.checking import wanted_of
from activities.assets.choices import TESTIMONIALS, AssetKind
from activities.assets.models import Asset
from activities.assets.selectors import in_library
from activities.assets.times import fresh_since
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from reporting.metrics import sums
from reporting.metrics.deals import DECIDED, yes_if
from reporting.metrics.definitions import Metric
from reporting.metrics.frame import Frame
from requests.models import Ask, Opportunity, Request
from requests.shares.selectors import uses as uses_in_deals

_ONE = Value(1, output_field=IntegerField())
_PATHS = {"segment": "advocate__account__segment", "region": "advocate__account__region"}
#: The check looks at these (AST-2.f).
_CHECKED = [kind.value for kind in AssetKind if wanted_of(kind)]


def _shelved() -> QuerySet[Asset]:
    return Asset.objects.filter(in_library())


def _in_use(frame: Frame) -> QuerySet[Asset]:
    there = _shelved().filter(published_at__lt=frame.end)
    return there.annotate(part=yes_if(uses.used_since(frame.start, frame.end)))


def _fresh(_frame: Frame) -> QuerySet[Asset]:
    kinds = [kind.value for kind in TESTIMONIALS]
    return _shelved().filter(kind__in=kinds, confirmed_at__gte=fresh_since()).annotate(part=_ONE)


def _good(_frame: Frame) -> QuerySet[Asset]:
    return _shelved().filter(kind__in=_CHECKED).annotate(part=yes_if(Q(is_good=True)))


def _published(frame: Frame) -> QuerySet[Asset]:
    return Asset.objects.filter(**frame.moments_of("published_at")).annotate(part=_ONE)


def _sellers(frame: Frame) -> QuerySet[Membership]:
    """Who is in sales, or owned a deal that was not over before the frame began; of them who used a
    piece of content, or had a reference for a request of theirs.
    """
    owned = (
        Opportunity.objects.filter(owner=OuterRef("pk"))
        .filter(Q(opened_on=None) | Q(opened_on__lte=frame.last))
        .exclude(stage__in=DECIDED, closes_on__lt=frame.first)
    )
    shared = uses_in_deals().filter(made_by=OuterRef("pk"), **frame.moments_of("created_at"))
    helped = Ask.objects.filter(
        request__requester=OuterRef("pk"),
        activity__state=ActivityState.COMPLETED,
        activity__activity_type__is_reference=True,
        **frame.moments_of("activity__happened_at"),
    )
    sellers = Membership.objects.filter(is_active=True).filter(
        Q(role=Role.SALES) | Q(Exists(owned))
    )
    used = Q(Exists(shared)) | Q(Exists(helped))
    return sellers.annotate(part=yes_if(used))


def _answered(frame: Frame) -> QuerySet[Request]:
    rows = Request.objects.filter(**frame.moments_of("content_answers__at"))
    return rows.annotate(part=F("content_answers__saved"))


ASSETS_IN_USE = Metric(
    code="assets_in_use",
    name=_("Content in use"),
    formula=_("pieces of the library that were used in the period / all pieces of the library"),
    unit="share",
    days=180,
    source=_("the library as it is now, and what was used in deals"),
    dated=_("the day a piece was used"),
    rows=_in_use,
    sums=sums.share,
    paths=_PATHS,
    has_past=False,
)
FRESH_TESTIMONIALS = Metric(
    code="fresh_testimonials",
    name=_("Fresh testimonials"),
    formula=_("quotes and videos in the library whose advocate approved them lately enough"),
    unit="count",
    days=365,
    target=50,
    source=_("the library as it is now"),
    dated=_("now, whatever the period"),
    rows=_fresh,
    sums=sums.count,
    paths=_PATHS,
    has_past=False,
)
ASSETS_PUBLISHED = Metric(
    code="assets_published",
    name=_("Content published"),
    formula=_("pieces that were published last in the period"),
    unit="count",
    days=90,
    source=_("pieces of content"),
    dated=_("the day a piece was published last"),
    rows=_published,
    sums=sums.count,
    paths={**_PATHS, "team": "owner__role"},
    pick=lambda rows, frame: rows.filter(kind=frame.of),
)
ASSETS_GOOD = Metric(
    code="assets_good",
    name=_("Content that passes its check"),
    formula=_("pieces of the library in which the check finds nothing missing / all it looks at"),
    unit="share",
    days=365,
    source=_("the library as it is now"),
    dated=_("now, whatever the period"),
    rows=_good,
    sums=sums.share,
    paths=_PATHS,
    has_past=False,
)
SELLERS_USING = Metric(
    code="sellers_using",
    name=_("Sellers who use the program"),
    formula=_(
        "sellers who used content in a deal or had a reference completed for a request of theirs /"
        " everybody in sales, and whoever owned a deal that was open in the period"
    ),
    unit="share",
    days=90,
    source=_("members, their deals, what they shared and what they asked for"),
    dated=_("the day content was shared, or the reference took place"),
    rows=_sellers,
    sums=sums.share,
    paths={"team": "role"},
)

ASKS_SAVED = Metric(
    code="asks_saved",
    name=_("Asks saved by content"),
    formula=_("requests that content answered before anybody was asked, each counted once"),
    unit="count",
    days=365,
    source=_("requests closed with “This answers it”"),
    dated=_("the day it was said"),
    rows=_answered,
    sums=sums.count,
    paths={
        "segment": "segment",
        "region": "region",
        "type": "activity_type",
        "team": "requester__role",
    },
)

METRICS = (
    ASSETS_IN_USE,
    FRESH_TESTIMONIALS,
    ASSETS_GOOD,
    ASSETS_PUBLISHED,
    ASKS_SAVED,
    SELLERS_USING,
)
