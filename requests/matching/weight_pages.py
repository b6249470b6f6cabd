"""How much each criterion of matching counts (MAT-1)."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, FormPage
from advocates.models import ActivityType
from requests.matching import weights as services
from requests.matching.forms import WeightsForm
from requests.models import MatchingWeights


class _OfType:
    """The activity type in the address; none for all without weights of their own."""

    @cached_property
    def kind(self) -> ActivityType | None:
        """The type, or none."""
        code = self.kwargs.get("code")  # type: ignore[attr-defined]
        if code is None:
            return None
        found = ActivityType.objects.filter(code=code).first()
        if found is None:
            raise Http404
        return found

    def get_success_url(self, result: Any) -> str:
        """Stay here."""
        where = (
            ["requests:weights"] if self.kind is None else ["requests:type-weights", self.kind.code]
        )
        return tenant_reverse(self.request, *where)  # type: ignore[attr-defined]


class Weights(_OfType, FormPage):
    """The weights of all types, or of one."""

    permission = "settings.rules"
    nav_item = "settings"
    form_class = WeightsForm
    edits = True
    template_name = "requests/weights.html"
    title = gettext_lazy("What matching looks at")
    subtitle = gettext_lazy(
        "Points of a perfect match. What a request does not say is left out, and the rest counts"
        " for the whole."
    )
    success_message = gettext_lazy("Saved. The next ranking uses them.")

    @cached_property
    def own(self) -> MatchingWeights | None:
        """The row of this type, if it has one."""
        return MatchingWeights.objects.filter(activity_type=self.kind).first()

    def get_form_kwargs(self) -> dict[str, Any]:
        """The row's values, else the general ones."""
        general = MatchingWeights.objects.filter(activity_type=None).first()
        return {**super().get_form_kwargs(), "instance": self.own or general or MatchingWeights()}

    def perform(self, form: WeightsForm) -> MatchingWeights:
        return services.save_weights(
            actor=self.actor, weights=form.cleaned_data, activity_type=self.kind
        )

    def get_context(self) -> dict[str, Any]:
        """The types to choose from, those with their own weights marked."""
        own = set(MatchingWeights.objects.values_list("activity_type", flat=True))
        kinds = ActivityType.objects.filter(is_on=True).order_by("position", "name")
        choices = [
            {
                "url": tenant_reverse(self.request, "requests:weights"),
                "label": _("All types"),
                "active": self.kind is None,
                "count": None,
            }
        ]
        for kind in kinds:
            label = _("%(type)s (own)") % {"type": kind} if kind.pk in own else str(kind)
            choices.append(
                {
                    "url": tenant_reverse(self.request, "requests:type-weights", kind.code),
                    "label": label,
                    "active": kind == self.kind,
                    "count": None,
                }
            )
        return {
            "crumbs": [(tenant_reverse(self.request, "settings"), _("Settings"))],
            "choices": choices,
            "kind": self.kind,
            "has_own": self.kind is not None and self.own is not None,
        }


class ResetWeights(_OfType, ActionView):
    """Let a type follow the general weights again."""

    permission = "settings.rules"
    nav_item = "settings"
    success_message = gettext_lazy("This type follows the general weights again.")

    def perform(self) -> None:
        if self.kind is not None:
            services.reset_weights(actor=self.actor, activity_type=self.kind)
