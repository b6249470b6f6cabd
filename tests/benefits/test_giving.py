"""What may be given for what, from which money, and that it arrives (BEN-1 to BEN-5)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from advocacy import clock
from advocacy.identity.services.tenants import create_tenant
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.violations import violated
from advocates.models import ActivityType, Participation
from advocates.program.catalogue.reviews import speaks_of_review
from advocates.sponsors.sheet import sheet_of
from benefits.budgets.selectors import budget_left, listed_budgets
from benefits.budgets.services import write_budget
from benefits.catalogue.choices import Category
from benefits.catalogue.models import Benefit
from benefits.catalogue.services import seed_benefits, update_benefit
from benefits.grants import services
from benefits.grants.models import Grant, GrantActivity
from benefits.grants.selectors import rewardable
from reporting.queue import everything, rows_of
from tests.factories.advocates import AdvocateFactory
from tests.factories.giving import BenefitFactory, BudgetFactory, GrantFactory
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.threads import at_once
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def give(program: Program, **values: Any) -> Grant:
    """A hoodie in ten days, unless said otherwise."""
    due = clock.today(program.manager.zone) + timedelta(days=10)
    benefit = values.pop("benefit", None) or BenefitFactory()
    who = {"advocate": program.advocate, "owner": program.manager, "due_on": due}
    return services.give_benefit(actor=program.actor, benefit=benefit, **{**who, **values})


@pytest.fixture
def allowed(program: Program) -> Program:
    """Their company allows gifts, and says no more."""
    program.advocate.account.gifts_allowed = True
    program.advocate.account.save()
    return program


def queue(member: Membership, code: str) -> list[Any]:
    """What of one kind stands on a member's Today."""
    return rows_of(member, [item for item in everything(member) if item.work.code == code])


def test_a_new_tenant_starts_with_every_category(scope: Tenant) -> None:
    """BEN-1.a: the starting kinds of twelve categories; what was changed stays changed."""
    made = create_tenant(
        name="Isdom", slug="isdom-benefits", admin_email="ada@isdom.example", admin_name="Ada"
    )
    with tenant_scope(made.tenant):
        kinds = Benefit.objects.all()
        assert {kind.category for kind in kinds} == set(Category.values)
        assert kinds.count() == 51
        first = kinds.get(code="gift_card")
        update_benefit(actor=Actor.system("test"), benefit=first, value=Decimal(80), stock=3)
        seed_benefits()
        assert kinds.count() == 51
        assert kinds.get(code="gift_card").value == 80


def test_what_each_benefit_has_decides_whether_it_takes_an_approval(allowed: Program) -> None:
    """BEN-1.b: tiers, effort levels, stock and "always" each ask somebody; on Today of whoever may
    approve, with the reason.
    """
    testimonial = allowed.completed("testimonial")
    odd: dict[str, dict[str, Any]] = {
        "benefit": {"needs_approval": True},
        "tier": {"tiers": ["platinum"]},
        "effort": {"effort_levels": ["high"]},
        "stock": {"stock": 0},
    }
    for reason, columns in odd.items():
        grant = give(allowed, benefit=BenefitFactory(**columns), activities=[testimonial])
        assert (grant.state, grant.waits_for) == ("planned", [reason])
    rows = queue(allowed.manager, "grant_approval")
    assert len(rows) == 4
    assert "meant for other tiers" in " ".join(row.why for row in rows)
    assert not queue(allowed.csm, "grant_approval")
    with pytest.raises(Conflict, match="left in stock"):
        services.approve_grant(actor=allowed.actor, grant=grant)
    assert give(allowed).state == "approved"


