"""Naming a sponsor, and the sheet to read before speaking with somebody (SPN-1)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import MATRIX
from advocacy.web.forms import TenantModelForm
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage, ModelFormPage
from advocates.access import may_change, require_change
from advocates.forms import ColleagueField
from advocates.models import Advocate
from advocates.pages import NAV_ITEM, crumb
from advocates.people import selectors, services
from advocates.sponsors.sheet import sheet_of
from advocates.touches.models import TouchKind


class SponsorField(ColleagueField):
    """A colleague who can record that they were in touch."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.queryset = (
            Membership.objects.select_related("user")
            .filter(is_active=True, role__in=sorted(MATRIX["touches.edit"]))
            .order_by("user__name")
        )


class SponsorForm(TenantModelForm):
    """Who, and how often."""

    executive_sponsor = SponsorField(
        label=gettext_lazy("Executive sponsor"), empty_label=gettext_lazy("Nobody")
    )

    class Meta:
        model = Advocate
        fields: ClassVar[Sequence[str]] = ["executive_sponsor", "sponsor_days"]
        labels: ClassVar[dict[str, Any]] = {
            "sponsor_days": gettext_lazy("In touch every so many days")
        }


class Sponsor(ModelFormPage):
    """Name somebody's sponsor, or another one."""

    permission: ClassVar[str] = "advocates.edit"
    nav_item: ClassVar[str] = NAV_ITEM
    form_class = SponsorForm
    success_message = gettext_lazy("Saved.")
    subtitle = gettext_lazy(
        "One of our leadership who keeps in touch, and finds a page about the person on Today."
    )

    def get_object(self) -> Advocate:
        """The person, if this member may change them."""
        advocate = selectors.get_advocate(self.kwargs["pk"])
        require_change(self.actor, "advocates.edit", advocate.account)
        return advocate

    def get_title(self) -> str:
        return _("Who sponsors %(name)s") % {"name": self.object.name}

    def perform(self, form: Any) -> Advocate:
        return services.update_advocate(actor=self.actor, advocate=self.object, **form.cleaned_data)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:detail", self.kwargs["pk"])

    def get_cancel_url(self) -> str:
        return self.get_success_url(None)


class SheetPage(DetailPage):
    """One page to print, or to read beside the queue."""

    permission: ClassVar[str] = "advocates.view"
    nav_item: ClassVar[str] = NAV_ITEM
    template_name = "advocates/sheet.html"
    panel_template = "advocates/sheet_panel.html"
    object: Advocate

    def get_object(self) -> Advocate:
        return selectors.get_advocate(self.kwargs["pk"])

    def get_title(self) -> str:
        return _("Before you speak with %(name)s") % {"name": self.object.name}

    def get_context(self) -> dict[str, Any]:
        advocate, member = self.object, self.membership
        new = tenant_reverse(self.request, "touches:new")
        today = clock.today(self.tenant.zone).isoformat()
        mine = advocate.executive_sponsor_id == member.pk
        kind = TouchKind.EXECUTIVE if mine or member.role == "executive" else TouchKind.CHECK_IN
        query = f"?advocate={advocate.pk}&kind={kind}&happened_on={today}"
        return {
            "crumbs": [
                crumb(self.request, "advocates:list", _("Advocates")),
                crumb(self.request, "advocates:detail", advocate.name, advocate.pk),
            ],
            "face": advocate.name,
            "sheet": sheet_of(advocate, member),
            "sheet_url": tenant_reverse(self.request, "advocates:sheet", advocate.pk),
            "record_url": new + query
            if may_change(member, "touches.edit", advocate.account)
            else "",
        }
