"""Tenants, users, memberships, holidays."""

from datetime import date, timedelta
from typing import Any

import factory
from django.contrib.auth.hashers import make_password

from advocacy import clock
from advocacy.tenancy import delegation
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import (
    Absence,
    Holiday,
    Membership,
    MergedRecord,
    ScheduleFiring,
    StuckWork,
    Tenant,
    User,
)
from advocacy.tenancy.roles import Role
from tests.factories.base import PlainFactory, TenantFactory

#: Every user of the tests signs in with it.
PASSWORD = "correct horse battery staple"


class TenantsFactory(PlainFactory):
    """A tenant; tenants belong to nobody, so no scope is needed."""

    class Meta:
        model = Tenant

    name = factory.Sequence(lambda n: f"Company {n}")
    slug = factory.Sequence(lambda n: f"company-{n}")
    time_zone = "Europe/Berlin"


class UserFactory(PlainFactory):
    """A person who can sign in with :data:`PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.com")

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **kwargs: Any) -> User:
        password = make_password(kwargs.pop("password", PASSWORD))
        return super()._create(
            model_class, password=password, **{**kwargs, "email": kwargs["email"].lower()}
        )


class MembershipFactory(TenantFactory):
    """A user's membership in the open scope's tenant."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.PROGRAM_MANAGER


class AbsenceFactory(TenantFactory):
    """Somebody is away from today on, for a week; a colleague in the same role stands in."""

    class Meta:
        model = Absence

    member = factory.SubFactory(MembershipFactory)
    delegate = factory.LazyAttribute(lambda row: MembershipFactory(role=row.member.role))
    starts_on = factory.LazyFunction(lambda: clock.now().date())
    ends_on = factory.LazyFunction(lambda: clock.now().date() + timedelta(days=7))

    @classmethod
    def _create(cls, model_class: type[Absence], *args: object, **kwargs: Any) -> Absence:
        made: Absence = super()._create(model_class, *args, **kwargs)
        delegation.forget()
        return made


class HolidayFactory(TenantFactory):
    """A holiday of the open scope's tenant."""

    class Meta:
        model = Holiday

    day = factory.Sequence(lambda n: date.fromordinal(date(2026, 5, 1).toordinal() + n))
    name = "Labour Day"


class ScheduleFiringFactory(TenantFactory):
    """A day's run of a schedule."""

    class Meta:
        model = ScheduleFiring

    schedule = "nightly"
    day = factory.Sequence(lambda n: date.fromordinal(date(2026, 1, 1).toordinal() + n))


class StuckWorkFactory(TenantFactory):
    """Work that was given up."""

    class Meta:
        model = StuckWork

    work = "ask-reminder"
    row_id = factory.LazyFunction(uuid7)
    subject_type = "requests.request"
    subject_id = factory.LazyFunction(uuid7)
    attempts = 5
    failed_at = factory.LazyFunction(clock.now)
    error = "ValueError: nothing to put in"


class MergedRecordFactory(TenantFactory):
    """One record became part of another."""

    class Meta:
        model = MergedRecord

    kind = "advocates.advocate"
    gone_id = factory.LazyFunction(uuid7)
    into_id = factory.LazyFunction(uuid7)
