"""Maps of heat of what is wanted and missing, and the best candidates where it is (MAT-5)."""

from typing import Any
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web.charts import Chart, Point, Series
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage
from advocates.accounts.choices import Region, Segment
from advocates.models import ActivityType
from requests.pages import NAV_ITEM
from requests.supply.selectors import Balance, Market, Supply, supply_of, wanted_types

#: Of the gaps, so many are written out; the maps show all.
SHOWN = 12


class SupplyAndDemand(DetailPage):
    """By type a map a region, then the largest gaps in words."""

    permission = "supply.view"
    nav_item = NAV_ITEM
    template_name = "requests/supply.html"
    title = gettext_lazy("Supply and demand")
    object: Supply | None

    def get_object(self) -> Supply | None:
        """Of the type in the address, else of what is asked for most."""
        code = self.request.GET.get("activity_type", "")
        named = [kind for kind in self.types if kind.code == code]
        kind = next(iter([*named, *self.types]), None)
        return supply_of(kind) if kind else None

    @cached_property
    def types(self) -> list[ActivityType]:
        """What can be asked for."""
        return wanted_types()

    def get_title(self) -> str:
        return str(self.title)

    def get_context(self) -> dict[str, Any]:
        found = self.object
        here: dict[str, Any] = {
            "crumbs": [(tenant_reverse(self.request, "requests:list"), _("Requests"))],
            "page_subtitle": _("What is asked for, against who can be asked for it now."),
            "types": [(kind.code, str(kind)) for kind in self.types],
        }
        if found is None:
            return here
        return here | {
            "kind": found.kind,
            "how": how_words(found),
            "maps": [self._map(found, region) for region in _regions(found)],
            "gaps": [self._gap(each) for each in found.gaps[:SHOWN]],
            "more": max(len(found.gaps) - SHOWN, 0),
        }

    def _map(self, found: Supply, region: str) -> Chart:
        here = {each.market: each for each in found.balances if each.market.region == region}
        columns = _columns(found)
        points = []
        for industry in sorted({market.industry for market in here}, key=_blank_last):
            cells = [here.get(Market(industry, size, region)) for size in columns]
            points.append(
                Point(
                    industry or _("Any industry"),
                    [cell.gap if cell else 0 for cell in cells],
                    each_words=[_cell(cell) for cell in cells],
                    each_url=[self._people(cell) if cell and cell.gap else "" for cell in cells],
                )
            )
        highest = max(each.gap for each in found.balances)
        title = str(Region(region).label) if region else _("Any region")
        note = _("Places for which nobody can be asked, of those open or expected")
        series = [Series(str(Segment(s).label) if s else _("Any size")) for s in columns]
        return Chart(
            f"supply-{region or 'any'}", title, note, _("Industry"), series, points, whole=highest
        )

    def _gap(self, each: Balance) -> dict[str, Any]:
        return {
            "title": market_words(each.market),
            "gap": each.gap,
            "why": balance_words(each),
            "lead": self._lead(each),
            "url": self._people(each),
        }

    def _lead(self, each: Balance) -> str:
        """How many candidates there are, and where, if not just here."""
        n = each.nearest_candidates
        if each.nearest == each.market:
            return ngettext("%(n)d candidate", "%(n)d candidates, the best first", n) % {"n": n}
        if each.nearest.region:
            text = ngettext("%(n)d candidate of another size", "%(n)d candidates of other sizes", n)
        else:
            text = ngettext("%(n)d candidate elsewhere", "%(n)d candidates elsewhere", n)
        return text % {"n": n}

    def _people(self, each: Balance) -> str:
        """The best candidates there, if there are any."""
        if not each.nearest_candidates:
            return ""
        said = {name: value for name, value in each.nearest._asdict().items() if value}
        return f"{tenant_reverse(self.request, 'advocates:candidates')}?{urlencode(said)}"


def _blank_last(word: str) -> tuple[bool, str]:
    return (not word, word.casefold())


def _regions(found: Supply) -> list[str]:
    there = {each.market.region for each in found.balances}
    return [value for value in (*Region.values, "") if value in there]


def _columns(found: Supply) -> list[str]:
    """All sizes; and any, where a request did not say one."""
    unsaid = any(not each.market.segment for each in found.balances)
    return [*Segment.values, *([""] if unsaid else [])]


def _cell(cell: Balance | None) -> str:
    if cell is None or not cell.wanted:
        return "–"
    return _("%(gap)d of %(wanted)d") % {"gap": cell.gap, "wanted": cell.wanted}


def market_words(market: Market) -> str:
    """Industry, size and region in one line."""
    return " · ".join(
        (
            market.industry or _("any industry"),
            str(Segment(market.segment).label) if market.segment else _("any size"),
            str(Region(market.region).label) if market.region else _("any region"),
        )
    )


def balance_words(each: Balance) -> str:
    """What is wanted, and who is there."""
    said = []
    if each.open or each.expected is None:
        said.append(ngettext("%(n)d place open", "%(n)d places open", each.open) % {"n": each.open})
    if each.expected is not None:
        said.append(
            ngettext(
                "about %(n)d expected (%(asked)d asked for in the last year)",
                "about %(n)d expected (%(asked)d asked for in the last year)",
                each.expected,
            )
            % {"n": each.expected, "asked": each.asked}
        )
    people = ngettext("%(n)d person can be asked", "%(n)d people can be asked", each.available)
    text = "; ".join([*said, people % {"n": each.available}])
    return f"{text[:1].upper()}{text[1:]}."


def how_words(found: Supply) -> str:
    """How what is expected was worked out, with the count; or that too little is known."""
    said = {
        "n": found.requests,
        "days": found.days,
        "over": found.over_days,
        "needed": found.needed,
        "type": found.kind,
    }
    if not found.foretells:
        return (
            _(
                "Only what is open counts: there were %(n)d requests for this in the last %(over)d"
                " days, and it takes %(needed)d over two months before we say what to expect."
            )
            % said
        )
    return (
        _(
            "Expected in the next %(days)d days is what your own %(n)d requests for this in the"
            " last %(over)d days come to in as long a time, market by market."
        )
        % said
    )
