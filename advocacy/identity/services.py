"""Every write about people, invitations and the tenant's calendar (ID-1).

Changes that could leave a tenant without an active admin lock all its active admins first, in
the order of their ids, so that two of them cannot step down at the same moment.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from advocacy import clock
from advocacy.events.services import record
from advocacy.identity.account_mail import end_sign_in_links
from advocacy.identity.models import Invitation
from advocacy.identity.proofs import prove_password
from advocacy.messaging.links import create_link, revoke_links
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import cancel_mail, queue_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Holiday, Membership, Tenant, User
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope

#: How long an invitation can be accepted.
INVITATION_DAYS = 14
JOIN = "join"
INVITATION_MAIL = "invitation"


def _require(actor: Actor, action: str) -> Membership:
    if actor.membership is None or not actor.membership.can(action):
        raise NotAllowed(_("Your role does not allow this. Ask an admin of your company."))
    return actor.membership


# -- invitations --------------------------------------------------------------------------------


@transaction.atomic
def invite_member(*, actor: Actor, email: str, role: str) -> Invitation:
    """Invite somebody by e-mail to take a role; good for 14 days (ID-1).

    Raises :class:`DomainError` at the field ``email`` for a member or somebody who is invited
    already, at ``role`` for an unknown role; :class:`NotAllowed` without ``settings.people``.
    """
    inviter = _require(actor, "settings.people")
    email = email.strip().lower()
    if role not in Role.values:
        raise DomainError(
            _("Choose one of the roles."), fields={"role": _("Choose one of the roles.")}
        )
    _refuse_members(email)
    Invitation.objects.filter(
        email=email, accepted_at__isnull=True, revoked_at__isnull=True, expires_at__lte=clock.now()
    ).update(revoked_at=clock.now())
    invitation = Invitation(
        email=email, role=role, invited_by=inviter, expires_at=_end_of_invitation()
    )
    # No IntegrityError: two admins who invite the same person leave one invitation.
    Invitation.objects.bulk_create([invitation], ignore_conflicts=True)
    if not Invitation.objects.filter(pk=invitation.pk).exists():
        message = _("%(email)s is invited already. You can send the invitation again.") % {
            "email": email
        }
        raise Conflict(message, code="invited_already", fields={"email": message})
    invitation.reload()
    record("invitation.sent", invitation, actor=actor, payload={"role": role})
    _send(invitation, inviter)
    return invitation


def _refuse_members(email: str) -> None:
    member = Membership.objects.select_related("user").filter(user__email=email).first()
    if member is None:
        return
    message = (
        _("%(name)s is a member already.")
        if member.is_active
        else _("%(name)s was a member and is deactivated. Reactivate the membership instead.")
    ) % {"name": member.name}
    raise DomainError(message, code="member_already", fields={"email": message})


def _end_of_invitation() -> datetime:
    return clock.now() + timedelta(days=INVITATION_DAYS)


def _send(invitation: Invitation, inviter: Membership) -> None:
    tenant = inviter.tenant
    link = create_link(purpose=JOIN, subject_id=invitation.pk, expires_at=invitation.expires_at)
    # The invited person's language is not known yet; the tenant's is the best guess.
    with override(tenant.language):
        role = str(Role(invitation.role).label)
    mail = render_mail(
        "identity/invitation",
        {"name": inviter.name, "company": tenant.name, "role": role, "days": INVITATION_DAYS},
        tenant.language,
    )
    queue_mail(
        kind=INVITATION_MAIL,
        to_email=invitation.email,
        to_name="",
        subject=mail.subject,
        text=mail.text,
        unique_key=f"invitation:{link.pk}",
        link=link,
        sender=inviter,
        subject_id=invitation.pk,
    )


@transaction.atomic
def resend_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Send a fresh link, good for another 14 days; the one before stops working.

    Raises :class:`Conflict` when it was accepted or withdrawn meanwhile.
    """
    inviter = _require(actor, "settings.people")
    changed = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True
    ).update(sent_at=clock.now(), expires_at=_end_of_invitation())
    if not changed:
        raise Conflict(_("This invitation was accepted or withdrawn meanwhile."))
    invitation.reload()
    revoke_links(subject_id=invitation.pk, purpose=JOIN)
    cancel_mail(subject_id=invitation.pk, kinds=[INVITATION_MAIL])
    record("invitation.sent_again", invitation, actor=actor)
    _send(invitation, inviter)
    return invitation


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Withdraw an invitation; its link stops working at once.

    Raises :class:`Conflict` when it was accepted or withdrawn meanwhile.
    """
    _require(actor, "settings.people")
    changed = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=clock.now())
    if not changed:
        raise Conflict(_("This invitation was accepted or withdrawn meanwhile."))
    invitation.reload()
    revoke_links(subject_id=invitation.pk, purpose=JOIN)
    cancel_mail(subject_id=invitation.pk, kinds=[INVITATION_MAIL])
    record("invitation.revoked", invitation, actor=actor)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Membership:
    """Make the invited person a member; somebody who was one before comes back.

    Raises :class:`NotAllowed` for another person's account, :class:`Conflict` when the invitation
    is not open any more.
    """
    if user.email != invitation.email:
        raise NotAllowed(
            _("This invitation is for %(email)s. Sign in with that address to accept it.")
            % {"email": invitation.email}
        )
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open:
        raise Conflict(_("This invitation is not open any more. Ask for a new one."))
    member = Membership.objects.select_for_update().filter(user=user).first()
    if member is None:
        member = Membership(user=user, role=locked.role)
        member.save(force_insert=True)
    else:
        Membership.objects.filter(pk=member.pk).update(
            role=locked.role, is_active=True, deactivated_at=None
        )
    member.reload()
    Invitation.objects.filter(pk=locked.pk).update(accepted_at=clock.now(), accepted_as=member)
    invitation.reload()
    revoke_links(subject_id=invitation.pk, purpose=JOIN)
    record(
        "invitation.accepted",
        invitation,
        actor=Actor.member(member),
        payload={"role": member.role},
        about=[member],
    )
    return member


@transaction.atomic
def register_and_accept(*, invitation: Invitation, name: str, password: str) -> Membership:
    """Make an account for the invited address, then accept.

    Raises :class:`DomainError` at ``password`` for a weak one, :class:`Conflict` when the address
    has an account already.
    """
    user = User(email=invitation.email, name=name)
    _check_password(password, user)
    if User.objects.filter(email=invitation.email).exists():
        raise Conflict(_("There is an account with this address already. Sign in to accept."))
    user = User.objects.create_user(invitation.email, password, name=name)
    return accept_invitation(invitation=invitation, user=user)


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        message = " ".join(error.messages)
        raise DomainError(message, code="weak_password", fields={"password": message}) from error


# -- members ------------------------------------------------------------------------------------


def _lock_admins() -> list[Membership]:
    return list(
        Membership.objects.select_for_update()
        .filter(role=Role.ADMIN, is_active=True)
        .order_by("pk")
    )


def _refuse_last_admin(member: Membership, admins: list[Membership]) -> None:
    if [admin.pk for admin in admins] == [member.pk]:
        raise DomainError(
            _(
                "%(name)s is the only active admin. Make somebody else an admin first, "
                "so that the company is not locked out."
            )
            % {"name": member.name},
            code="last_admin",
        )


@transaction.atomic
def change_role(*, actor: Actor, member: Membership, role: str) -> Membership:
    """Give a member another role; it counts from their next request on (ID-1).

    Locks the tenant's active admins. Raises :class:`DomainError` for the last active admin,
    :class:`Conflict` when the role changed meanwhile.
    """
    _require(actor, "settings.people")
    if role not in Role.values:
        raise DomainError(
            _("Choose one of the roles."), fields={"role": _("Choose one of the roles.")}
        )
    before = member.role
    if role == before:
        return member
    if before == Role.ADMIN:
        _refuse_last_admin(member, _lock_admins())
    if not Membership.objects.filter(pk=member.pk, role=before).update(role=role):
        raise Conflict(_("The role was changed meanwhile. Look again."))
    member.reload()
    record("membership.role_changed", member, actor=actor, payload={"from": before, "to": role})
    return member


@transaction.atomic
def deactivate_member(*, actor: Actor, member: Membership) -> Membership:
    """End a membership: from the next request on the tenant does not exist for this person.

    Nothing they did is lost. Locks the tenant's active admins. Raises :class:`DomainError` for
    the last active admin, :class:`Conflict` when it is inactive already.
    """
    _require(actor, "settings.people")
    # Whatever role the caller saw: it may have become admin meanwhile.
    _refuse_last_admin(member, _lock_admins())
    changed = Membership.objects.filter(pk=member.pk, is_active=True).update(
        is_active=False, deactivated_at=clock.now()
    )
    if not changed:
        raise Conflict(_("%(name)s is deactivated already.") % {"name": member.name})
    member.reload()
    record("membership.deactivated", member, actor=actor)
    return member


@transaction.atomic
def reactivate_member(*, actor: Actor, member: Membership) -> Membership:
    """Let somebody back in, in the role they had.

    Raises :class:`Conflict` when the membership is active.
    """
    _require(actor, "settings.people")
    changed = Membership.objects.filter(pk=member.pk, is_active=False).update(
        is_active=True, deactivated_at=None
    )
    if not changed:
        raise Conflict(_("%(name)s is active already.") % {"name": member.name})
    member.reload()
    record("membership.reactivated", member, actor=actor)
    return member


# -- one's own profile --------------------------------------------------------------------------


@transaction.atomic
def update_profile(*, actor: Actor, name: str, language: str, time_zone: str) -> User:
    """Change one's own name, language and time zone, in every tenant one works in."""
    member = _require(actor, "profile.edit")
    user = member.user
    wanted = {"name": name, "language": language, "time_zone": time_zone}
    changed = [field for field, value in wanted.items() if getattr(user, field) != value]
    if changed:
        for field in changed:
            setattr(user, field, wanted[field])
        user.save(update_fields=changed)
        record("profile.changed", member, actor=actor, payload={"fields": changed})
    return user


