"""The recruitment message: seven parts, missing ones marked, to one person at a time (ENR-3)."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any, ClassVar

import pytest
from django.test import Client

from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import ActivityType, Advocate, RecruitmentMessage, RecruitmentTemplate
from advocates.recruiting.drafts import draft_for
from advocates.recruiting.models import PARTS
from advocates.recruiting.resource import RECRUITMENT
from advocates.recruiting.services import save_template, send_recruitment_message
from tests.advocates.test_capacity_concurrency import crowd
from tests.factories.advocates import (
    ActivityTypeFactory,
    AdvocateFactory,
    OutcomeFactory,
    catalogued,
    in_days,
    set_up,
)
from tests.factories.pool import PoolMembershipFactory
from tests.factories.recruiting import WHOLE, RecruitmentMessageFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.factories.touches import CandidateFactory
from tests.kit.resource import ResourceCase
from tests.support.rest import api_for
from tests.support.time import Clock

ClientFor = Callable[[Membership | None], Client]


#: What a review gives (BEN-4).
NOTHING_FOR_IT = {"rewards": "never", "tier_credit": "no", "gives_back": ""}


class OwnWords:
    """Other words each time: the same to two people is bulk mail."""

    _used = count(1)

    def __init__(self) -> None:
        self.pk = f"Result {next(self._used)}"


class TestRecruitment(ResourceCase):
    """ENR-3.b: each goes to one person, in the browser and over REST."""

    resource, factory = RECRUITMENT, RecruitmentMessageFactory
    viewers = "program_manager admin csm marketing executive"
    editors = "program_manager admin csm"
    owned_by = "advocate__account__owner"
    new: ClassVar[Mapping[str, Any]] = {
        "advocate": CandidateFactory,
        "activity_type": ActivityTypeFactory,
        **WHOLE,
        "outcome": OwnWords,
    }
    wrong: ClassVar[Mapping[str, Any]] = {"outcome": ""}


@pytest.fixture
def csm(scope: Tenant, clock: Clock) -> Membership:
    set_up()
    return MembershipFactory.create(role="csm", user__name="Cleo")  # type: ignore[no-any-return]


def candidate(csm: Membership, **kwargs: Any) -> Advocate:
    made: Advocate = CandidateFactory.create(
        account__owner=csm, account__customer_since=in_days(-800), first_name="Ana", **kwargs
    )
    return made


def test_the_draft_holds_seven_parts_and_marks_what_nobody_knows(csm: Membership) -> None:
    """ENR-3.a, ENR-3.b: how long together, the outcome, the project, time and steps, what is in it,
    no pressure, a name; what the record does not say is empty, never guessed.
    """
    ana, kind = candidate(csm), catalogued("testimonial")
    draft = draft_for(ana, kind, csm)
    assert list(draft.parts) == list(PARTS)
    assert draft.missing == ["outcome"]
    OutcomeFactory(advocate=ana)
    draft = draft_for(ana, kind, csm)
    assert draft.missing == []
    for part, words in (
        ("together", "2 years"),
        ("outcome", "Time to hire: 60 days → 35 days"),
        ("project", kind.name),
        ("effort", f"{kind.minutes_low} to {kind.minutes_high} minutes"),
        ("benefit", kind.gives_back),
        ("no_pressure", "perfectly fine"),
        ("signed", "Cleo"),
    ):
        assert words in draft.parts[part], part
    new = draft_for(candidate(csm, account__name="New"), catalogued("testimonial"), csm)
    type(ana.account).objects.update(customer_since=None)
    assert "together" not in new.missing
    ActivityType.objects.filter(pk=kind.pk).update(gives_back="")
    kind.refresh_from_db()
    assert draft_for(Advocate.objects.get(pk=ana.pk), kind, csm).missing == ["together", "benefit"]


def test_a_template_per_type(csm: Membership) -> None:
    """ENR-3.a: a tenant's own words for one type; an empty part is the usual one, and a place that
    nothing fills is refused.
    """
    admin = Actor.member(MembershipFactory.create(role="admin"))
    kind, other = catalogued("testimonial"), catalogued("reference_call")
    with pytest.raises(DomainError) as refused:
        save_template(actor=admin, activity_type=kind, project="About {nothing}")
    assert "project" in refused.value.fields
    save_template(actor=admin, activity_type=kind, project="We collect quotes about {account}.")
    ana = candidate(csm)
    assert draft_for(ana, kind, csm).parts["project"] == (
        f"We collect quotes about {ana.account.name}."
    )
    assert "perfectly fine" in draft_for(ana, kind, csm).parts["no_pressure"]
    assert "collect" not in draft_for(ana, other, csm).parts["project"]
    save_template(actor=admin, activity_type=kind, project="")
    assert "collect" not in draft_for(ana, kind, csm).parts["project"]


def test_one_person_at_a_time(csm: Membership, clock: Clock) -> None:
    """ENR-3.b: a missing part stops it until somebody means it; several people at once, and
    word for word the same to a second one, are refused by the service.
    """
    ana, ben, kind = candidate(csm), candidate(csm), catalogued("testimonial")
    common: dict[str, Any] = {"actor": Actor.member(csm), "activity_type": kind}
    with pytest.raises(DomainError) as refused:
        send_recruitment_message(**common, advocate=ana, **{**WHOLE, "outcome": " "})
    assert list(refused.value.fields) == ["outcome"]
    for several in ([ana, ben], Advocate.objects.all()):
        with pytest.raises(DomainError) as refused:
            send_recruitment_message(**common, advocate=several, **WHOLE)
        assert refused.value.code == "one_at_a_time"
    sent = send_recruitment_message(
        **common, advocate=ana, send_incomplete=True, **{**WHOLE, "outcome": ""}
    )
    assert sent.reload().without == "outcome"
    # One letter, then time to answer, whatever the second says.
    with pytest.raises(Conflict) as too_soon:
        send_recruitment_message(**common, advocate=ana, **WHOLE)
    assert too_soon.value.code == "written_lately"
    clock.advance(timedelta(days=30))
    whole = send_recruitment_message(**common, advocate=ana, **WHOLE)
    mail = OutgoingMail.objects.get(subject_id=whole.pk)
    assert mail.sender == csm
    assert all(words in mail.text for words in WHOLE.values())
    with pytest.raises(Conflict) as again:
        send_recruitment_message(**common, advocate=ben, **WHOLE)
    assert again.value.code == "bulk"
    with pytest.raises(Conflict) as again:
        send_recruitment_message(**common, advocate=ana, **WHOLE)
    assert again.value.code == "sent_already"
    send_recruitment_message(**common, advocate=ben, **{**WHOLE, "outcome": "Twice the reach."})
    clock.advance(timedelta(days=31))
    send_recruitment_message(**common, advocate=ben, **WHOLE)
    assert RecruitmentMessage.objects.count() == 4


def test_two_at_once_keep_each_others_words(transactional_db: None) -> None:
    """ENR-3.a, API-6: whoever changes one part writes no other, nor makes a second template."""
    tenant: Tenant = TenantsFactory()
    with tenant_scope(tenant):
        set_up()
        kind = catalogued("testimonial")

    def save(part: str) -> str:
        with tenant_scope(tenant):
            words = {part: f"Own words: {part}"}
            save_template(actor=Actor.system("tests"), activity_type=kind, **words)
        return "saved"

    works = [partial(save, part) for part in PARTS]
    assert crowd(works) == {"saved": len(PARTS)}
    with tenant_scope(tenant):
        kept = RecruitmentTemplate.objects.get()
    assert [part for part in PARTS if getattr(kept, part) != f"Own words: {part}"] == []


def test_who_is_not_recruited(csm: Membership, clock: Clock) -> None:
    """ENR-3.b, ENR-1.f: nobody in the program (they are asked within what they can give), nobody
    whose no is final, nobody who is never to be asked, nobody without an address.
    """
    common: dict[str, Any] = {
        "actor": Actor.member(csm),
        "activity_type": catalogued("testimonial"),
        **WHOLE,
    }
    for person in (
        AdvocateFactory(account__owner=csm),
        candidate(csm, readiness="not_a_fit"),
        CandidateFactory(account__owner=csm, status="declined", declined_at=clock.now),
        # TIER-9.c, TIER-9.d: no reference, and small things by the pool's own few invitations.
        PoolMembershipFactory(advocate__account__owner=csm).advocate,
    ):
        with pytest.raises(Conflict):
            send_recruitment_message(**common, advocate=person)
    with pytest.raises(DomainError):
        send_recruitment_message(**common, advocate=candidate(csm, email=""))
    # Who is picked for a review would be picked for what they will say (MOM-1.d).
    review = catalogued("review")
    ActivityType.objects.filter(pk=review.pk).update(is_on=True)
    another = ActivityTypeFactory(code="g2_rating", **NOTHING_FOR_IT)
    for kind in (ActivityTypeFactory(is_on=False), review.reload(), another):
        with pytest.raises(DomainError) as refused:
            send_recruitment_message(**{**common, "activity_type": kind}, advocate=candidate(csm))
        assert list(refused.value.fields) == ["activity_type"]
    assert not OutgoingMail.objects.exists()


def test_marked_before_sending_in_the_browser(
    tenant: Tenant, csm: Membership, client_for: ClientFor
) -> None:
    """ENR-3.a, ENR-3.b: from the person's page a draft, with what is missing said at the top and at
    its field; the preview shows the letter; nothing is offered for several.
    """
    ana, kind = candidate(csm), catalogued("testimonial")
    client = client_for(csm)
    assert f"/recruitment/new/?advocate={ana.pk}" in client.get(f"/t/acme/advocates/{ana.pk}/").text
    page = f"/t/acme/recruitment/new/?advocate={ana.pk}&activity_type={kind.pk}"
    text = client.get(page).text
    assert "1 of the seven parts is missing: the specific outcome." in text
    assert "Missing: nothing on record says it." in text
    typed = {"advocate": str(ana.pk), "activity_type": str(kind.pk), **WHOLE, "outcome": ""}
    shown = client.post("/t/acme/recruitment/preview/", typed)
    assert "Ten minutes." in shown.text
    assert "1 of the seven parts is missing" in shown.text
    refused = client.post(page, typed)
    assert refused.status_code == 422
    assert "This part is still missing." in refused.text
    assert client.post(page, {**typed, "outcome": "Half the time"}).status_code == 302
    assert "recruitment" not in client.get("/t/acme/advocates/candidates/").text
    with tenant_scope(tenant):
        assert RecruitmentMessage.objects.get().outcome == "Half the time"


def test_words_of_a_type_over_rest_and_in_the_settings(
    tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """ENR-3.a: read and saved in both places."""
    with tenant_scope(tenant):
        kind = catalogued("testimonial")
    path, api = f"activity-types/{kind.pk}/recruitment/", api_for(alice)
    assert "{minutes}" in api.get(path).json()["effort"]
    assert api.patch(path, {"project": "Quotes for {account}"}).status_code == 200
    assert api.patch(path, {"project": "{oops}"}).status_code == 422
    page = f"/t/acme/settings/activity-types/{kind.pk}/recruitment/"
    shown = client_for(alice).get(page).text
    assert "Quotes for {account}" in shown
    client_for(alice).post(page, {"signed": "{sender}, with warm regards"})
    with tenant_scope(tenant):
        assert RecruitmentTemplate.objects.get().signed == "{sender}, with warm regards"
