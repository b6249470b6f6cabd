"""Inviting colleagues and joining on the personal link."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from advocacy.events.models import Event
from advocacy.identity.models import Invitation
from advocacy.identity.services import invitations, members
from advocacy.messaging.links import secret_of
from advocacy.messaging.models import MailState, OutgoingMail, PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant, User
from advocacy.tenancy.scope import tenant_scope
from tests.factories.people import InvitationFactory
from tests.factories.tenancy import PASSWORD, MembershipFactory, UserFactory
from tests.support.time import Clock

ClientFor = Callable[[Membership | None], Client]
NEW = "new.colleague@example.com"


@pytest.fixture
def admin(membership: Callable[..., Membership]) -> Membership:
    """Who may invite."""
    return membership("admin", user__name="Ada Admin")


@pytest.fixture
def invited(admin: Membership) -> Invitation:
    """An invitation to a new colleague."""
    with tenant_scope(admin.tenant):
        return invitations.invite_member(actor=Actor.member(admin), email=NEW, role="csm")


def path_of(invitation: Invitation) -> str:
    """The newest link's page."""
    with tenant_scope(invitation.tenant_id):
        link = PersonalLink.objects.filter(subject_id=invitation.pk).order_by("-pk").first()
        assert link is not None
        return f"/p/{secret_of(link)}/join/"


def verbs(tenant: Tenant) -> list[str]:
    """What happened, oldest first."""
    with tenant_scope(tenant):
        return list(Event.objects.order_by("at", "pk").values_list("verb", flat=True))


def test_inviting(admin: Membership, client_for: ClientFor) -> None:
    """ID-1.b, AUD-1.a: an admin invites by e-mail; mail, link and event come with it."""
    answer = client_for(admin).post(
        "/t/acme/settings/people/invite/", {"email": "New.Colleague@Example.com", "role": "csm"}
    )
    assert answer["Location"] == "/t/acme/settings/people/"
    with tenant_scope(admin.tenant):
        invitation = Invitation.objects.get()
        letter = OutgoingMail.objects.get()
        event = Event.objects.get()
    assert (invitation.email, invitation.role) == (NEW, "csm")
    assert (letter.to_email, letter.link_id is not None) == (NEW, True)
    assert "Ada Admin invites you" in letter.subject
    assert (event.verb, event.actor_id) == ("invitation.sent", admin.pk)
    # GDPR-1: ids and codes only.
    assert event.payload == {"role": "csm"}
    assert NEW in client_for(admin).get("/t/acme/settings/people/").content.decode()


def test_members_are_not_invited(admin: Membership, bob: Membership, invited: Invitation) -> None:
    """ID-1.b, BAD-1.a: a sentence says whether somebody is, was or is about to be a member."""
    actor = Actor.member(admin)
    with tenant_scope(admin.tenant):
        with pytest.raises(DomainError, match="Bob is a member already") as refused:
            invitations.invite_member(actor=actor, email="BOB@example.com", role="csm")
        assert "email" in refused.value.fields
        members.deactivate_member(actor=actor, member=bob)
        with pytest.raises(DomainError, match="Reactivate the membership instead"):
            invitations.invite_member(actor=actor, email=bob.email, role="csm")
        with pytest.raises(Conflict, match="invited already"):
            invitations.invite_member(actor=actor, email=NEW, role="sales")
        with pytest.raises(DomainError, match="one of the roles"):
            invitations.invite_member(actor=actor, email="x@example.com", role="owner")


def test_only_admins_invite(alice: Membership) -> None:
    """ID-2.a: the service itself asks the matrix."""
    with tenant_scope(alice.tenant), pytest.raises(NotAllowed):
        invitations.invite_member(actor=Actor.member(alice), email=NEW, role="admin")


def test_an_expired_invitation_makes_room(
    admin: Membership, clock: Clock, client_for: ClientFor
) -> None:
    """ID-1.b, ID-3.a: after 14 days the link is dead and a new invitation can go out."""
    actor = Actor.member(admin)
    with tenant_scope(admin.tenant):
        old = invitations.invite_member(actor=actor, email=NEW, role="csm")
    path = path_of(old)
    clock.advance(timedelta(days=13, hours=23))
    assert client_for(None).get(path).status_code == 200
    clock.advance(timedelta(hours=2))
    gone = client_for(None).get(path)
    assert gone.status_code == 410
    assert "has expired" in gone.content.decode()
    with tenant_scope(admin.tenant):
        invitations.invite_member(actor=actor, email=NEW, role="sales")