def change_password(*, actor: Actor, current: str, password: str) -> User:
    """Set a new password. Every session of the person ends; the view renews the one at hand.

    Raises :class:`DomainError` at ``current`` for a wrong one, at ``password`` for a weak one,
    :class:`TooManyAttempts` after five wrong ones. A wrong one is counted, so this is not one
    transaction; nothing else is changed before.
    """
    member = _require(actor, "profile.edit")
    user = member.user
    prove_password(user=user, password=current, field="current")
    _check_password(password, user)
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sign_in_links(user=user)
        record("password.changed", member, actor=actor)
    return user


# -- the tenant ---------------------------------------------------------------------------------


@transaction.atomic
def update_calendar(
    *,
    actor: Actor,
    work_days: Collection[int],
    work_starts: time,
    work_ends: time,
    time_zone: str,
    currency: str,
    language: str,
) -> Tenant:
    """Change the tenant's work week, hours, time zone, currency and language (REQ-2).

    Raises :class:`DomainError` at the field for a week without days or hours in the wrong order.
    """
    tenant = Tenant.objects.select_for_update().get(pk=_require(actor, "settings.rules").tenant_id)
    days = sorted(set(work_days))
    if not days or not set(days) <= set(range(1, 8)):
        message = _("Choose at least one working day.")
        raise DomainError(message, fields={"work_days": message})
    if work_ends <= work_starts:
        message = _("Work must end after it starts, on the same day.")
        raise DomainError(message, fields={"work_ends": message})
    wanted = {
        "work_days": days,
        "work_starts": work_starts,
        "work_ends": work_ends,
        "time_zone": time_zone,
        "currency": currency,
        "language": language,
    }
    changed = [field for field, value in wanted.items() if getattr(tenant, field) != value]
    if changed:
        for field in changed:
            setattr(tenant, field, wanted[field])
        tenant.save(update_fields=changed)
        record("tenant.settings_changed", tenant, actor=actor, payload={"fields": changed})
    return tenant


