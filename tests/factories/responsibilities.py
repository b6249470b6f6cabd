"""Who does what."""

import factory

from advocacy.tenancy.scope import current_tenant_id
from advocates.models import Program, ResponsibleRole, WorkingShare
from tests.factories.advocates import ActivityTypeFactory
from tests.factories.base import TenantFactory
from tests.factories.tenancy import MembershipFactory


class ResponsibleRoleFactory(TenantFactory):
    """Marketing prepares whoever does this."""

    class Meta:
        model = ResponsibleRole

    activity_type = factory.SubFactory(ActivityTypeFactory)
    step = "prepare"
    role = "marketing"


class ProgramFactory(TenantFactory):
    """The one of the tenant."""

    class Meta:
        model = Program
        django_get_or_create = ("tenant_id",)

    tenant_id = factory.LazyFunction(current_tenant_id)
    name = "Northwind Voices"


class WorkingShareFactory(TenantFactory):
    """Half of somebody's time."""

    class Meta:
        model = WorkingShare

    member = factory.SubFactory(MembershipFactory)
    percent = 50
