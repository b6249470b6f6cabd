"""Members and invitations (ID-1)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from advocacy.events import presentation
from advocacy.events.selectors import timeline
from advocacy.identity import selectors
from advocacy.identity.absences.selectors import coming_absences
from advocacy.identity.forms import InviteForm, RoleForm
from advocacy.identity.models import Invitation
from advocacy.identity.services import invitations, members
from advocacy.identity.tables import PeopleFilter, PeopleTable
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import (
    ActionView,
    BulkAction,
    DetailPage,
    EachRow,
    FormPage,
    ListPage,
    PageAction,
)

PERMISSION = "settings.people"


class People(ListPage):
    """Everybody who works here, and who is invited."""

    permission = PERMISSION
    nav_item = "settings"
    title = gettext_lazy("People")
    answer = ngettext_lazy("%(count)s colleague works here", "%(count)s colleagues work here", "n")
    table = PeopleTable
    filterset = PeopleFilter
    template_name = "identity/people.html"
    bulk_actions = (
        BulkAction(
            gettext_lazy("Deactivate"),
            "people-deactivate-many",
            PERMISSION,
            "user-off",
            gettext_lazy("They lose access at once."),
            danger=True,
        ),
        BulkAction(gettext_lazy("Reactivate"), "people-reactivate-many", PERMISSION, "user-check"),
    )

    def get_queryset(self) -> QuerySet[Membership]:
        return selectors.members()

    def get_header_actions(self) -> list[PageAction]:
        url = tenant_reverse(self.request, "people-invite")
        return [PageAction(_("Invite a colleague"), url, icon="user-plus", primary=True)]

    def get_context(self) -> dict[str, Any]:
        return {"invitations": selectors.pending_invitations()}


class Invite(FormPage):
    """Invite a colleague."""

    permission = PERMISSION
    nav_item = "settings"
    title = gettext_lazy("Invite a colleague")
    subtitle = gettext_lazy("They get a mail with a personal link that works for 14 days.")
    submit_label = gettext_lazy("Send the invitation")
    form_class = InviteForm

    def perform(self, form: Any) -> Invitation:
        return invitations.invite_member(actor=self.actor, **form.cleaned_data)

    def get_success_url(self, result: Invitation) -> str:
        return tenant_reverse(self.request, "people")

    def get_success_message(self, result: Invitation) -> str:
        return _("%(email)s is invited.") % {"email": result.email}

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "people")


class _InvitationAction(ActionView):
    abstract = True
    permission = PERMISSION

    def get_success_url(self, result: Invitation) -> str:
        return tenant_reverse(self.request, "people")


class ResendInvitation(_InvitationAction):
    """Send a fresh link."""

    success_message = gettext_lazy("The invitation is on its way again.")

    def perform(self) -> Invitation:
        invitation = selectors.get_invitation(self.kwargs["pk"])
        return invitations.resend_invitation(actor=self.actor, invitation=invitation)


class RevokeInvitation(_InvitationAction):
    """Withdraw it."""

    success_message = gettext_lazy("The invitation is withdrawn.")

    def perform(self) -> Invitation:
        invitation = selectors.get_invitation(self.kwargs["pk"])
        return invitations.revoke_invitation(actor=self.actor, invitation=invitation)


class Person(DetailPage):
    """One member: role, state, what happened."""

    permission = PERMISSION
    nav_item = "settings"
    template_name = "identity/person.html"

    def get_object(self) -> Membership:
        return selectors.get_member(self.kwargs["pk"])

    def get_context(self) -> dict[str, Any]:
        return {
            "timeline": presentation.rows(timeline(self.object)),
            "absences": coming_absences(self.object),
        }


class ChangeRole(FormPage):
    """Give a member another role."""

    permission = PERMISSION
    nav_item = "settings"
    title = gettext_lazy("Change the role")
    form_class = RoleForm
    edits = True
    submit_label = gettext_lazy("Change the role")
    success_message = gettext_lazy("The role is changed; it counts from now on.")

    def get_form(self) -> Any:
        self.object = selectors.get_member(self.kwargs["pk"])
        return super().get_form()

    def get_initial(self) -> dict[str, Any]:
        return {"role": self.object.role}

    def get_title(self) -> str:
        return _("Change the role of %(name)s") % {"name": self.object.name}

    def perform(self, form: Any) -> Membership:
        return members.change_role(
            actor=self.actor, member=self.object, role=form.cleaned_data["role"]
        )

    def get_success_url(self, result: Membership) -> str:
        """Back to the person; to the settings when one gave up one's own right to see people."""
        if result.pk == self.membership.pk and not result.can(PERMISSION):
            return tenant_reverse(self.request, "settings")
        return tenant_reverse(self.request, "person", result.pk)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "person", self.object.pk)


class _MemberAction(ActionView):
    abstract = True
    permission = PERMISSION

    def get_success_url(self, result: Membership) -> str:
        return tenant_reverse(self.request, "person", result.pk)


class Deactivate(_MemberAction):
    """End a membership."""

    success_message = gettext_lazy("The membership is deactivated; it can be reactivated.")

    def perform(self) -> Membership:
        return members.deactivate_member(
            actor=self.actor, member=selectors.get_member(self.kwargs["pk"])
        )


class Reactivate(_MemberAction):
    """Let somebody back in."""

    success_message = gettext_lazy("The membership is active again.")

    def perform(self) -> Membership:
        return members.reactivate_member(
            actor=self.actor, member=selectors.get_member(self.kwargs["pk"])
        )


class _MembersAction(EachRow):
    abstract = True
    permission = PERMISSION
    list_page = People
    home = "people"
    subject_name = "member"

    def name_of(self, row: Membership) -> str:
        return row.name


class DeactivateMany(_MembersAction):
    """End several memberships."""

    label = gettext_lazy("Deactivate")
    service = members.deactivate_member
    undo = "people-reactivate-many"


class ReactivateMany(_MembersAction):
    """Let several people back in."""

    label = gettext_lazy("Reactivate")
    service = members.reactivate_member
    undo = "people-deactivate-many"
