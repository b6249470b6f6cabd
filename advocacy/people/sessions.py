"""From "this is the person" to a signed-in session (ID-4)."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from advocacy.tenancy.models import User

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def proceed(request: HttpRequest, user: User, next_page: str) -> HttpResponse:
    """Sign somebody in who has shown who they are, and go on to a page of ours.

    The session gets a new key, and loses what another person left in it.
    """
    login(request, user, backend=_BACKEND)
    return HttpResponseRedirect(next_page)
