"""What is promised against what there is, in the browser (BEN-10.a)."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage
from advocates.models import Advocate
from benefits.catalogue.models import Benefit
from benefits.commitments.counting import (
    SHOWN,
    Commitments,
    Line,
    Promise,
    commitments,
    delivered_of,
    promises,
    the_quarters,
)
from benefits.commitments.shortages import shortages_of
from benefits.tabs import NAV_ITEM, tabs


class CommitmentsPage(DetailPage):
    """This quarter and the next: what is short, every benefit, every budget."""

    permission: ClassVar[str] = "commitments.view"
    nav_item: ClassVar[str] = NAV_ITEM
    template_name: ClassVar[str] = "benefits/commitments/commitments.html"
    object: tuple[Commitments, Commitments]

    def get_object(self) -> tuple[Commitments, Commitments]:
        return commitments()

    def get_title(self) -> str:
        short = sum(len(shortages_of(each)) for each in self.object)
        if not short:
            return _("What is promised can be kept")
        return ngettext("%(n)d thing is short", "%(n)d things are short", short) % {"n": short}

    def get_context(self) -> dict[str, Any]:
        return {
            "eyebrow": _("What is promised"),
            "tabs": tabs(self.request, "commitments"),
            "unit": self.membership.tenant.currency,
            "quarters": [
                {
                    "title": _("Next quarter") if each.is_next else _("This quarter"),
                    "found": each,
                    "short": [short.text for short in shortages_of(each).values()],
                    "rows": [self._row(line, each) for line in each.lines if _counts(line, each)],
                }
                for each in self.object
            ],
        }

    def _row(self, line: Line, found: Commitments) -> dict[str, Any]:
        url = tenant_reverse(self.request, "grants:promises", line.benefit.pk)
        return {
            "line": line,
            "past": " · ".join(map(str, line.past)),
            "short": line.short_of_stock or line.beyond_pace,
            "url": f"{url}#{'next' if found.is_next else 'this'}",
            "past_url": f"{url}#past",
        }


def _counts(line: Line, found: Commitments) -> bool:
    """Of the next quarter only what is promised: what was delivered stands above it."""
    return bool(line.promised) or not found.is_next


class PromisesPage(DetailPage):
    """The rows behind the numbers of one benefit: to whom, by when; and what was delivered."""

    permission: ClassVar[str] = "commitments.view"
    nav_item: ClassVar[str] = NAV_ITEM
    template_name: ClassVar[str] = "benefits/commitments/promises.html"
    object: Benefit

    def get_object(self) -> Benefit:
        found = Benefit.objects.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_context(self) -> dict[str, Any]:
        quarters = the_quarters()
        listed = [promises(self.object, quarter) for quarter in quarters]
        names = _names(row for rows in listed for row in rows)
        past = delivered_of(self.object)
        return {
            "crumbs": [(tenant_reverse(self.request, "grants:commitments"), _("Promised"))],
            "page_subtitle": _("Promised and delivered"),
            "most": SHOWN,
            "parts": [
                {
                    "code": code,
                    "title": title,
                    "quarter": quarter,
                    "rows": [self._row(row, names) for row in rows],
                    "is_cut": len(rows) == SHOWN,
                }
                for code, title, quarter, rows in zip(
                    ("this", "next"),
                    (_("This quarter"), _("Next quarter")),
                    quarters,
                    listed,
                    strict=True,
                )
            ],
            "past": [(tenant_reverse(self.request, "grants:detail", row.pk), row) for row in past],
            "past_is_cut": len(past) == SHOWN,
        }

    def _row(self, row: Promise, names: dict[Any, Advocate]) -> dict[str, Any]:
        who = names[row.advocate_id]
        at = ("grants:detail", row.grant_id) if row.grant_id else ("advocates:detail", who.pk)
        if row.grant_id is None:
            state = _("comes with the tier")
        else:
            state = _("approved") if row.is_taken else _("planned")
        return {
            "name": who.name,
            "account": who.account.name,
            "due_on": row.due_on,
            "from": _("Tier") if row.by_tier else _("By hand"),
            "state": state,
            "url": tenant_reverse(self.request, *at),
        }


def _names(rows: Iterable[Promise]) -> dict[Any, Advocate]:
    keys = {row.advocate_id for row in rows}
    return Advocate.objects.select_related("account").in_bulk(keys)


#: Below the addresses of what was given.
urlpatterns = [
    path("commitments/", CommitmentsPage.as_view(), name="commitments"),
    path("commitments/<uuid:pk>/", PromisesPage.as_view(), name="promises"),
]