def test_from_planned_to_back(allowed: Program, clock: Clock) -> None:
    """BEN-2.b: every step, stock taken with the approval and given back; BEN-2.c: promised and not
    there after its day is late, on its owner's Today, on the person's page and their sheet.
    """
    mug = BenefitFactory(stock=1)
    grant = give(allowed, benefit=mug)
    assert (grant.state, mug.reload().stock) == ("approved", 0)
    clock.advance(days=12)
    (row,) = queue(allowed.manager, "grant")
    assert row.due < clock.now
    assert "A promised benefit is late" in " ".join(
        back for back in sheet_of(allowed.advocate, allowed.manager).say
    )
    services.order_grant(actor=allowed.actor, grant=grant)
    with pytest.raises(Conflict, match="Delivered"):
        services.confirm_grant(actor=allowed.actor, grant=grant)
    services.deliver_grant(actor=allowed.actor, grant=grant)
    assert not queue(allowed.manager, "grant")
    assert any("got 1 benefit" in said for said in sheet_of(allowed.advocate, allowed.manager).got)
    services.return_grant(actor=allowed.actor, grant=grant, reason="Moved away")
    assert (grant.reload().state, mug.reload().stock) == ("returned", 1)
    with pytest.raises(Conflict):
        services.cancel_grant(actor=allowed.actor, grant=grant, reason="Too late")
    again = give(allowed, benefit=mug, owner=allowed.csm, occasion="Ada's birthday")
    with pytest.raises(DomainError, match="For whom it is stays"):
        services.update_grant(actor=allowed.actor, grant=again, advocate=AdvocateFactory())
    services.cancel_erased(None, allowed.advocate, allowed.actor)  # type: ignore[arg-type]
    assert (again.reload().state, mug.reload().stock) == ("cancelled", 1)


@pytest.mark.parametrize(
    ("types", "value", "fit", "guide"),
    [
        (["short_reference_call"], 40, "fitting", (0, 50)),
        (["short_reference_call"], 101, "much", (0, 50)),
        (["testimonial"], 49, "little", (50, 150)),
        (["testimonial"], 300, "fitting", (50, 150)),
        (["case_study"], 199, "little", (200, 500)),
        (["case_study", "reference_call"], 1301, "much", (250, 650)),
    ],
)
def test_in_proportion(
    allowed: Program, types: list[str], value: int, fit: str, guide: tuple[int, int]
) -> None:
    """BEN-3.a: by effort, a testimonial as moderate, a case study as high; BEN-3.b: the sum of what
    it covers, below the lower end or above twice the upper.
    """
    done = [allowed.completed(code, detail="Hiring") if code == "testimonial"
            else allowed.completed(code) for code in types]  # fmt: skip
    grant = give(allowed, activities=done, value=Decimal(value))
    assert (grant.proportion, grant.guide_low, grant.guide_high) == (fit, *guide)
    # What is rewarded already counts no more; an occasion is compared with nothing.
    assert give(allowed, activities=done[:1], value=Decimal(10)).proportion == "much"
    assert give(allowed, occasion="Birthday").proportion == ""


def test_proportion_is_said_in_the_form_and_over_rest(allowed: Program, client_for: Any) -> None:
    """BEN-3.b: said at once while the form is filled in, and over REST; not refused."""
    call, card = allowed.completed(), BenefitFactory(category="gift", value=20)
    client, home = client_for(allowed.manager), f"/t/{allowed.manager.tenant.slug}/grants"
    data = {
        "advocate": str(allowed.advocate.pk),
        "benefit": str(card.pk),
        "activities": [str(call.pk)],
        "due_on": "2031-01-01",
    }
    said = client.post(f"{home}/new/", {**data, "_look": "1"}).content.decode()
    assert "feels insulting" in said
    assert "€50 to €150" in said
    assert str(call.activity_type) in said
    made = api_for(allowed.manager).post("grants/", data)
    assert made.status_code == 201, made.content
    assert made.json()["proportion"] == "little"
    assert made.json()["guide_high"] == "150.00"
    page = client.get(f"{home}/{made.json()['id']}/").content.decode()
    assert "feels insulting" in page


