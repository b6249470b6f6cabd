"""Tenants from before a change of the catalogue get what is new in it (CAT-1)."""

from collections.abc import Callable
from importlib import import_module

from django.db import connections, transaction

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import ActivityType
from advocates.program.catalogue.services import update_activity_type, usual_values
from tests.factories.advocates import catalogued, set_up

MIGRATION = import_module("advocates.migrations.0009_catalogue_of_today")


def migrate() -> None:
    """What the migration does, twice: a second run changes nothing."""
    with connections["default"].cursor() as cursor:
        for _run in range(2):
            for operation in MIGRATION.Migration.operations:
                cursor.execute(operation.sql)


def test_what_is_new_reaches_tenants_from_before(
    tenant: Tenant, alice: Membership, membership: Callable[..., Membership]
) -> None:
    """CAT-1: the short reference call and what is in it for whom; what the tenant wrote or emptied
    stays.
    """
    admin = Actor.member(membership("admin"))
    with tenant_scope(tenant), transaction.atomic():
        set_up()
        usual = usual_values(catalogued("short_reference_call"))
        del usual["steps"]  # a later migration writes how it goes
        update_activity_type(actor=admin, activity_type=catalogued("survey"), gives_back="")
        update_activity_type(
            actor=admin, activity_type=catalogued("testimonial"), gives_back="Our thanks"
        )
        ActivityType.objects.filter(code="short_reference_call").delete()
        ActivityType.objects.filter(code__in=["speaking", "case_study"]).update(gives_back="")
        migrate()
        kind = catalogued("short_reference_call")
        assert {name: getattr(kind, name) for name in usual} == usual
        assert (kind.is_on, kind.position) == (True, 0)
        for code in ("speaking", "case_study"):
            found = catalogued(code)
            assert found.gives_back == usual_values(found)["gives_back"] != ""
        assert catalogued("survey").gives_back == ""
        assert catalogued("testimonial").gives_back == "Our thanks"
        assert catalogued("review").gives_back == ""
        update_activity_type(actor=admin, activity_type=kind, name="Quick call", gives_back="")
        migrate()
        assert catalogued("short_reference_call").name == "Quick call"
        assert catalogued("short_reference_call").gives_back == ""
