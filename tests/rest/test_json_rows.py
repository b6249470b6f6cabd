"""Lists as PostgreSQL writes them are what the serializers show (API-1, VIS-1)."""

import itertools
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django_filters import BooleanFilter, ChoiceFilter
from rest_framework.test import APIRequestFactory

from advocacy.api import RESOURCES
from advocacy.rest import resources
from advocacy.rest.json_rows import row_json
from advocacy.rest.models import ApiToken
from advocacy.rest.resources import Resource
from advocacy.rest.scopes import EVERYTHING
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.planning import analyze_small_tables
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.scope import tenant_scope
from advocates.accounts.choices import TagKind
from advocates.models import Account, AccountTag
from advocates.people.choices import Disclosure
from advocates.segments.narrowing import NAME
from tests.contracts.samples import sample
from tests.factories.activities import LoopDutyFactory
from tests.factories.advocates import (
    AccountFactory,
    AccountIdentifierFactory,
    AccountTagFactory,
    AdvocateFactory,
    AdvocateIdentifierFactory,
    AdvocateTagFactory,
    NominationFactory,
    NominationWishFactory,
    TagFactory,
    TierStandingFactory,
)
from tests.factories.events import EventFactory, EventSubjectFactory
from tests.factories.reporting import NewsFactory
from tests.factories.requests import AskFactory, AskSlotFactory, RequestFactory, RequestTagFactory
from tests.factories.segments import SavedSegmentFactory
from tests.factories.tenancy import MembershipFactory

#: Whose lists DRF builds in Python: metrics are no rows of a table, and of a night's check, one a
#: day, sentences are made in the reader's language.
BUILT_IN_PYTHON = {"capacity-checks", "metrics"}
LISTS = [each for each in RESOURCES if each.resource not in BUILT_IN_PYTHON]
ROWS = 4

#: Filters that name a tag of the account a row's person works for.
BY_TAG = {"product": TagKind.PRODUCT, "use_case": TagKind.USE_CASE}

WORDS = ('Zoë "Zed" \\o/ \u2028 <b>&amp;</b> 100% {x} 🙂', "", "plain", " äöü\tß\n'; --")
MOMENTS = (
    datetime(2026, 3, 4, 23, 59, 59, 123456, UTC),
    datetime(2026, 3, 29, 1, 30, 0, 500000, UTC),
    datetime(1999, 1, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, 7, 1, UTC),
)
AMOUNTS = (Decimal("1200.00"), Decimal("0.10"), Decimal("-7.05"), Decimal(0))


def odd_value(column: Any, number: int) -> Any:
    """Something that is easily written otherwise; every second time nothing where that may be."""
    if column.is_relation or column.primary_key:
        return column
    if column.null and number % 2:
        return None
    if isinstance(column, models.DateTimeField):
        return MOMENTS[number % len(MOMENTS)]
    if isinstance(column, models.DateField):
        return date(2026, 2, 1 + number)
    if isinstance(column, models.DecimalField):
        return AMOUNTS[number % len(AMOUNTS)]
    if isinstance(column, models.BooleanField):
        return number % 4 == 0
    if isinstance(column, models.JSONField):
        return {"ä": [1, 1.5, None, True], "a": {"z": WORDS[0], "b": []}}
    if isinstance(column, models.CharField | models.TextField) and not column.choices:
        return WORDS[number % len(WORDS)][: column.max_length]
    return column  # as it is


def make_odd(rows: list[TenantModel]) -> None:
    """Give columns odd values; where a rule of the database refuses one, the row keeps its own."""
    for number, row in enumerate(rows):
        columns = type(row)._meta.concrete_fields
        odd = {c.name: odd_value(c, number) for c in columns}
        odd = {name: value for name, value in odd.items() if not isinstance(value, models.Field)}
        if not changed(row, odd):
            for name, value in odd.items():
                changed(row, {name: value})


def changed(row: TenantModel, values: dict[str, Any]) -> bool:
    """Whether the database took them."""
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**values)
    except DatabaseError:
        return False
    return True