def test_a_review_is_never_rewarded(allowed: Program, client_for: Any) -> None:
    """BEN-4.a: refused in words in the form and over REST, linked or in the occasion's words, and
    not offered; a message of thanks stays right.
    """
    review, call = allowed.completed("review", detail="G2"), allowed.completed()
    assert list(rewardable(allowed.advocate)) == [call]
    assert review.thank_yous.exists()
    assert not Participation.objects.get(pk=review.participation_id).counts_for_tier
    with pytest.raises(DomainError, match="never rewarded"):
        give(allowed, activities=[call, review])
    api, card = api_for(allowed.manager), BenefitFactory()
    data: dict[str, Any] = {
        "advocate": str(allowed.advocate.pk),
        "benefit": str(card.pk),
        "due_on": "2031-01-01",
    }
    spoken = allowed.completed("testimonial", detail="G2")
    for wrong in (
        {"activities": [str(review.pk)]},
        {"activities": [str(spoken.pk)]},
        {"occasion": "Their G2 review"},
        {"occasion": "Five stars on Capterra"},
    ):
        refused = api.post("grants/", {**data, **wrong})
        assert refused.status_code == 422, refused.content
        assert "never rewarded" in refused.json()["errors"][next(iter(wrong))][0]
    client, home = client_for(allowed.manager), f"/t/{allowed.manager.tenant.slug}/grants"
    page = client.post(f"{home}/new/", {**data, "occasion": "A review on Capterra"})
    assert page.status_code == 422
    assert "never rewarded" in page.content.decode()
    assert client.post(f"{home}/new/", {**data, "activities": [str(review.pk)]}).status_code == 422
    BudgetFactory(amount=1)
    beyond = give(allowed)
    with pytest.raises(DomainError, match="never rewarded"):
        services.approve_grant_beyond(
            actor=allowed.actor, grant=beyond, beyond_reason="Her review on G2"
        )
    beyond.delete()
    promise = api.post("benefits/", {"name": "Voucher for a review", "category": "gift"})
    assert promise.status_code == 422
    assert not Grant.objects.exists()


def test_which_reviews_are_meant() -> None:
    """BEN-4.a: an opinion on a site, and no business review."""
    for text in ("a review", "Five reviews on G2", "Their G2 review.", "REVIEW"):
        assert speaks_of_review(text), text
    for text in ("Credit in the business review", "Quarterly reviews", "Reviewer of the year"):
        assert not speaks_of_review(text), text


def test_the_database_never_rewards_a_review(allowed: Program) -> None:
    """BEN-4.a: the application's own role cannot link one by SQL, make one of what is rewarded,
    rename the type, reward it, or give tier credit for it.
    """
    review, call = allowed.completed("review", detail="G2"), allowed.completed()
    grant = give(allowed, activities=[call])
    kind = allowed.type("review")
    tries = {
        "grant_never_for_review": [
            lambda: GrantActivity.objects.create(grant=grant, activity=review),
            lambda: grant.covers.update(activity=review),
            lambda: type(call).objects.filter(pk=call.pk).update(activity_type=kind),
        ],
        "review_keeps_its_code": [
            lambda: ActivityType.objects.filter(pk=kind.pk).update(code="opinion"),
        ],
        "review_never_rewarded": [
            lambda: ActivityType.objects.filter(pk=kind.pk).update(rewards="yes"),
        ],
        "review_earns_no_tier": [
            lambda: Participation.objects.filter(pk=review.participation_id).update(
                counts_for_tier=True
            ),
        ],
    }
    for rule, attempts in tries.items():
        for attempt in attempts:
            with pytest.raises(IntegrityError) as refused, transaction.atomic():
                attempt()
            assert violated(refused.value)[0] == rule
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert "owner" not in cursor.fetchone()[0]


