"""Reading API tokens."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.http import Http404

from advocacy import clock
from advocacy.rest.models import ApiToken
from advocacy.tenancy.delegation import AROUND_TODAY, around_today, keep
from advocacy.tenancy.models import Membership, Tenant, User
from advocacy.tenancy.scope import current_tenant_id


def tokens() -> QuerySet[ApiToken]:
    """All of the tenant's, those that work and those that did."""
    return ApiToken.objects.select_related("owner__user")


def get_token(pk: UUID) -> ApiToken:
    """One token; ``Http404`` when there is none."""
    found = tokens().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


#: What a request's token is read with, by the name of its table in the statement.
_READ: Mapping[str, type[Model]] = {
    "token": ApiToken,
    "owner": Membership,
    "person": User,
    "company": Tenant,
}


@cache
def _usable() -> str:
    columns = ", ".join(
        f'{table}."{column.column}"'
        for table, model in _READ.items()
        for column in model._meta.concrete_fields
    )
    token, owner, person, company = (model._meta.db_table for model in _READ.values())
    return (
        f"SELECT {AROUND_TODAY}, {columns} FROM {token} token"  # noqa: S608 - names of models
        f" JOIN {owner} owner ON owner.tenant_id = token.tenant_id AND owner.id = token.owner_id"
        f" JOIN {person} person ON person.id = owner.user_id"
        f" JOIN {company} company ON company.id = owner.tenant_id"
        " WHERE token.tenant_id = %s AND token.digest = %s AND token.revoked_at IS NULL"
        " AND token.expires_at > %s AND owner.is_active AND person.is_active"
    )


def usable_token(digest: str) -> ApiToken | None:
    """The token of a secret while it works: not revoked, not expired, its owner active (API-3).

    Every request begins with it. Written down, because putting sixty columns together each time
    took Django a fifth of an answer's time.
    """
    with connection.cursor() as cursor:
        cursor.execute(_usable(), [*around_today(), current_tenant_id(), digest, clock.now()])
        values = cursor.fetchone()
    if values is None:
        return None
    away, *columns = values
    keep(away)
    rest: Iterator[Any] = iter(columns)
    rows: list[Any] = []
    for model in _READ.values():
        names = [column.attname for column in model._meta.concrete_fields]
        rows.append(model.from_db(connection.alias, names, list(islice(rest, len(names)))))
    token: ApiToken
    token, owner, person, company = rows
    owner.user, owner.tenant, token.owner = person, company, owner
    return token


def possible_owners() -> QuerySet[Membership]:
    """Colleagues a token may act as."""
    return Membership.objects.filter(is_active=True).select_related("user").order_by("user__name")


def token_names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Names by id, for timelines."""
    return dict(ApiToken.objects.filter(pk__in=ids).values_list("pk", "name"))
