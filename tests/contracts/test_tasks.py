"""Background work runs inside one tenant, set explicitly."""

import pytest
from celery import Celery

from advocacy.celery import app
from advocacy.tenancy.models import Holiday, Tenant
from advocacy.tenancy.scope import in_scope, tenant_scope
from advocacy.tenancy.tasks import TenantTask
from tests.factories.tenancy import HolidayFactory

#: Tasks that belong to no tenant, with the reason. A sweep only finds whose work is due.
SWEEPS: dict[str, str] = {
    "advocacy.sweep": "finds the tenants with due work and opens each one's scope in turn",
}

probe = Celery("probe", set_as_current=False)


@probe.task(base=TenantTask, name="probe.count")
def count_holidays(tenant_id: str) -> int:
    """Count what the task sees."""
    return Holiday.objects.count()


def test_every_task_names_its_tenant() -> None:
    """TEN-4: a task is a TenantTask, or a sweep named above."""
    app.loader.import_default_modules()
    for name, task in app.tasks.items():
        if not name.startswith("celery.") and name not in SWEEPS:
            assert isinstance(task, TenantTask), (
                f"{name} is no TenantTask; if it belongs to no tenant, add it to SWEEPS in "
                "tests/contracts/test_tasks.py with the reason"
            )
    assert set(SWEEPS) <= set(app.tasks)


def test_a_task_sees_its_tenant_only(tenant: Tenant, other_tenant: Tenant) -> None:
    """TEN-4: the first argument opens the scope, which ends with the task."""
    with tenant_scope(tenant):
        HolidayFactory()
        HolidayFactory()
    assert count_holidays(str(tenant.pk)) == 2
    assert count_holidays.apply([str(other_tenant.pk)]).get() == 0
    assert not in_scope()


@pytest.mark.parametrize("arguments", [(), ("acme",), (None,)])
def test_a_task_without_a_tenant_fails(db: None, arguments: tuple[object, ...]) -> None:
    """TEN-4: rather than guess."""
    with pytest.raises((TypeError, ValueError)):
        count_holidays(*arguments)
