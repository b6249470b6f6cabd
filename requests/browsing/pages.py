"""Looking through who could help, without names (BRW-1)."""

from typing import Any
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.tenant_settings.reading import current
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage
from advocates.models import ActivityType
from requests.browsing.forms import FIRST, BrowseForm
from requests.browsing.references import FIELD
from requests.browsing.selectors import Available, Shown, Wanted, available, requestable_types
from requests.browsing.settings import Browsing
from requests.browsing.words import company_words, role_words
from requests.matching.exclusions import language_name
from requests.pages import NAV_ITEM

PAGE = 20
#: So many further types are named, the others counted.
NAMED = 4


class Browse(DetailPage):
    """Filters above, people below, each told of no more finely than several companies fit."""

    permission = "references.browse"
    nav_item = NAV_ITEM
    template_name = "requests/browse.html"
    title = gettext_lazy("Who could help")
    object: Available | None

    def get_object(self) -> Available | None:
        """Everybody open to the type; none where the catalogue is empty."""
        return available(self.membership, self.kind) if self.kind else None

    @cached_property
    def types(self) -> list[ActivityType]:
        """What can be asked for."""
        return requestable_types()

    @cached_property
    def kind(self) -> ActivityType | None:
        """The type in the address, else the first."""
        code = self.request.GET.get("activity_type", "")
        named = [kind for kind in self.types if kind.code == code]
        return next(iter([*named, *self.types]), None)

    def get_title(self) -> str:
        return str(self.title)

    def get_context(self) -> dict[str, Any]:
        here = {
            "crumbs": [(tenant_reverse(self.request, "requests:list"), _("Requests"))],
            "page_subtitle": _("People who may be asked, without their names. A person asks them."),
            "least": current(Browsing).described_companies,
        }
        if self.object is None or self.kind is None:
            return here
        data = {**self.request.GET.dict(), "activity_type": self.kind.code}
        form = BrowseForm(data, types=self.types, available=self.object)
        wanted = form.wanted()
        found = self.object.matching(wanted)
        page, pages = self._page(len(found))
        shown = self.object.shown(found[(page - 1) * PAGE : page * PAGE])
        chips = [form[name] for name in form.fields if name in FIRST]
        return here | {
            "kind": self.kind,
            "first": chips,
            "more": [form[name] for name in form.fields if name not in FIRST],
            "more_open": any(self.request.GET.get(n) for n in form.fields if n not in FIRST),
            "narrowed": wanted.narrows,
            "headline": _headline(len(found), wanted),
            "none_at_all": not self.object.everybody,
            "clear_url": f"?{urlencode({'activity_type': self.kind.code})}",
            "wider_url": "" if wanted.also_full else self._address(capacity="all"),
            "rows": [self._row(each) for each in shown],
            "page": page,
            "pages": pages,
            "before_url": self._address(page=str(page - 1)) if page > 1 else "",
            "after_url": self._address(page=str(page + 1)) if page < pages else "",
        }

    def _page(self, count: int) -> tuple[int, int]:
        asked, pages = self.request.GET.get("page", ""), max(1, -(-count // PAGE))
        wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
        return min(max(wanted, 1), pages), pages

    def _address(self, **more: str) -> str:
        given = {name: value for name, value in self.request.GET.items() if value}
        given.pop("page", None)
        return f"?{urlencode(given | more)}"

    def _row(self, each: Shown) -> dict[str, Any]:
        assert self.kind is not None  # noqa: S101 - there are rows of a type only
        told = each.told
        asking = {"type": self.kind.code, FIELD: each.reference}
        return {
            "role": role_words(told),
            "company": company_words(told),
            "language": language_name(told.language) if told.language else "",
            "tags": [*each.products, *each.use_cases],
            "also": [str(kind) for kind in each.also_open[:NAMED]],
            "also_more": max(len(each.also_open) - NAMED, 0),
            "can": each.can,
            "url": f"{tenant_reverse(self.request, 'requests:new')}?{urlencode(asking)}",
        }


def _headline(count: int, wanted: Wanted) -> str:
    if wanted.also_full:
        text = ngettext("%(count)d person is open to it", "%(count)d people are open to it", count)
    else:
        text = ngettext(
            "%(count)d person can be asked now", "%(count)d people can be asked now", count
        )
    return text % {"count": count}
