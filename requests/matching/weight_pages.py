"""How much each criterion of matching counts for a single type (MAT-1).

What counts for all types without weights of their own stands with the other numbers of requests.
"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.services import Moved
from advocacy.tenant_settings.telling import TellsFirst
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, DetailPage, MemberView
from advocates.models import ActivityType
from requests.matching import weights as services
from requests.matching.criteria import CRITERIA, weights_for
from requests.matching.forms import WeightsForm
from requests.models import MatchingWeights


def _family(request: HttpRequest) -> str:
    return tenant_reverse(request, "settings-family", family="requests")


class GeneralWeights(MemberView):
    """They are settings now; this is where their page was."""

    permission = "settings.rules"

    def get(self, request: HttpRequest) -> HttpResponse:
        """On to the page of the family."""
        return HttpResponseRedirect(_family(request))


class TypesWithWeights(DetailPage):
    """Every type that can be requested, and whether it has weights of its own."""

    permission = "settings.rules"
    nav_item = "settings"
    template_name = "requests/types_with_weights.html"
    title = gettext_lazy("Weights of single types")

    def get_object(self) -> list[dict[str, Any]]:
        own = set(MatchingWeights.objects.values_list("activity_type", flat=True))
        return [
            {
                "name": str(kind),
                "url": tenant_reverse(self.request, "requests:type-weights", kind.code),
                "own": kind.pk in own,
            }
            for kind in ActivityType.objects.filter(is_on=True).order_by("position", "name")
        ]

    def get_context(self) -> dict[str, Any]:
        return {
            "crumbs": _crumbs(self.request),
            "page_subtitle": _("A type without its own follows the weights of all types."),
            "general_url": _family(self.request),
        }


class _OfType:
    """The activity type in the address."""

    @cached_property
    def kind(self) -> ActivityType:
        """The type."""
        code = self.kwargs["code"]  # type: ignore[attr-defined]
        found = ActivityType.objects.filter(code=code).first()
        if found is None:
            raise Http404
        return found

    def get_success_url(self, result: Any) -> str:
        """Stay here."""
        return tenant_reverse(self.request, "requests:type-weights", self.kind.code)  # type: ignore[attr-defined]


class Weights(_OfType, TellsFirst):
    """The weights of one type."""

    permission = "settings.rules"
    nav_item = "settings"
    form_class = WeightsForm
    form_template = "requests/weights_body.html"
    edits = True
    template_name = "requests/weights.html"
    subtitle = gettext_lazy(
        "Points of a perfect match. What a request does not say is left out, and the rest counts"
        " for the whole."
    )
    success_message = gettext_lazy("Saved. The next ranking uses them.")

    def get_title(self) -> str:
        return _("What matching looks at: %(type)s") % {"type": self.kind}

    @cached_property
    def own(self) -> MatchingWeights | None:
        """The row of this type, if it has one."""
        return MatchingWeights.objects.filter(activity_type=self.kind).first()

    def get_form_kwargs(self) -> dict[str, Any]:
        """What counts for the type now, its own or the general ones."""
        now = MatchingWeights(activity_type=self.kind, **weights_for(self.kind.pk))
        return {**super().get_form_kwargs(), "instance": now, "general": weights_for(None)}

    def changes_of(self, form: WeightsForm) -> dict[str, int]:
        return {name: form.cleaned_data[name] for name in CRITERIA}

    def preview(self, values: Mapping[str, Any]) -> list[Moved]:
        return services.preview_weights(actor=self.actor, weights=values, activity_type=self.kind)

    def save(self, values: Mapping[str, Any]) -> MatchingWeights:
        return services.save_weights(actor=self.actor, weights=values, activity_type=self.kind)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "requests:weights")

    def get_context(self) -> dict[str, Any]:
        here = (self.get_cancel_url(), _("Weights of single types"))
        return {
            **self.told(),
            "crumbs": [*_crumbs(self.request), here],
            "kind": self.kind,
            "has_own": self.own is not None,
        }


class ResetWeights(_OfType, ActionView):
    """Let a type follow the general weights again."""

    permission = "settings.rules"
    nav_item = "settings"
    success_message = gettext_lazy("This type follows the general weights again.")

    def perform(self) -> None:
        services.reset_weights(actor=self.actor, activity_type=self.kind)


def _crumbs(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (tenant_reverse(request, "settings"), _("Settings")),
        (_family(request), _("Requests and matching")),
    ]