def fill_asks(members: dict[str, Membership]) -> None:
    """Asks of everybody's requests under every rule of disclosure, revealed and not (VIS-1)."""
    requester = members[Role.SALES]
    request = RequestFactory(requester=requester, state="outreach")
    shown = EventFactory(verb="ask.revealed", payload={"to": str(requester.pk)})
    others = EventFactory(verb="ask.revealed", payload={"to": str(members[Role.CSM].pk)})
    rules = itertools.product(("", *Disclosure), ("", Disclosure.NAMED, Disclosure.NEVER))
    for company, own in rules:
        home = AccountFactory(disclosure=company)
        for state, event in (("accepted", shown), ("sent", shown), ("accepted", others)):
            ask = AskFactory(
                request=request,
                advocate=AdvocateFactory(disclosure=own, account=home),
                participation__activity_type=request.activity_type,
                state=state,
            )
            EventSubjectFactory(event=event, subject_id=ask.pk)


@pytest.fixture
def members(tenant: Tenant) -> Iterator[dict[str, Membership]]:
    """One of each role, in a tenant far from UTC in which every list has odd rows."""
    Tenant.objects.filter(pk=tenant.pk).update(time_zone="Pacific/Auckland")
    with tenant_scope(tenant):
        found = {role: MembershipFactory(role=role) for role in Role}
        tags = [TagFactory(kind=kind, name=n) for kind in TagKind for n in ("b", "B", "ä", "a")]
        for _row in range(2):
            account, person, request = AccountFactory(), AdvocateFactory(), RequestFactory()
            TierStandingFactory(advocate=person)
            NominationWishFactory.create_batch(3, nomination=NominationFactory())
            AccountIdentifierFactory.create_batch(2, account=account)
            AdvocateIdentifierFactory.create_batch(2, advocate=person)
            for tag in tags:
                AccountTagFactory(account=account, tag=tag)
                AdvocateTagFactory(advocate=person, tag=tag)
                RequestTagFactory(request=request, tag=tag)
            for hour in (9, 8):
                starts, ends = (datetime(2026, 5, 5, hour, m, tzinfo=UTC) for m in (0, 30))
                AskSlotFactory(
                    ask=AskFactory(request=request), starts_at=starts, ends_at=ends, offered=True
                )
        fill_asks(found)
        for member in found.values():
            NewsFactory.create_batch(4, member=member)
        SavedSegmentFactory.create_batch(4)  # odd ones are hidden from everybody else
        LoopDutyFactory.create_batch(4)  # odd ones are told, and on no list
        for resource in LISTS:
            make_odd([sample(model_of(resource)) for _row in range(ROWS)])
            EventFactory(payload=odd_value(models.JSONField(), 0), actor=found[Role.ADMIN])
        for account in Account.objects.filter(advocates__assets__isnull=False).distinct():
            for kind in BY_TAG.values():
                AccountTagFactory(account=account, tag=TagFactory(kind=kind))
        analyze_small_tables()  # or the planner joins hundreds of rows as if there were none
        yield found


def model_of(resource: type[Resource]) -> Any:
    return resource.serializer_class.Meta.model  # type: ignore[union-attr]


def ask(resource: type[Resource], viewer: Membership, query: Any, **headers: str) -> bytes:
    """The body of a list."""
    request = APIRequestFactory().get(f"/api/v1/{resource.resource}/", query, headers=headers)
    request.token = ApiToken(owner=viewer, scopes=list(EVERYTHING))
    request.membership = viewer
    answer = resource.as_view({"get": "list"})(request).render()
    assert answer.status_code == 200, (query, answer.content)
    return bytes(answer.content)


def test_the_body_is_what_was_asked_for(tenant: Tenant, membership: Any) -> None:
    """API-1: one statement; as it is, or indented; a line separator would be no JavaScript."""
    viewer = membership(Role.ADMIN)
    accounts = next(each for each in LISTS if each.resource == "accounts")
    with tenant_scope(tenant):
        AccountFactory(name="Zoë", notes="one\u2028two")
        with CaptureQueriesContext(connection) as captured:
            body = ask(accounts, viewer, {})
        assert len(captured) == 1
        indented = ask(accounts, viewer, {}, Accept="application/json; indent=2")
    assert body.startswith(b'{"next":null,"previous":null,"results":[{"id":"')
    assert "Zoë".encode() in body and rb"one\u2028two" in body
    assert indented.startswith(b'{\n  "next": null,') and json.loads(indented) == json.loads(body)


