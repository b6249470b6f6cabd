"""From "this is the person" to a signed-in session (ID-4).

Between the two steps of signing in the session belongs to nobody: it only remembers who has taken
the first one. So there is no half-signed-in person a page could take for a signed-in one.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from advocacy import clock
from advocacy.identity.second_factor import confirmed_factor
from advocacy.tenancy.models import User

#: How long the second step may take.
PATIENCE = timedelta(minutes=10)

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_KEY = "first_step"


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Somebody has shown a password or a mailed link; the code is missing."""

    user: User
    next_page: str


def proceed(request: HttpRequest, user: User, next_page: str) -> HttpResponse:
    """Sign somebody in who has shown who they are, or ask for the second step if they have one.

    Either way the session gets a new key, and loses what another person left in it.
    """
    if confirmed_factor(user) is None:
        return _sign_in(request, user, next_page)
    request.session.flush()
    request.session[_KEY] = {
        "user": str(user.pk),
        "hash": user.get_session_auth_hash(),
        "until": (clock.now() + PATIENCE).timestamp(),
        "next": next_page,
    }
    return HttpResponseRedirect(reverse("sign-in-code"))


def first_step(request: HttpRequest) -> FirstStep | None:
    """Who has taken the first step in this session, while it counts.

    A new password, a new second factor or a deactivation in between ends it.
    """
    kept = request.session.get(_KEY)
    if kept is None or kept["until"] <= clock.now().timestamp():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    return FirstStep(user, kept["next"])


def finish(request: HttpRequest, step: FirstStep) -> HttpResponse:
    """Sign in after the second step."""
    request.session.flush()
    return _sign_in(request, step.user, step.next_page)


def _sign_in(request: HttpRequest, user: User, next_page: str) -> HttpResponse:
    login(request, user, backend=_BACKEND)
    return HttpResponseRedirect(next_page)
