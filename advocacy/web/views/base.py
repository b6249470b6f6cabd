"""What every page shares: whose it is, who may open it, and how a refusal is answered."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist, PermissionDenied
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.views.generic import View

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, gone
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import MATRIX
from advocacy.web.errors import error_page
from advocacy.web.http import varies
from advocacy.web.integrity import unkeepable
from advocacy.web.undoing import collecting
from advocacy.web.urls import TENANT_KWARG

#: For pages every signed-in member may open, whatever the role.
ANY_MEMBER = "any member"


@dataclass(frozen=True, slots=True)
class PageAction:
    """A button in a page's header."""

    label: str | Promise
    url: str
    icon: str = ""
    primary: bool = False


class MemberView(View):
    """A tenant's page for its members (ID-2).

    ``permission``  an action of the permission matrix, or ``ANY_MEMBER``; a class without one does
                    not load (``abstract = True`` excuses a base class)
    ``place``       key of the navigation's place the page belongs to
    """

    permission: ClassVar[str] = ""
    nav_item: ClassVar[str] = ""
    abstract: ClassVar[bool] = True

    tenant: Tenant
    membership: Membership

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a page nobody said who may open."""
        super().__init_subclass__(**kwargs)
        if cls.__dict__.get("abstract"):
            return
        cls.abstract = False
        if cls.permission != ANY_MEMBER and cls.permission not in MATRIX:
            raise ImproperlyConfigured(
                f"{cls.__module__}.{cls.__name__} must declare `permission`: an action of the"
                f" matrix in advocacy/tenancy/roles.py or ANY_MEMBER (now {cls.permission!r})"
            )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Take over the middleware's findings; the slug is not passed on to the page."""
        kwargs.pop(TENANT_KWARG, None)
        super().setup(request, *args, **kwargs)
        self.tenant = getattr(request, "tenant", None)  # type: ignore[assignment]
        self.membership = getattr(request, "membership", None)  # type: ignore[assignment]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 404 to a stranger, 403 to the wrong role, else the page."""
        kwargs.pop(TENANT_KWARG, None)
        if self.tenant is None or self.membership is None:
            raise Http404
        if not self.allowed():
            raise PermissionDenied
        try:
            with collecting():
                response = super().dispatch(request, *args, **kwargs)
        except DomainError as error:
            response = self.refused(error)
        except ObjectDoesNotExist:
            # A service looks again at what it locks; who only reads has found what there is.
            if request.method in ("GET", "HEAD"):
                raise
            response = self.refused(gone())
        except DataError:
            response = error_page(request, 400, unkeepable())
        return varies(response) if isinstance(response, HttpResponse) else response

    def allowed(self) -> bool:
        """Whether this member may open this page; narrow it for "only one's own"."""
        return self.permission == ANY_MEMBER or self.membership.can(self.permission)

    def refused(self, error: DomainError) -> HttpResponse:
        """A service's refusal that no form caught, as a page or a toast."""
        return error_page(self.request, error.status, error.message)

    @property
    def actor(self) -> Actor:
        """Who acts, for a service."""
        return Actor.member(self.membership)


class PublicView(View):
    """A page without sign-in inside a tenant: a personal link (ID-3)."""

    tenant: Tenant

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.tenant = getattr(request, "tenant", None)  # type: ignore[assignment]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 404 without a tenant."""
        if self.tenant is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)
