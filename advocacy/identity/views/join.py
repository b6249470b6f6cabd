"""Accepting an invitation on its personal link (ID-1, ID-3)."""

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from advocacy.identity import selectors
from advocacy.identity.forms import JoinForm
from advocacy.identity.models import Invitation
from advocacy.identity.services import invitations
from advocacy.identity.views.sign_in import workplace_url
from advocacy.messaging.links import LinkGone, resolve_link
from advocacy.tenancy.errors import DomainError
from advocacy.web.http import redirect
from advocacy.web.views import PublicView

_BACKEND = "django.contrib.auth.backends.ModelBackend"


class Join(PublicView):
    """GET shows, POST joins.

    Somebody with an account signs in and confirms; somebody new gives a name and a password. The
    link proves the address, so no further mail is needed.
    """

    template_name = "identity/join.html"

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The invitation, and what to do to accept it."""
        try:
            invitation = self.find(secret)
        except LinkGone as gone:
            return self.gone(gone)
        return self.show(invitation, JoinForm() if self.is_new(invitation) else None)

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Join, or say why not."""
        try:
            invitation = self.find(secret)
        except LinkGone as gone:
            return self.gone(gone)
        form: Any = None
        try:
            if self.is_new(invitation):
                form = JoinForm(request.POST)
                if not form.is_valid():
                    return self.show(invitation, form, status=422)
                member = invitations.register_and_accept(
                    invitation=invitation,
                    name=form.cleaned_data["name"],
                    password=form.cleaned_data["password"],
                )
                login(request, member.user, backend=_BACKEND)
            elif not request.user.is_authenticated:
                return self.show(invitation, None, status=403)
            else:
                invitations.accept_invitation(invitation=invitation, user=request.user)
        except DomainError as error:
            if form is None:
                return self.show(invitation, None, status=error.status, refusal=error.message)
            for field, text in error.fields.items():
                form.add_error(field if field in form.fields else None, text)
            if not error.fields:
                form.add_error(None, error.message)
            return self.show(invitation, form, status=error.status)
        return redirect(request, workplace_url(self.tenant.slug))

    def find(self, secret: str) -> Invitation:
        """The invitation behind the secret; raises :class:`LinkGone`."""
        link = resolve_link(secret, purposes=[invitations.JOIN])
        return selectors.get_invitation(link.subject_id)

    def is_new(self, invitation: Invitation) -> bool:
        """Whether the address has no account yet and nobody else is signed in here."""
        return not self.request.user.is_authenticated and not selectors.account_exists(
            invitation.email
        )

    def show(
        self, invitation: Invitation, form: Any, status: int = 200, refusal: str = ""
    ) -> HttpResponse:
        """The page."""
        user: Any = self.request.user
        context = {
            "invitation": invitation,
            "form": form,
            "refusal": refusal,
            "is_for_user": user.is_authenticated and user.email == invitation.email,
            "sign_in_url": f"{reverse('sign-in')}?next={self.request.path}",
        }
        return render(self.request, self.template_name, context, status=status)

    def gone(self, gone: LinkGone) -> HttpResponse:
        """A link that does not work any more."""
        return render(
            self.request, "identity/join_gone.html", {"message": gone.message}, status=gone.status
        )
