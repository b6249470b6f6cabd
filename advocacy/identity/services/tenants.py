"""Setting up a tenant."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant, User
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope


@transaction.atomic
def create_tenant(
    *, name: str, slug: str, admin_email: str, admin_name: str, password: str | None = None
) -> Membership:
    """Set up a company with its first admin; an existing account becomes its admin.

    ``password`` counts for a new account only; without one the admin uses *forgot password*.
    Higher apps add their own starting data on ``tenant.created``. Raises :class:`DomainError`
    for an address (slug) that is taken or none.
    """
    if not slug or slugify(slug) != slug:
        raise DomainError(
            _("The address may hold lower-case letters, digits and hyphens."),
            fields={"slug": _("Use lower-case letters, digits and hyphens.")},
        )
    tenant = Tenant(name=name, slug=slug)
    Tenant.objects.bulk_create([tenant], ignore_conflicts=True)
    if not Tenant.objects.filter(pk=tenant.pk).exists():
        message = _("The address “%(slug)s” is taken.") % {"slug": slug}
        raise DomainError(message, code="slug_taken", fields={"slug": message})
    email = admin_email.strip().lower()
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=admin_name)
    with tenant_scope(tenant):
        admin = Membership(user=user, role=Role.ADMIN)
        admin.save(force_insert=True)
        admin.reload()
        record("tenant.created", tenant, actor=Actor.system("create_tenant"), about=[admin])
    return admin
