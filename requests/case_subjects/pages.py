"""Who could tell the next case study (AST-4.a)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage
from requests.access import may_ask
from requests.case_subjects.selectors import Subject, Subjects, subjects
from requests.case_subjects.words import reasons


class CaseSubjects(DetailPage):
    """Proposed, the best first, each with what speaks for them."""

    permission = "assets.edit"
    nav_item = "content"
    template_name = "requests/case_subjects.html"
    title = gettext_lazy("Who could tell the next case study")
    object: Subjects

    def get_object(self) -> Subjects:
        """Of everybody enrolled."""
        return subjects()

    def get_title(self) -> str:
        return str(self.title)

    def get_context(self) -> dict[str, Any]:
        found = self.object
        can = self.membership.can
        profile = tenant_reverse(self.request, "settings-family", "recruiting")
        return {
            "crumbs": [(tenant_reverse(self.request, "assets:list"), _("Content"))],
            "page_subtitle": _(
                "People with a result to tell, in the industries you aim at, who tell it well."
            ),
            "now": [self._row(each) for each in found.found if each.may_be_asked],
            "later": [self._row(each) for each in found.found if not each.may_be_asked],
            "found": found,
            "profile_url": profile if can("settings.rules") else "",
        }

    def _row(self, each: Subject) -> dict[str, Any]:
        person = each.advocate
        begin = tenant_reverse(self.request, "assets:new")
        may_begin = self.membership.can("assets.edit")
        asks = each.may_be_asked and may_ask(self.membership, person)
        return {
            "name": person.name,
            "company": str(person.account),
            "url": tenant_reverse(self.request, "advocates:detail", person.pk),
            "score": each.score,
            "reasons": reasons(each),
            "ask_url": tenant_reverse(self.request, "requests:ask-person", person.pk)
            if asks
            else "",
            "begin_url": f"{begin}?kind=case_study&advocate={person.pk}" if may_begin else "",
        }