def test_somebody_new_joins(invited: Invitation, tenant: Tenant, client: Client) -> None:
    """ID-1.b, ID-3.a: name and password on the link's page make account and membership."""
    path = path_of(invited)
    page = client.get(path).content.decode()
    assert "Ada Admin invites you" in page
    assert "Customer success" in page
    with tenant_scope(tenant):
        assert not Membership.objects.filter(user__email=NEW).exists()
    weak = client.post(path, {"name": "Nia New", "password": "password12"})
    assert weak.status_code == 422
    assert "too common" in weak.content.decode()
    assert 'value="Nia New"' in weak.content.decode()
    assert not User.objects.filter(email=NEW).exists()
    joined = client.post(path, {"name": "Nia New", "password": PASSWORD})
    assert joined["Location"].startswith("/t/acme/")
    assert client.get("/t/acme/settings/").status_code == 200
    with tenant_scope(tenant):
        member = Membership.objects.get(user__email=NEW)
        event = Event.objects.get(verb="invitation.accepted")
    assert (member.role, member.name) == ("csm", "Nia New")
    assert event.actor_id == member.pk
    # Once.
    assert Client().get(path).status_code == 410
    assert Client().post(path, {"name": "Eve", "password": PASSWORD}).status_code == 410


def test_somebody_with_an_account_confirms(
    invited: Invitation, other_tenant: Tenant, client: Client, client_for: ClientFor
) -> None:
    """ID-1.b: one account, two companies; the link alone does not sign anybody in."""
    user = UserFactory(email=NEW)
    with tenant_scope(other_tenant):
        elsewhere = MembershipFactory(user=user, role="sales")
    path = path_of(invited)
    assert f"/sign-in/?next={path}" in client.get(path).content.decode()
    assert client.post(path, {"name": "Eve", "password": PASSWORD}).status_code == 403
    mine = client_for(elsewhere)
    mine.get(path)
    with tenant_scope(invited.tenant_id):
        assert not Membership.objects.filter(user=user).exists()
    assert mine.post(path)["Location"].startswith("/t/acme/")
    assert mine.get("/t/acme/settings/").status_code == 200
    assert mine.get("/t/umbrella/settings/").status_code == 200


def test_another_person_cannot_use_the_link(
    invited: Invitation, bob: Membership, client_for: ClientFor
) -> None:
    """ID-3.a: who is signed in as somebody else is told whose it is, and changes nothing."""
    client, path = client_for(bob), path_of(invited)
    assert "Sign out first" in client.get(path).content.decode()
    assert client.post(path).status_code == 403
    with tenant_scope(invited.tenant_id):
        assert Invitation.objects.get().accepted_at is None


def test_withdrawing(admin: Membership, invited: Invitation, client_for: ClientFor) -> None:
    """ID-3.b: the link stops at once, and a mail that has not gone out stays here."""
    path = path_of(invited)
    client_for(admin).post(f"/t/acme/settings/people/invitations/{invited.pk}/revoke/")
    assert client_for(None).get(path).status_code == 410
    with tenant_scope(admin.tenant):
        assert OutgoingMail.objects.get().state == MailState.CANCELLED
        with pytest.raises(Conflict):
            invitations.resend_invitation(actor=Actor.member(admin), invitation=invited)
    assert verbs(admin.tenant) == ["invitation.sent", "invitation.revoked"]


def test_sending_again(admin: Membership, invited: Invitation, client_for: ClientFor) -> None:
    """ID-3.b: a fresh link replaces the one before."""
    old = path_of(invited)
    client_for(admin).post(f"/t/acme/settings/people/invitations/{invited.pk}/resend/")
    assert client_for(None).get(old).status_code == 410
    assert client_for(None).get(path_of(invited)).status_code == 200
    assert verbs(admin.tenant) == ["invitation.sent", "invitation.sent_again"]


def test_a_former_member_comes_back(admin: Membership, bob: Membership) -> None:
    """ID-1.b: an invitation from before a deactivation reactivates, in the invited role."""
    with tenant_scope(admin.tenant):
        invitation = InvitationFactory(email=bob.email, role="marketing", invited_by=admin)
        members.deactivate_member(actor=Actor.member(admin), member=bob)
        member = invitations.accept_invitation(invitation=invitation, user=bob.user)
        assert member.pk == bob.pk
        assert (member.role, member.is_active, member.deactivated_at) == ("marketing", True, None)
        with pytest.raises(Conflict):
            invitations.accept_invitation(invitation=invitation, user=bob.user)
