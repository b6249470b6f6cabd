"""The families of settings, and the page of each (SET-1)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.families import Family, family_of, registered
from advocacy.tenant_settings.forms import FamilyForm, summary_of
from advocacy.tenant_settings.services import (
    Moved,
    change_settings,
    defaults_of,
    preview_change,
    what_speaks_against,
)
from advocacy.tenant_settings.telling import TellsFirst
from advocacy.web.http import go_on
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import DetailPage

#: Puts a whole family back.
ALL = "*"


class Families(DetailPage):
    """Every family with what the tenant changed of it."""

    permission: ClassVar[str] = "settings.rules"
    nav_item: ClassVar[str] = "settings"
    template_name = "tenant_settings/families.html"
    title = gettext_lazy("Numbers of the program")

    def get_object(self) -> list[dict[str, Any]]:
        return [
            {
                "family": family,
                "changed": summary_of(family),
                "url": tenant_reverse(self.request, "settings-family", family=family.key),
            }
            for family in registered()
        ]

    def get_context(self) -> dict[str, Any]:
        return {
            "crumbs": [(tenant_reverse(self.request, "settings"), _("Settings"))],
            "page_subtitle": _("Everything starts with what is usual. Change what does not fit."),
        }


class FamilyPage(TellsFirst):
    """The values of one family."""

    permission: ClassVar[str] = "settings.rules"
    nav_item: ClassVar[str] = "settings"
    form_class = FamilyForm
    edits = True
    form_template = "tenant_settings/family_body.html"
    success_message = gettext_lazy("Saved. It counts from now on.")

    @cached_property
    def family(self) -> Family:
        """The family in the address."""
        found = family_of(self.kwargs["family"])
        if found is None:
            raise Http404
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"family": self.family, "membership": self.membership}
        return {**super().get_form_kwargs(), **more}

    def get_title(self) -> str:
        return str(self.family.title)

    def get_context(self) -> dict[str, Any]:
        return {
            "page_subtitle": self.family.text,
            **self.told(),
            "related": [
                (label, url)
                for label, name in self.family.related
                if (url := quiet_reverse(self.request, name))
            ],
            "crumbs": [
                (tenant_reverse(self.request, "settings"), _("Settings")),
                (tenant_reverse(self.request, "settings-families"), _("Numbers of the program")),
            ],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save what was typed, or put one setting or all of them back."""
        key = request.POST.get("put_back")
        if key is None:
            return super().post(request, *args, **kwargs)
        return self._put_back(self._free() if key == ALL else [key])

    def changes_of(self, form: FamilyForm) -> dict[str, Any]:
        return form.changes

    def preview(self, values: Mapping[str, Any]) -> list[Moved]:
        return preview_change(actor=self.actor, family=self.family, values=values)

    def warn(self, values: Mapping[str, Any]) -> str:
        return what_speaks_against(actor=self.actor, family=self.family, values=values)

    def save(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return change_settings(actor=self.actor, family=self.family, values=values, anyway=True)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "settings-family", family=self.family.key)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "settings-families")

    def _free(self) -> list[str]:
        form = FamilyForm(family=self.family, membership=self.membership)
        return [key for key in form.fields if key not in form.locked]

    def _put_back(self, keys: list[str]) -> HttpResponse:
        now = self.family.load()
        values = {k: v for k, v in defaults_of(self.family, keys).items() if v != now[k]}
        self.tell_or_save(values)
        if self.confirmed:
            # The form as it will be; saving it is the second step.
            return self.show(
                FamilyForm(family=self.family, membership=self.membership, initial=values)
            )
        return go_on(self.request, self.get_success_url(None), str(_("The usual value is back.")))


tenant_patterns = [
    path("settings/numbers/", Families.as_view(), name="settings-families"),
    path("settings/numbers/<slug:family>/", FamilyPage.as_view(), name="settings-family"),
]
