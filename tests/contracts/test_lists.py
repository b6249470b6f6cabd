"""What holds for every list of the product (UI-1)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role, allowed
from advocacy.web.urls import TENANT_KWARG
from advocacy.web.views import ListPage
from tests.contracts.urls import PAGES

pytestmark = pytest.mark.django_db


def lists() -> list[str]:
    """The names of all addresses at which a list stands."""
    found = []

    def walk(patterns: Any, space: str = "") -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
            elif isinstance(each, URLPattern):
                view = getattr(each.callback, "view_class", None)
                if view is not None and issubclass(view, ListPage):
                    found.append(f"{space}{each.name}")

    walk(get_resolver("advocacy.urls").url_patterns)
    return sorted({name for name in found if name in PAGES})


LISTS = lists()


def opened(
    name: str, tenant: Tenant, membership: Any, client_for: Callable[[Membership], Client]
) -> tuple[Client, str]:
    """Somebody who may do the most there, and the address."""
    access = PAGES[name].access
    role = next(r for r in (Role.ADMIN, Role.PROGRAM_MANAGER, *Role) if allowed(r, access))
    parts = {TENANT_KWARG: tenant.slug, **PAGES[name].kwargs}
    return client_for(membership(role)), reverse(name, kwargs=parts)


def test_there_are_lists() -> None:
    """UI-1.e: the walk finds what it is to hold."""
    assert {"accounts:list", "mail-log", "tokens", "opportunities:list"} <= set(LISTS)


_NOMINATIONS = {
    "nominations:accept-many",
    "nominations:return-many",
    "nominations:withdraw-many",
}
_REQUESTS = {"requests:take-up-many", "requests:assign-many"}
#: What can be done with several rows of each list, besides the export of them.
BULK: dict[str, set[str]] = {
    "absences:list": set(),  # each is somebody's own
    "accounts:list": {"accounts:owner-many", "accounts:hold-many", "accounts:lift-many"},
    "activities:list": {
        "activities:accept-many",
        "activities:cancel-many",
        "activities:decline-many",
        "activities:qualify-many",
    },
    "advocates:candidates": {
        "advocates:dismiss-many",
        "advocates:enrol-many",
        "advocates:nominate-many",
    },
    "advocates:everybody": {"advocates:pause-many", "advocates:resume-many"},
    "advocates:list": {"advocates:pause-many", "advocates:resume-many"},
    "ask-replies:list": {"ask-replies:settle-many"},
    "approval-rules:list": set(),  # in use or not is said on each
    "approvals:list": set(),  # each is decided by itself
    "assets:list": {"assets:retire-many"},
    "asset-approvals:list": set(),  # each is decided by itself, with its text before one
    "asset-versions:list": set(),  # versions are never changed
    "audit": set(),  # nothing in it can be changed
    "chats:list": set(),  # each is somebody's own
    "dismissals:list": {"dismissals:restore-many"},
    "briefings:list": set(),  # each is of one call and one side
    "duties:list": {"duties:finish-many", "duties:reopen-many"},
    "badges:list": set(),  # each has a rule of its own
    "benefits:list": set(),  # what it costs and is worth is each one's own
    "simulator-asks": set(),  # the past is not changed
    "simulator-requests": set(),
    "metric": set(),  # what counts is not changed here
    "goals:list": {"goals:drop-many", "goals:take-up-many"},
    "costs:list": {"costs:remove-many", "costs:put-back-many"},
    "cost-budgets:list": set(),  # each is of one kind and period
    "rates:list": set(),  # each is the rate of a day of its own
    "budgets:list": set(),  # each holds for a period of its own
    "entitlements:list": set(),  # each is one thing for one tier
    "grants:list": {
        f"grants:{each}-many" for each in ("approve", "order", "deliver", "confirm", "cancel")
    },
    "recognition:list": {"recognition:publish-many", "recognition:take-down-many"},
    "enablement:list": set(),  # each is read by itself
    "feedback:list": set(),  # each is somebody's own word
    "imports": {"import-discard-many"},
    "mail-log": {"mail-retry-many"},
    "mail-templates:list": set(),  # each is one mail's, in one language
    "erasure-requests:list": set(),  # each is told why in words of its own
    "moments:list": {"moments:use-many", "moments:dismiss-many"},
    "nominations:all": _NOMINATIONS,
    "nominations:list": _NOMINATIONS,
    "nominations:to-decide": _NOMINATIONS,
    "opportunities:list": set(),  # the CRM's
    "opportunities:untouched": set(),  # the CRM's
    "people": {"people-deactivate-many", "people-reactivate-many"},
    "pilot-voices:list": set(),  # each answer has a decision of its own
    "playbook-steps:list": {"playbook-steps:leave-out-many", "playbook-steps:take-up-many"},
    "playbook-texts:list": {"playbook-texts:leave-out-many", "playbook-texts:take-up-many"},
    "presences:list": set(),  # each asks for words of its own
    "requests:all": _REQUESTS,
    "requests:list": _REQUESTS,
    "requests:mine": _REQUESTS,
    "shares:list": {"shares:revoke-many"},
    "strategy-sheets:list": set(),  # versions are never changed
    "sales-thanks:list": {"sales-thanks:hold-many"},
    "slot-checks:list": set(),  # each is somebody's own word
    "signals:list": set(),  # what somebody did stays as it was seen
    "placements:list": {"placements:drop-many", "placements:reopen-many"},
    "repurposings:list": {"repurposings:drop-many", "repurposings:reopen-many"},
    "point-balances:list": set(),  # the ledger's
    "points:list": set(),  # what is taken back says why
    "shop-items:list": set(),  # each has a price of its own
    "pool:list": {"pool:refuse-many", "pool:leave-many"},
    "recruitment:list": set(),  # one person at a time
    "request-gates:list": set(),  # one for each type
    "routing-rules:list": {"routing-rules:switch-off-many", "routing-rules:switch-on-many"},
    "set-ups:list": set(),  # each is of one booking
    "segments:list": set(),  # each is somebody's own, or everybody's
    "tier-overrides:list": set(),  # each asks for words of its own
    "stuck": {"stuck-retry-many"},
    "thanks:list": {"thanks:thanked-many", "thanks:hand-over-many"},
    "value-balances:list": set(),  # worked out, never written
    "transcripts:list": set(),  # what was said is read one by one
    "transcript-proposals:list": set(),  # each is chosen by itself
    "touches:list": set(),  # what was between us stays as it was
    "tokens": {"token-revoke-many"},
}
#: Queues: worked from the top, ticked and put off there; each kind of their rows has its list.
QUEUES = {
    "today": "requests:list thanks:list nominations:list moments:list touches:list presences:list"
    " grants:list value-balances:list assets:list placements:list repurposings:list",
    "thanks:desk": "",
}


def test_every_list_is_declared() -> None:
    """UI-1.d: whoever adds a list says what can be done with several of its rows."""
    assert set(BULK) == set(LISTS)
    assert {name for names in QUEUES.values() for name in names.split()} <= set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_do_what_lists_can(
    name: str, tenant: Tenant, membership: Any, client_for: Callable[[Membership], Client]
) -> None:
    """UI-1.c, UI-1.d, UI-1.e, BAD-1: each list has something to filter and to sort by, columns to
    choose, and what is declared to do with ticked rows, which asks for rows and says so where none
    is ticked; whoever runs the program gets the file of what is shown, and the page offers it.
    """
    client, address = opened(name, tenant, membership, client_for)
    page = client.get(address)
    drawn = page.context["list"]
    slug = {TENANT_KWARG: tenant.slug}
    offered = {button.url for button in drawn.bulk_actions}
    assert "?export=csv" in offered
    assert offered - {"?export=csv"} == {reverse(each, kwargs=slug) for each in BULK[name]}
    assert [*drawn.filter_fields, *drawn.more_fields], "nothing to filter by"
    assert len([head for head in drawn.table.heads if head.sort_query]) >= 2
    assert drawn.table.sort, "in no order"
    assert len(drawn.column_choice) >= 3
    assert 'name="columns"' in page.content.decode()

    for action in BULK[name]:
        answer = client.post(reverse(action, kwargs=slug), {})
        assert answer.status_code == 422, action
        assert "Nothing is selected" in answer.content.decode()

    answer = client.get(address, {"export": "csv"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert "export=csv" in page.content.decode()
