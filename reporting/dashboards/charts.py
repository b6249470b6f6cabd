"""Breakdowns as pictures, each part leading to its rows where they can be listed."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from django.http import QueryDict
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.assets.choices import AssetKind
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.charts import Chart, Point, Series
from advocacy.web.formatting import money
from advocacy.web.urls import tenant_reverse
from advocates.models import ActivityType, Tier
from advocates.people.choices import AdvocateStatus
from advocates.program.catalogue.choices import Effort
from reporting.costs.choices import CostKind
from reporting.metrics.attribution import MODELS
from reporting.metrics.costing import BENEFITS, OF_EVERYBODY
from reporting.metrics.definitions import Bar, Breakdown
from reporting.metrics.filters import query_of
from reporting.metrics.frame import Frame
from reporting.metrics.people import NOTHING
from requests.models import Touchpoint
from requests.untouched.selectors import NOBODY

#: How each is drawn: a template of ``components/``.
TEMPLATES = {
    "activities_by_month": "components/chart_bars.html",
    "revenue_by_month": "components/chart_bars.html",
}
_ROWS = "components/chart_rows.html"
#: Of sellers so many are drawn, those with the most first.
_MOST_SELLERS = 15
_BY_EFFORT = {Effort.LOW: 3, Effort.MODERATE: 2, Effort.HIGH: 1}
#: Where a month's bar leads.
_METRIC_OF = {"activities_by_month": "activities", "revenue_by_month": "influenced_revenue"}


def template_of(code: str) -> str:
    """The component that draws a breakdown."""
    return TEMPLATES.get(code, _ROWS)


def chart_of(
    breakdown: Breakdown, frame: Frame, member: Membership, params: QueryDict
) -> Chart | None:
    """The picture; nothing where there is nothing to draw."""
    bars = breakdown.read(frame)
    if not any(bar.total or any(bar.parts.values()) for bar in bars):
        return None
    draw = _DRAWN[breakdown.code]
    over, series, points = draw(bars, frame, member, params)
    return Chart(
        code=breakdown.code,
        title=str(breakdown.name),
        note=str(breakdown.formula),
        over=over,
        series=series,
        points=points,
    )


Text = str | Promise
Drawn = tuple[str, list[Series], list[Point]]


def _months(bars: list[Bar], frame: Frame, member: Membership, params: QueryDict) -> Drawn:
    is_money = not any(bar.parts for bar in bars)
    code = "revenue_by_month" if is_money else "activities_by_month"
    currency, points = frame.tenant.currency, []
    base = tenant_reverse(member.tenant, "metric", _METRIC_OF[code])
    for bar in bars:
        month = date.fromisoformat(bar.key)
        last = month.replace(day=monthrange(month.year, month.month)[1])
        days = {
            "since": max(month, frame.first).isoformat(),
            "until": min(last, frame.last).isoformat(),
        }
        points.append(
            Point(
                date_format(month, "M Y", use_l10n=False),
                [bar.total] if is_money else [bar.parts[effort] for effort in Effort],
                date_format(month, "M", use_l10n=False),
                base + query_of(params, **days),
                money(bar.total, currency, short=True) if is_money else "",
            )
        )
    if is_money:
        return _("Month"), [Series(_("In %(currency)s") % {"currency": currency})], points
    return _("Month"), [Series(str(e.label), _BY_EFFORT[e]) for e in Effort], points


def _beside(
    over: Text, labels: Callable[[], dict[str, str]], to: str
) -> Callable[[list[Bar], Frame, Membership, QueryDict], Drawn]:
    """People, with what it was before said beside each; ``to`` is the filter of the list of
    advocates that lists them, as long as the picture is of everybody now; else the rows of the
    number do.
    """

    def drawn(bars: list[Bar], frame: Frame, member: Membership, params: QueryDict) -> Drawn:
        now = frame.last == clock.today(frame.tenant.zone) and not (
            frame.segment or frame.region or frame.among
        )
        listed = now and member.can("advocates.view")
        page = tenant_reverse(member.tenant, "advocates:everybody")
        rows = tenant_reverse(member.tenant, "metric", "everybody")
        names = labels()
        points = [
            Point(
                names.get(bar.key, bar.key),
                [bar.total],
                url=f"{page}?{to}={bar.key}"
                if listed
                else rows + query_of(params, of=f"{to}:{bar.key}"),
                words=_beside_before(bar),
            )
            for bar in bars
            if bar.total or bar.parts["before"] or to == "tier"
        ]
        return str(over), [Series(_("People"))], points

    return drawn


def _activities(bars: list[Bar], frame: Frame, member: Membership, params: QueryDict) -> Drawn:
    names = _type_names()
    base = tenant_reverse(member.tenant, "metric", "activities")
    then = _("%(n)d, before %(then)d")
    points = [
        Point(
            names.get(bar.key, bar.key),
            [bar.total],
            url=base + query_of(params, type=bar.key),
            words=then % {"n": round(bar.total), "then": round(bar.parts["before"])},
        )
        for bar in bars
    ]
    return _("Activity"), [Series(_("Completed"))], points


def _content(bars: list[Bar], frame: Frame, member: Membership, params: QueryDict) -> Drawn:
    """Pieces by kind with what was aimed at, each with the way to its own."""
    base = tenant_reverse(member.tenant, "metric", "assets_published")
    names = dict(AssetKind.choices)
    points = []
    for bar in bars:
        each = {"n": round(bar.total), "then": round(bar.parts["before"])}
        said = _("%(n)d, before %(then)d") % each
        if target := bar.parts["target"]:
            aim = number_format(target, decimal_pos=0 if target >= 10 or target % 1 == 0 else 1)
            said = _("%(n)d of %(target)s aimed at, before %(then)d") % {**each, "target": aim}
        url = base + query_of(params, of=bar.key)
        points.append(Point(str(names[bar.key]), [bar.total], url=url, words=said))
    return _("Kind"), [Series(_("Published"))], points


def _sellers(bars: list[Bar], frame: Frame, member: Membership, params: QueryDict) -> Drawn:
    """Deals of each seller, each with the way to its own."""
    base = tenant_reverse(member.tenant, "opportunities:untouched")
    owners = Membership.objects.filter(pk__in=[bar.key for bar in bars if bar.key])
    names = {str(each.pk): each.name for each in owners.select_related("user")}
    listed = member.can("opportunities.view")
    points = [
        Point(
            names.get(bar.key, _("Nobody's")),
            [bar.total],
            url=f"{base}?owner={bar.key or NOBODY}" if listed else "",
            words=_("%(n)d of %(all)d") % {"n": round(bar.total), "all": round(bar.parts["of"])},
        )
        for bar in bars[:_MOST_SELLERS]
    ]
    return _("Seller"), [Series(_("Deals"))], points


def _revenue(bars: list[Bar], frame: Frame, member: Membership, params: QueryDict) -> Drawn:
    currency = frame.tenant.currency
    labels = {**{kind.value: str(kind.label) for kind in Touchpoint.Kind}, **_type_names()}
    points, base = [], tenant_reverse(member.tenant, "metric", "revenue_shares")
    for bar in bars:
        each = {name: money(bar.parts[name], currency, short=True) for name in MODELS}
        said = _("%(linear)s (first %(first)s, last %(last)s)") % each
        url = base + query_of(params, of=bar.key)
        points.append(Point(labels.get(bar.key, bar.key), [bar.total], url=url, words=said))
    return _("What touched the deal"), [Series(_("To each the same"))], points


def _efforts(bars: list[Bar], frame: Frame, member: Membership, params: QueryDict) -> Drawn:
    """Who is enrolled, with the way to the people of each."""
    base = tenant_reverse(member.tenant, "metric", "enrolled")
    names = {"": _("Nothing yet"), **{each.value: str(each.label) for each in Effort}}
    points = [
        Point(
            names[bar.key],
            [bar.total],
            url=base + query_of(params, of=bar.key or NOTHING),
            words=_beside_before(bar),
        )
        for bar in bars
    ]
    return _("Highest effort"), [Series(_("People"))], points


def _costs(of: str = "") -> Callable[[list[Bar], Frame, Membership, QueryDict], Drawn]:
    """Costs, each part with the way to its rows; ``of`` is the kind that all of them are."""

    def drawn(bars: list[Bar], frame: Frame, member: Membership, params: QueryDict) -> Drawn:
        names = {**dict(CostKind.choices), BENEFITS: _("Benefits that were delivered")}
        points = []
        for bar in bars:
            code = "costs_of_benefits" if bar.key == BENEFITS and not of else "costs_written"
            part = f"{of}:{bar.key}" if of else bar.key
            part = "" if code == "costs_of_benefits" else part
            asked = query_of(params, without=OF_EVERYBODY, of=part)
            url = tenant_reverse(member.tenant, "metric", code) + asked
            label = bar.key if of else str(names.get(bar.key, bar.key))
            said = money(bar.total, frame.tenant.currency, short=True)
            points.append(Point(label, [bar.total], url=url, words=said))
        over = _("Lead source") if of else _("Kind")
        return over, [Series(_("In %(currency)s") % {"currency": frame.tenant.currency})], points

    return drawn


def _type_names() -> dict[str, str]:
    return dict(ActivityType.objects.values_list("code", "name"))


def _tiers() -> dict[str, str]:
    return dict(Tier.objects.values_list("code", "name"))


def _beside_before(bar: Bar) -> str:
    return _("%(n)d, a quarter ago %(then)d") % {
        "n": round(bar.total),
        "then": round(bar.parts["before"]),
    }


_DRAWN: dict[str, Callable[[list[Bar], Frame, Membership, QueryDict], Drawn]] = {
    "activities_by_month": _months,
    "revenue_by_month": _months,
    "activities_by_type": _activities,
    "revenue_by_type": _revenue,
    "advocates_by_tier": _beside(gettext_lazy("Tier"), _tiers, "tier"),
    "advocates_by_effort": _efforts,
    "costs_by_kind": _costs(),
    "acquisition_by_source": _costs("acquisition"),
    "advocates_by_status": _beside(
        gettext_lazy("Status"),
        lambda: {each.value: str(each.label) for each in AdvocateStatus},
        "status",
    ),
    "content_by_kind": _content,
    "untouched_by_seller": _sellers,
}
