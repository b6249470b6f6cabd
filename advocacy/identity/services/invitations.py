"""Inviting people into a tenant, and their coming in (ID-1)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from advocacy import clock
from advocacy.events.services import record
from advocacy.identity.models import Invitation
from advocacy.identity.numbers import Invitations
from advocacy.identity.services.permission import require
from advocacy.identity.services.profile import refuse_weak_password
from advocacy.messaging.holding import undoable
from advocacy.messaging.links import create_link, revoke_links
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import cancel_mail, queue_mail
from advocacy.records.undoing import made, note
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, User
from advocacy.tenancy.roles import Role
from advocacy.tenant_settings.reading import current

JOIN = "join"
INVITATION_MAIL = "invitation"


@transaction.atomic
def invite_member(*, actor: Actor, email: str, role: str) -> Invitation:
    """Invite somebody by e-mail to take a role (ID-1).

    Raises :class:`DomainError` at the field ``email`` for a member or somebody who is invited
    already, at ``role`` for an unknown role; :class:`NotAllowed` without ``settings.people``.
    """
    inviter = require(actor, "settings.people")
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
    return _send_first(actor=actor, invitation=invitation, inviter=inviter)


@undoable("invitation.send", "invitation")
def _send_first(*, actor: Actor, invitation: Invitation, inviter: Membership) -> Invitation:
    made(invitation, revoked_at=clock.now())
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
    return clock.now() + timedelta(days=current(Invitations).colleague_days)


def _send(invitation: Invitation, inviter: Membership) -> None:
    tenant = inviter.tenant
    link = create_link(purpose=JOIN, subject_id=invitation.pk, expires_at=invitation.expires_at)
    # The invited person's language is not known yet; the tenant's is the best guess.
    with override(tenant.language):
        role = str(Role(invitation.role).label)
    mail = render_mail(
        "identity/invitation",
        {
            "name": inviter.name,
            "company": tenant.name,
            "role": role,
            "days": current(Invitations).colleague_days,
        },
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
@undoable("invitation.resend", "invitation")
def resend_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Send a fresh link, good for another 14 days; the one before stops working.

    Raises :class:`Conflict` when it was accepted or withdrawn meanwhile.
    """
    inviter = require(actor, "settings.people")
    fresh = {"sent_at": clock.now(), "expires_at": _end_of_invitation()}
    note(invitation, fresh)
    changed = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True
    ).update(**fresh)
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
    require(actor, "settings.people")
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
    refuse_weak_password(password, user)
    if User.objects.filter(email=invitation.email).exists():
        raise Conflict(_("There is an account with this address already. Sign in to accept."))
    user = User.objects.create_user(invitation.email, password, name=name)
    return accept_invitation(invitation=invitation, user=user)