@transaction.atomic
def add_holiday(*, actor: Actor, day: date, name: str) -> Holiday:
    """Add a day on which the business clock stands still (REQ-2).

    Raises :class:`DomainError` at ``day`` when that day is a holiday already.
    """
    _require(actor, "settings.rules")
    holiday = Holiday(day=day, name=name.strip())
    Holiday.objects.bulk_create([holiday], ignore_conflicts=True)
    if not Holiday.objects.filter(pk=holiday.pk).exists():
        message = _("This day is a holiday already.")
        raise DomainError(message, code="holiday_already", fields={"day": message})
    holiday.reload()
    record("holiday.added", holiday, actor=actor, payload={"day": day.isoformat()})
    return holiday


@transaction.atomic
def remove_holiday(*, actor: Actor, holiday: Holiday) -> None:
    """Make a holiday a normal day again. Raises :class:`Conflict` when it is gone already."""
    _require(actor, "settings.rules")
    deleted, _per_model = Holiday.objects.filter(pk=holiday.pk).delete()
    if not deleted:
        raise Conflict(_("This holiday is gone already."))
    record("holiday.removed", holiday, actor=actor, payload={"day": holiday.day.isoformat()})


@transaction.atomic
def create_tenant(
    *, name: str, slug: str, admin_email: str, admin_name: str, password: str | None = None
) -> Membership:
    """Set up a company with its first admin; an existing account becomes its admin.

    ``password`` counts for a new account only; without one the admin uses *forgot password*.
    Higher rooms add their own starting data on ``tenant.created``. Raises :class:`DomainError`
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