def test_a_companys_gift_policy_is_obeyed(program: Program) -> None:
    """BEN-5.a: forbidden, too much at once, too much a year: refused with what is right instead;
    what nobody knows takes an approval; recognition is always right.
    """
    seed_benefits()
    account = program.advocate.account
    assert give(program).waits_for == ["policy"]
    account.gifts_allowed = False
    account.save()
    with pytest.raises(DomainError, match="allows its people no gifts.*donation instead: Donation"):
        give(program)
    for code in ("charity_donation", "website_spotlight"):
        assert give(program, benefit=Benefit.objects.get(code=code)).state == "approved"
    account.gifts_allowed, account.gift_maximum, account.gift_maximum_year = True, 50, 100
    account.save()
    with pytest.raises(DomainError, match=r"at most €50 a gift; this one is €60"):
        give(program, value=Decimal(60))
    first, second = give(program), give(program)
    assert (first.state, second.state) == ("approved", "approved")
    with pytest.raises(DomainError, match=r"at most €100 a year; .* got €90 already"):
        give(program)
    services.cancel_grant(actor=program.actor, grant=second, reason="Double")
    assert give(program).state == "approved"
    account.currency = "USD"
    account.save()
    assert give(program).waits_for == ["policy"]


def test_budgets_commit_at_approval(allowed: Program, client_for: Any) -> None:
    """BEN-5.b: the segment's own before that of all; beyond it somebody decides, on Today, and says
    why; what is cancelled is free again, what was delivered is spent.
    """
    account = allowed.advocate.account
    account.segment = "enterprise"
    account.save()
    every = BudgetFactory(amount=1000)
    own = BudgetFactory(name="Enterprise", segment="enterprise", amount=50)
    first = give(allowed)
    assert first.budget == own
    beyond = give(allowed)
    assert (beyond.state, beyond.waits_for) == ("planned", ["budget"])
    assert len(queue(allowed.manager, "grant_approval")) == 1
    with pytest.raises(Conflict, match=r"“Enterprise” has €15 left, and this costs €35: €20 more"):
        services.approve_grant(actor=allowed.actor, grant=beyond)
    home = f"/t/{allowed.manager.tenant.slug}/grants/{beyond.pk}"
    page = client_for(allowed.manager).get(f"{home}/").content.decode()
    assert f"{home}/approve-beyond/" in page
    services.deliver_grant(actor=allowed.actor, grant=first)
    services.approve_grant_beyond(
        actor=allowed.actor, grant=beyond, beyond_reason="They closed three deals"
    )
    shown = {row.pk: row for row in listed_budgets(allowed.manager)}
    totals = [getattr(shown[own.pk], name) for name in ("spent", "committed", "left")]
    assert totals == [35, 35, -20]
    assert shown[every.pk].left == 1000
    everything_left = budget_left()
    assert everything_left is not None
    assert everything_left.left == 980
    services.cancel_grant(actor=allowed.actor, grant=beyond, reason="Moved away")
    assert listed_budgets(allowed.manager).get(pk=own.pk).left == 15


