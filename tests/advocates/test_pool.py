"""The community pool: agreement, few invitations, out with one press, never asked (TIER-9)."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from advocacy.messaging.links import link_path
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.violations import violated
from advocacy.tenant_settings.services import change_settings
from advocates.joining import invitations
from advocates.joining.enrolment import enrol_advocate
from advocates.joining.settings import RECRUITING
from advocates.models import Advocate, PoolInvitation, PoolMembership, ProgramPolicy
from advocates.pool import services
from advocates.pool.inviting import invite_pool_member
from advocates.pool.resource import POOL_PLACES
from advocates.pool.selectors import next_invitation_on, pool_count
from advocates.program.tiers.selectors import tier_shares
from requests.asks.services import AskDraft, send_asks
from requests.matching.ranking import match, tally
from tests.advocates.test_capacity_concurrency import LEVELS, crowd
from tests.factories.advocates import (
    ActivityTypeFactory,
    AdvocateFactory,
    EnrolledFactory,
    ProgramInvitationFactory,
    catalogued,
    set_up,
)
from tests.factories.pool import OfferedFactory, PoolMembershipFactory, PromoterFactory
from tests.factories.requests import RequestFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.kit.resource import ResourceCase
from tests.support.time import Clock


class TestPool(ResourceCase):
    """TIER-9.a: who is in it, since when and from where, in the browser and over REST."""

    resource, factory = POOL_PLACES, OfferedFactory
    viewers = "program_manager admin csm marketing executive"
    editors = "program_manager admin csm"
    owned_by = "advocate__account__owner"
    new: ClassVar[Mapping[str, Any]] = {
        "advocate": PromoterFactory,
        "agreed_on": "2024-01-02",
        "evidence": "Said so in Lyon",
    }
    wrong: ClassVar[Mapping[str, Any]] = {"agreed_on": "2999-01-01"}
    moves: ClassVar[Mapping[str, tuple[str, Mapping[str, Any], str]]] = {
        "agree": (
            "program_manager admin csm",
            {"agreed_on": "2024-01-02", "evidence": "On the phone"},
            "member",
        ),
        "refuse": ("program_manager admin csm", {}, "said_no"),
        "leave": ("program_manager admin csm", {}, "left"),
    }


@pytest.fixture
def browser(client_for: Callable[[Membership | None], Client]) -> Client:
    return client_for(None)


@pytest.fixture
def csm(scope: Tenant, clock: Clock) -> Membership:
    set_up()
    made: Membership = MembershipFactory.create(role="csm", user__name="Cleo")
    return made


def place_for(csm: Membership, **kwargs: Any) -> PoolMembership:
    made: PoolMembership = PoolMembershipFactory.create(advocate__account__owner=csm, **kwargs)
    return made


def invite(csm: Membership, place: PoolMembership, **changes: Any) -> PoolInvitation:
    kind = ActivityTypeFactory(**{"effort": "low", **changes})
    return invite_pool_member(
        actor=Actor.member(csm), place=place, activity_type=kind, message="Five questions."
    )


def page_of(place: PoolMembership) -> str:
    return link_path(PersonalLink.objects.filter(subject_id=place.pk).latest("created_at"))


def test_two_small_things_a_year_91_days_apart(csm: Membership, clock: Clock) -> None:
    """TIER-9.c: at most two a year, 91 days apart, of low effort; the refusal names the day, and
    the numbers are the tenant's.
    """
    place = place_for(csm)
    invite(csm, place)
    mail = OutgoingMail.objects.get(subject_id=place.pk)
    assert (mail.sender, mail.to_email) == (csm, place.advocate.email)
    assert "Five questions." in mail.text
    with pytest.raises(Conflict) as refused:
        invite(csm, place)
    assert refused.value.code == "pool_gap"
    clock.advance(timedelta(days=90))
    with pytest.raises(Conflict):
        invite(csm, place)
    clock.advance(timedelta(days=1))
    assert next_invitation_on(place.advocate) is None
    invite(csm, place)
    clock.advance(timedelta(days=91))
    with pytest.raises(Conflict) as refused:
        invite(csm, place)
    assert refused.value.code == "pool_yearly"
    ProgramPolicy.objects.update(pool_per_year=3)
    invite(csm, place)
    ProgramPolicy.objects.update(pool_per_year=2)
    clock.advance(timedelta(days=366))
    invite(csm, place)


def test_what_the_pool_is_not_invited_to(csm: Membership, clock: Clock) -> None:
    """TIER-9.c, TIER-9.d: nothing big, no reference, no review; and nobody outside the pool, said
    by the database too.
    """
    place = place_for(csm)
    for odd in ({"effort": "moderate"}, {"is_reference": True}, {"is_on": False}):
        with pytest.raises(DomainError) as refused:
            invite(csm, place, **odd)
        assert "activity_type" in refused.value.fields
    with pytest.raises(DomainError):
        invite_pool_member(
            actor=Actor.member(csm), place=place, activity_type=catalogued("review", is_on=True,
            effort="low"), message="Please",
        )  # fmt: skip
    big = ActivityTypeFactory(effort="high")
    small = ActivityTypeFactory(effort="low")
    outside = AdvocateFactory(status="candidate")
    for kind, person, rule in (
        (big, place.advocate, "pool_low_effort"),
        (small, outside, "pool_member"),
    ):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            PoolInvitation.objects.create(
                advocate=person, activity_type=kind, sender=csm, message="x"
            )
        assert violated(caught.value)[0] == rule
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        PoolInvitation.objects.create(
            advocate=place.advocate, activity_type=small, sender=csm, message="x",
            sent_at=clock.now - timedelta(days=200),
        )  # fmt: skip
    assert violated(caught.value)[0] == "pool_sent_at"
    services.leave(actor=Actor.member(csm), place=place)
    with pytest.raises(Conflict):
        invite(csm, place)


@pytest.mark.parametrize("level", LEVELS)
def test_many_at_once_get_one(transactional_db: None, level: str) -> None:
    """TIER-9.c: of 24 colleagues who invite the same person at once exactly one does, under every
    isolation level.
    """
    tenant: Tenant = TenantsFactory()
    with tenant_scope(tenant):
        set_up()
        place = PoolMembershipFactory.create()
        kind = ActivityTypeFactory(effort="low")
        member = MembershipFactory.create(role="program_manager")

    def work() -> str:
        with tenant_scope(tenant):
            try:
                invite_pool_member(
                    actor=Actor.member(member), place=place, activity_type=kind, message="Hello"
                )
            except Conflict as error:
                return error.code
        return "sent"

    came_to = crowd([work] * 24, level=LEVELS[level])
    assert came_to["sent"] == 1, came_to
    assert came_to["pool_gap"] == 23, came_to
    with tenant_scope(tenant):
        assert PoolInvitation.objects.count() == 1


def test_offered_to_promoters_who_are_not_ready(
    csm: Membership, browser: Client, tenant: Tenant
) -> None:
    """TIER-9.a, TIER-9.b: a mail asks, one press agrees with day and source, and the same page ends
    it with one press, without any sign-in. Looking changes nothing.
    """
    ana: Advocate = PromoterFactory.create(account__owner=csm, first_name="Ana")
    actor = Actor.member(csm)
    place = services.offer_pool(actor=actor, advocate=ana)
    assert (place.state, place.agreed_on, pool_count().number) == ("offered", None, 0)
    with pytest.raises(Conflict, match="already"):
        services.offer_pool(actor=actor, advocate=ana)
    page = page_of(place)
    assert "shall we keep you posted" in browser.get(page).text
    assert place.reload().state == "offered"
    assert browser.post(page, {"say": "yes"}).status_code == 302
    place.reload()
    assert (place.state, place.source) == ("member", "offered")
    assert place.agreed_on is not None
    assert pool_count().number == 1
    assert "Write to me no more" in browser.get(page).text
    browser.post(page, {"say": "leave"})
    assert place.reload().state == "left"
    assert "We write to you no more" in browser.get(page).text
    assert not OutgoingMail.objects.filter(subject_id=place.pk, state="queued").exists()
    browser.post(page, {"say": "yes"})
    assert place.reload().state == "member"
    assert browser.post(page, {"say": "perhaps"}).status_code == 422
    # An old mail's link is about the place of now; what is past on an open page is no error.
    services.leave(actor=actor, place=place.reload())
    second = services.record_agreement(
        actor=actor, advocate=ana, agreed_on=ana.created_at.date(), evidence="On the phone"
    )
    assert second.pk != place.pk
    assert "Write to me no more" in browser.get(page).text
    for said in ("no", "leave"):
        assert browser.post(page, {"say": said}).status_code == 302
    assert second.reload().state == "left"


def test_product_updates_and_community(csm: Membership, browser: Client) -> None:
    """TIER-9.c: a member finds product updates and the community in the first mail and on their
    page, where the tenant says they are; what is no address is refused.
    """
    addresses = {
        "updates_address": "https://northwind.example/new",
        "community_address": "https://northwind.example/community",
    }
    system = Actor.system("tests")
    with pytest.raises(DomainError) as refused:
        change_settings(
            actor=system, family=RECRUITING, values={"updates_address": "javascript:alert(1)"}
        )
    assert "updates_address" in refused.value.fields
    change_settings(actor=system, family=RECRUITING, values=addresses)
    ana = PromoterFactory.create(account__owner=csm)
    place = services.agree_oneself(advocate=ana, on="Said yes")
    mail = OutgoingMail.objects.get(subject_id=place.pk)
    page = browser.get(page_of(place)).text
    for address in addresses.values():
        assert address in mail.text
        assert f'href="{address}"' in page


def test_who_does_not_belong_there(csm: Membership) -> None:
    """TIER-9.a: nobody who is enrolled, and nobody who is no promoter."""
    actor = Actor.member(csm)
    for person in (
        AdvocateFactory.create(account__owner=csm),
        AdvocateFactory.create(account__owner=csm, status="candidate"),
        PromoterFactory.create(account__owner=csm, nps=8),
    ):
        with pytest.raises(Conflict):
            services.offer_pool(actor=actor, advocate=person)
        with pytest.raises(Conflict):
            services.record_agreement(
                actor=actor, advocate=person, agreed_on=person.created_at.date(), evidence="x"
            )
    assert not PoolMembership.objects.exists()


def test_a_no_to_the_invitation_keeps_the_relationship(csm: Membership, browser: Client) -> None:
    """ENR-1.f, TIER-9.b: the decline is final, and the next screen offers the pool; a yes there
    keeps day and source.
    """
    invitation = ProgramInvitationFactory.create(advocate__account__owner=csm, sender=csm)
    invitations.send_invitation(invitation)
    page = link_path(PersonalLink.objects.get(subject_id=invitation.pk))
    browser.post(page, {"say": "no"})
    assert "Shall we keep you posted all the same?" in browser.get(page).text
    place = PoolMembership.objects.get(advocate=invitation.advocate)
    assert (place.state, place.source) == ("offered", "declined")
    browser.post(page, {"say": "pool"})
    place.reload()
    assert (place.state, place.source) == ("member", "declined")
    assert place.agreed_on is not None
    assert invitation.advocate.reload().status == "declined"
    assert "we keep you posted" in browser.get(page).text


def test_never_matched_counted_apart_and_in_by_the_usual_way(
    csm: Membership, browser: Client, client_for: Callable[[Membership | None], Client]
) -> None:
    """TIER-9.d, TIER-9.e, TIER-9.f: no match names them and no share counts them; who offers help
    from the pool's page is nominated, and in the program they are in the pool no more.
    """
    enrolled = EnrolledFactory()
    place = place_for(csm)
    person = place.advocate
    shares = tier_shares()
    assert (shares.enrolled, sum(row.people for row in shares.tiers)) == (1, 1)
    assert pool_count().number == 1
    page = client_for(csm).get(f"/t/acme/pool/{place.pk}/invite/")
    assert "One person, one small thing" in page.text
    request = RequestFactory(state="in_review", activity_type=catalogued("reference_call"))
    assert [row.advocate.pk for row in match(request).ranked] == [enrolled.pk]
    assert tally(request).totals.enrolled == 1
    invite(csm, place)
    draft = AskDraft(person, "A call", "Would you?", (), "I know them well")
    with pytest.raises(DomainError, match="Not in the program"):
        send_asks(actor=Actor.member(csm), request=request, drafts=[draft])
    went = browser.post(page_of(place), {"say": "help"})
    offered = browser.post(went["Location"], {"say": "offer", "reasons": "I like it here"})
    assert offered.status_code == 302
    assert person.reload().status == "nominated"
    enrol_advocate(actor=Actor.system("tests"), advocate=person, reason="She asked")
    assert place.reload().state == "joined"
    assert pool_count().number == 0
