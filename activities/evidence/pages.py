"""Evidence in the browser: one question, the passages that answer it (EVD-1)."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.assets.selectors import sees_workshop
from activities.evidence.forms import EvidenceForm
from activities.evidence.models import Passage
from activities.evidence.presentation import shown
from activities.evidence.selectors import find_evidence
from advocacy.web.views import DetailPage


class EvidencePage(DetailPage):
    """A search box, and what answers; the address holds the question, so a reload does too."""

    permission: ClassVar[str] = "assets.view"
    nav_item: ClassVar[str] = "evidence"
    template_name: ClassVar[str] = "activities/evidence/page.html"
    title = gettext_lazy("Evidence")

    def get_object(self) -> None:
        """It is about all of them."""
        return

    def get_title(self) -> str:
        return str(self.title)

    @cached_property
    def form(self) -> EvidenceForm:
        """The question in the address."""
        return EvidenceForm(self.request.GET, inside=sees_workshop(self.membership))

    def get_context(self) -> dict[str, Any]:
        wanted = self.form.wanted()
        hits = find_evidence(self.membership, wanted) if wanted.question else []
        return {
            "page_subtitle": _("What customers said and reached, at the passage that answers."),
            "form": self.form,
            "question": wanted.question,
            "filters": [self.form[name] for name in self.form.fields if name != "q"],
            "narrowed": wanted.narrows,
            "clear_url": f"?{urlencode({'q': wanted.question})}",
            "hits": [shown(self.request, self.membership, hit) for hit in hits],
            "headline": ngettext("%(count)s answer", "%(count)s answers", len(hits))
            % {"count": len(hits)},
            "nothing_yet": not wanted.question and not Passage.objects.exists(),
            "may_add": self.membership.can("assets.edit"),
            "may_request": self.membership.can("requests.submit"),
        }