@pytest.mark.django_db(transaction=True)
def test_two_at_once_take_neither_the_same_money_nor_the_last_one(
    tenant: Tenant, alice: Membership
) -> None:
    """BEN-5.b: eight approvals for a budget of three, and of a stock of two, at the same moment:
    exactly so many; BEN-5.a: two gifts never pass a company's year together, nor where nobody has
    to approve them; two budgets for the same days are one too many.
    """
    actor = Actor.member(alice)

    def approved(grants: list[Grant]) -> int:
        def go(number: int) -> int:
            try:
                with tenant_scope(tenant):
                    services.approve_grant(actor=actor, grant=grants[number])
            except (Conflict, DomainError):
                return 0
            return 1

        return sum(at_once(len(grants), go))

    with tenant_scope(tenant):
        budget = BudgetFactory(amount=3 * 35 + 10)
        dear = [GrantFactory(value=0) for _number in range(8)]
    assert approved(dear) == 3
    with tenant_scope(tenant):
        assert listed_budgets(alice).get(pk=budget.pk).left == 10
        rare = BenefitFactory(cost=0, stock=2)
        last = [GrantFactory(benefit=rare, cost=0, value=0) for _number in range(8)]
    assert approved(last) == 2
    with tenant_scope(tenant):
        assert rare.reload().stock == 0
        who = AdvocateFactory(account__gifts_allowed=True, account__gift_maximum_year=60)
        free = BenefitFactory(cost=0, value=45)
        gifts = [GrantFactory(benefit=free, advocate=who) for _number in range(4)]
    assert approved(gifts) == 1

    def made(make: Callable[[], Any]) -> int:
        def go(_number: int) -> int:
            try:
                with tenant_scope(tenant):
                    make()
            except DomainError:
                return 0
            return 1

        return sum(at_once(4, go))

    with tenant_scope(tenant):
        who = AdvocateFactory(account__gifts_allowed=True, account__gift_maximum_year=60)
        due = clock.today(alice.zone)
    give_one = {"actor": actor, "advocate": who, "benefit": free, "due_on": due}
    assert made(lambda: services.give_benefit(**give_one)) == 1
    days = {"starts_on": due, "ends_on": due, "amount": Decimal(10)}
    assert made(lambda: write_budget(actor=actor, name="Gifts", segment="smb", **days)) == 1


def test_what_was_read_before_decides_nothing(allowed: Program) -> None:
    """BEN-5.b: who approves what a colleague has made dearer meanwhile commits what it costs now;
    who changes what was approved meanwhile changes nothing of that.
    """
    budget = BudgetFactory(amount=100)
    dear = BenefitFactory(needs_approval=True)

    def twice() -> tuple[Grant, Grant]:
        # The first one's money is promised: that is asked about, and passed here (BEN-10.b).
        grant = give(allowed, benefit=dear, anyway=True)
        return grant, Grant.objects.get(pk=grant.pk)

    grant, read_before = twice()
    services.update_grant(actor=allowed.actor, grant=grant, cost=Decimal(900))
    with pytest.raises(Conflict, match="€100 left, and this costs €900"):
        services.approve_grant(actor=allowed.actor, grant=read_before)
    grant, read_before = twice()
    services.approve_grant(actor=allowed.actor, grant=grant)
    with pytest.raises(Conflict, match="is approved: what it is, what it costs"):
        services.update_grant(actor=allowed.actor, grant=read_before, cost=Decimal(90))
    services.update_grant(actor=allowed.actor, grant=read_before.reload(), occasion="Hello")
    kept = grant.reload()
    assert (kept.state, kept.cost, kept.budget, kept.occasion) == ("approved", 35, budget, "Hello")


def test_only_what_was_taken_is_put_back(allowed: Program) -> None:
    """BEN-2.b: a stock that came to be counted after the approval, or is counted no more."""
    mug = BenefitFactory()
    grant = give(allowed, benefit=mug)
    update_benefit(actor=allowed.actor, benefit=mug, stock=5)
    services.cancel_grant(actor=allowed.actor, grant=grant, reason="Double")
    assert mug.reload().stock == 5
    grant = give(allowed, benefit=mug)
    assert mug.reload().stock == 4
    services.deliver_grant(actor=allowed.actor, grant=grant)
    services.return_grant(actor=allowed.actor, grant=grant, reason="Moved away")
    assert mug.reload().stock == 5


def test_a_company_that_changed_its_mind(allowed: Program) -> None:
    """BEN-5.a: what it has come to forbid is not ordered any more; that it was given is a fact."""
    grant = give(allowed)
    account = allowed.advocate.account
    account.gifts_allowed = False
    account.save()
    with pytest.raises(DomainError, match="allows its people no gifts"):
        services.order_grant(actor=allowed.actor, grant=grant)
    assert services.deliver_grant(actor=allowed.actor, grant=grant).state == "delivered"
