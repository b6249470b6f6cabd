"""Buttons of this app at the top of a person's page."""

from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocates.access import may_change
from advocates.joining.selectors import may_nominate
from advocates.models import Advocate
from advocates.people import registry
from advocates.people.choices import ENROLLED, Readiness
from advocates.people.registry import Deed


def write(advocate: Advocate, membership: Membership) -> Deed | None:
    """A mail of one's own words, where the person can be written to."""
    if not advocate.email or not may_change(membership, "advocates.edit", advocate.account):
        return None
    url = tenant_reverse(membership.tenant, "advocates:write", advocate.pk)
    return Deed("write", _("Write"), url, "mail", panel=True)


def nominate(advocate: Advocate, membership: Membership) -> Deed | None:
    """Propose them for the program."""
    may = may_change(membership, "nominations.submit", advocate.account)
    if not may or not may_nominate(advocate):
        return None
    url = tenant_reverse(membership.tenant, "nominations:new")
    return Deed("nominate", _("Nominate"), f"{url}?advocate={advocate.pk}", "user-up", panel=True)


def recruit(advocate: Advocate, membership: Membership) -> Deed | None:
    """A letter that asks whether they would begin with one thing (ENR-3)."""
    may = may_change(membership, "advocates.invite", advocate.account)
    if not may or not advocate.email or advocate.status in ENROLLED:
        return None
    if advocate.decline_final_until is not None or advocate.readiness == Readiness.NOT_A_FIT:
        return None
    url = tenant_reverse(membership.tenant, "recruitment:new")
    return Deed("recruit", _("Recruit"), f"{url}?advocate={advocate.pk}", "send", panel=True)


def register() -> None:
    """Called once, when the application is ready."""
    registry.register_deed("write", write, "advocates.edit", order=30)
    registry.register_deed("recruit", recruit, "advocates.invite", order=45)
    registry.register_deed("nominate", nominate, "nominations.submit", order=40)