def both(
    resource: type[Resource], viewer: Membership, query: dict[str, Any], monkeypatch: Any
) -> dict[str, Any]:
    """The page, after it was found to be the same in both ways."""
    written = json.loads(ask(resource, viewer, query))
    with monkeypatch.context() as patch:
        patch.setattr(resources, "row_json", lambda *_given: None)
        built = json.loads(ask(resource, viewer, query))
    where = f"{resource.resource} as {viewer.role} with {query}"
    for here, there in zip(written["results"], built["results"], strict=True):
        assert list(here.items()) == list(there.items()), where
    assert written == built, where
    return written  # type: ignore[no-any-return]


def walk(resource: type[Resource], viewer: Membership, ordering: str, monkeypatch: Any) -> None:
    """Compare the first page and the one behind it, from where the way leads back."""
    query: dict[str, Any] = {"ordering": ordering, "page_size": 3}
    first = both(resource, viewer, query, monkeypatch)
    cursor = first["next"].rpartition("cursor=")[2]
    second = both(resource, viewer, {**query, "cursor": cursor}, monkeypatch)
    cursor = second["previous"].rpartition("cursor=")[2]
    again = json.loads(ask(resource, viewer, {**query, "cursor": cursor}))
    assert again["results"] == first["results"]


def filters(resource: type[Resource], viewer: Membership) -> Iterator[dict[str, Any]]:
    """Each filter of a list with a value that some row has."""
    view = resource()
    view.request = type("Asked", (), {"auth": ApiToken(owner=viewer)})()
    view.action = "list"
    rows = view.get_queryset().order_by()
    for name, one in (getattr(resource, "filterset_class", None) or Nothing).base_filters.items():
        if isinstance(one, BooleanFilter):
            yield from ({name: "true"}, {name: "false"})
            continue
        if name == NAME:
            continue  # a segment's rows are a filter's: tests/advocates/test_segments.py
        if isinstance(one, ChoiceFilter) and one.method:
            yield from ({name: str(code)} for code, _label in one.extra["choices"])
            continue
        if name in BY_TAG and one.method:
            having = AccountTag.objects.filter(account__advocates__assets__in=rows)
            yield {name: having.filter(tag__kind=BY_TAG[name]).first().tag.name}
            continue
        path = one.field_name or name
        values = rows.exclude(**{f"{path}__isnull": True}).values_list(path, flat=True)
        for value in sorted({str(v) for v in values if v not in ("", None)})[-1:]:
            yield {name: value.lower() if value in ("True", "False") else value}


class Nothing:
    """No filters."""

    base_filters: dict[str, Any] = {}


def test_which_lists_are_built_in_python() -> None:
    """API-1.b: as few as can be, and each of them on purpose."""
    for role in Role:
        viewer = Membership(role=role)
        slow = {each.resource for each in RESOURCES if not row_json(each.serializer_class, viewer)}
        assert slow == BUILT_IN_PYTHON


def test_both_ways_answer_the_same(members: dict[str, Membership], monkeypatch: Any) -> None:
    """API-1.b, VIS-1: for each list and role, in each order and by each filter, page by page."""
    for resource in LISTS:
        viewers = [m for r, m in members.items() if allowed(r, resource.permissions["list"])]
        whole = [both(resource, viewer, {"page_size": 200}, monkeypatch) for viewer in viewers]
        seen = [len(page["results"]) for page in whole]
        assert max(seen) > 3, resource.resource
        viewer = viewers[seen.index(max(seen))]
        for name in resource.ordering_fields:
            both(resource, viewer, {"ordering": name, "page_size": 3}, monkeypatch)
            walk(resource, viewer, f"-{name}", monkeypatch)
        for query in filters(resource, viewer):
            both(resource, viewer, query, monkeypatch)
        if resource.search_kind or getattr(resource, "search_fields", None):
            both(resource, viewer, {"search": "a"}, monkeypatch)
