"""The requests' pages, seen from a browser (REQ-1, REQ-2, MAT-2, ASK-1, VIS-1, UI-1)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from advocacy import clock
from advocacy.events.models import Event
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Advocate
from requests.asks.answers import AskAnswer, answer_ask
from requests.asks.choices import AskState
from requests.asks.drafting import AskDraft
from requests.asks.services import send_asks
from requests.matching.possible import possible_references
from requests.models import Ask, Opportunity, Request
from requests.requests.choices import RequestState
from requests.requests.lifecycle import REQUEST
from requests.requests.triage import decline_request, start_review
from tests.factories.advocates import AccountFactory, BlackoutFactory, TagFactory, catalogued
from tests.factories.requests import OpportunityFactory, ReadyFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db

MakeRequest = Callable[..., Request]
PANEL = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "div#panel-body"}


@pytest.fixture
def priya(client_for: Callable[..., Client], alice: Membership) -> Client:
    """A program manager's browser."""
    return client_for(alice)


@pytest.fixture
def darcel(client_for: Callable[..., Client], bob: Membership) -> Client:
    """The requester's browser: sales."""
    return client_for(bob)


def url(name: str = "", tenant: str = "acme") -> str:
    return f"/t/{tenant}/requests/{name}"


def page_of(request: Request) -> str:
    return url(f"{request.pk}/")


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def asked(request: Request, advocate: Advocate, by: Membership) -> Ask:
    draft = AskDraft(advocate, "Half an hour?", "Would you?")
    (ask,) = send_asks(actor=Actor.member(by), request=request, drafts=[draft])
    return ask


def say_yes(ask: Ask) -> None:
    answer = AskAnswer("accept", time_note="Any Friday")
    answer_ask(actor=Actor.advocate(ask.advocate_id), ask=ask, answer=answer)


# -- a new request -------------------------------------------------------------------------------


def form(**changes: Any) -> dict[str, Any]:
    kind = catalogued("reference_call")
    return {
        "activity_type": str(kind.pk),
        "needed_count": "1",
        "needed_by": "2026-03-20",
        "prospect": "Isdom",
        "meeting_format": "video",
        **changes,
    }


def test_a_deal_prefills_what_the_crm_knows(program: Tenant, darcel: Client) -> None:
    """REQ-1.d, REQ-1.e: requests/new?opportunity=source:id asks only for what is missing."""
    account = AccountFactory(
        name="Isdom Kliniken",
        lifecycle="prospect",
        industry="Healthcare",
        country="DE",
        region="emea",
    )
    deal = OpportunityFactory(
        source="salesforce", external_id="006:A/1", account=account, prospect_name=""
    )
    shown = text(darcel.get(url("new/"), {"opportunity": "salesforce:006:A/1"}))
    assert deal.name in shown
    for known in ("Isdom Kliniken", "Healthcare", "Germany"):
        assert known in shown
    assert "A program manager answers by" in shown
    assert "Mon 2 Mar, 15:00" in shown
    answer = darcel.post(url("new/"), form(opportunity=str(deal.pk), prospect=""))
    request = Request.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == page_of(request)
    assert (request.prospect, request.industry, request.country) == (
        "Isdom Kliniken",
        "Healthcare",
        "DE",
    )
    assert request.state == RequestState.SUBMITTED


def test_a_deal_the_crm_does_not_hold_is_typed_in(program: Tenant, darcel: Client) -> None:
    """REQ-1.b: with the request, both or none; a CRM's number that is there already is refused."""
    OpportunityFactory(source="salesforce", external_id="006-1")
    assert "?opportunity=new" in text(darcel.get(url("new/")))
    assert 'name="deal_name"' in text(darcel.get(url("new/"), {"opportunity": "new"}))
    deal = {
        "opportunity": "new",
        "deal_name": "Isdom rollout",
        "deal_amount": "120000",
        "deal_crm_stage": "Negotiation/Review",
        "deal_closes_on": "2026-06-30",
    }
    for wrong, words in (
        ({"deal_name": ""}, "Fill this in."),
        ({"deal_currency": "Euro"}, "at most 3 characters"),
        ({"deal_external_id": "006-1"}, "a deal with this number already"),
        ({"needed_by": "2020-01-01"}, "This day is past"),
    ):
        answer = darcel.post(url("new/"), form(**deal | wrong))
        assert answer.status_code == 422
        assert words in text(answer)
        assert 'value="120000"' in text(answer)
        assert Opportunity.objects.count() == 1
    answer = darcel.post(url("new/"), form(**deal, deal_external_id="006-2"))
    assert answer.status_code == 302
    made = Request.objects.get().opportunity
    assert made is not None
    assert (made.name, made.prospect, made.source, made.external_id) == (
        "Isdom rollout",
        "Isdom",
        "salesforce",
        "006-2",
    )
    assert (made.amount, made.currency, str(made.closes_on)) == (120000, "EUR", "2026-06-30")
    assert made.owner == Request.objects.get().requester


def test_a_request_gets_a_typed_deal_later(
    make_request: MakeRequest, darcel: Client, bob: Membership
) -> None:
    """REQ-1.b: also when the request is changed."""
    request = make_request()
    address = f"{request.pk}/edit/"
    assert 'name="deal_name"' in text(darcel.get(url(address), {"opportunity": "new"}))
    answer = darcel.post(url(address), form(opportunity="new", deal_name="Isdom rollout"))
    assert answer.status_code == 302
    request.refresh_from_db()
    assert request.opportunity is not None
    assert (request.opportunity.name, request.opportunity.source) == ("Isdom rollout", "typed")


def test_errors_keep_what_was_typed_and_save_nothing(program: Tenant, darcel: Client) -> None:
    """BAD-1.a, BAD-1.b: each at its field; the rest stays in the form."""
    answer = darcel.post(
        url("new/"),
        form(needed_by="2026-03-03", questions="How long did it take?", time_zone="Mars"),
    )
    assert answer.status_code == 422
    shown = text(answer)
    assert "How long did it take?" in shown
    assert "is no time zone" in shown
    assert not Request.objects.exists()
    answer = darcel.post(url("new/"), form(needed_by="2026-03-03"))
    assert answer.status_code == 422
    assert "Say why it cannot wait" in text(answer)
    assert 'name="rush_reason"' in text(answer)
    assert not Request.objects.exists()


def test_all_that_is_missing_is_said_in_the_first_round(program: Tenant, darcel: Client) -> None:
    """REQ-1.d, BAD-1: the company and the reason for the rush beside what no form may lack; a draft
    may lack them.
    """
    empty = darcel.post(url("new/"), {"questions": "How long?"})
    assert empty.status_code == 422
    page = text(empty)
    assert "Say who it is for" in page and page.count('href="#id_') >= 3
    soon = clock.now().date() + timedelta(days=1)
    hasty = text(darcel.post(url("new/"), {"needed_by": soon.isoformat()}))
    assert "Say why it cannot wait" in hasty and "Say who it is for" in hasty
    assert "Say who it is for" not in text(darcel.post(url("new/"), {"draft": "1"}))


def test_a_draft_is_the_authors_alone(program: Tenant, darcel: Client, priya: Client) -> None:
    """REQ-2.a: saved for later, invisible to the program, submitted with one press."""
    darcel.post(url("new/"), form(draft="1"))
    request = Request.objects.get()
    assert request.state == RequestState.DRAFT
    assert priya.get(page_of(request)).status_code == 404
    darcel.post(url(f"{request.pk}/submit/"))
    assert request.reload().state == RequestState.SUBMITTED
    assert priya.get(page_of(request)).status_code == 200


def test_the_picker_finds_open_deals_only(program: Tenant, darcel: Client) -> None:
    """REQ-1: by name, company or CRM number."""
    OpportunityFactory(name="Isdom rollout", external_id="O-77")
    OpportunityFactory(name="Isdom last year", stage="lost")
    shown = text(darcel.get(url("new/opportunities/"), {"deal": "isdom"}))
    assert "Isdom rollout" in shown
    assert "last year" not in shown
    assert "Isdom rollout" in text(darcel.get(url("new/opportunities/"), {"deal": "o-77"}))


def test_the_picker_offers_ones_own_deals_first(
    program: Tenant, darcel: Client, bob: Membership
) -> None:
    """REQ-1: before a word is typed; then the next to close, forgotten ones last."""
    today = clock.today(program.zone)
    for name, days, owner in (
        ("Isdom forgotten", -40, None),
        ("Isdom soon", 5, None),
        ("Isdom mine", 90, bob),
    ):
        OpportunityFactory(name=name, closes_on=today + timedelta(days=days), owner=owner)
    offered = text(darcel.get(url("new/")))
    assert "Isdom mine" in offered
    assert "Isdom soon" not in offered
    found = text(darcel.get(url("new/opportunities/"), {"deal": "isdom"}))
    places = [found.index(name) for name in ("Isdom mine", "Isdom soon", "Isdom forgotten")]
    assert places == sorted(places)


def test_the_deal_of_a_request_can_be_changed(
    make_request: MakeRequest, darcel: Client, bob: Membership
) -> None:
    """REQ-1: another deal or none; the picker leads back to the request, not to a new one."""
    request = make_request()
    edit = url(f"{request.pk}/edit/")
    other = OpportunityFactory(name="Isdom mine", external_id="O-78", owner=bob)
    shown = text(darcel.get(edit, {"opportunity": "none"}))
    assert f"{edit}?opportunity={other.source}:O-78" in shown
    found = text(darcel.get(url("new/opportunities/"), {"deal": "isdom", "change": request.pk}))
    assert f"{edit}?opportunity={other.source}:O-78" in found
    answer = darcel.post(f"{edit}?opportunity=none", form(opportunity=str(other.pk)))
    assert answer.status_code == 302, text(answer)
    assert request.reload().opportunity_id == other.pk
    assert darcel.post(f"{edit}?opportunity=none", form()).status_code == 302
    assert request.reload().opportunity_id is None


def _known_deal(**changes: Any) -> Opportunity:
    account = AccountFactory(name="Isdom Kliniken", lifecycle="prospect", industry="Healthcare")
    return OpportunityFactory(account=account, external_id="O-1", prospect_name="", **changes)


def test_the_companys_last_request_fills_in_the_rest(
    make_request: MakeRequest, darcel: Client, bob: Membership
) -> None:
    """REQ-1.d: who asks there and how, from one's own last request for the same company, visibly;
    what was wanted then is not repeated, and a colleague's request stays unseen.
    """
    deal, tag = _known_deal(), TagFactory(name="Sourcing", kind="use_case")
    make_request(
        opportunity=deal,
        industry="Retail",
        language="de",
        persona_function="IT",
        questions="How long did it take?",
        tags=(tag,),
    )
    shown = darcel.get(url("new/"), {"opportunity": deal.key})
    assert "From REQ-0001" in text(shown) and "IT · German · Sourcing" in text(shown)
    assert "How long did it take?" not in text(shown)
    initial = shown.context["form"].initial
    assert (initial["industry"], initial["language"], initial["tags"]) == (
        "Healthcare",
        "de",
        [tag.pk],
    )
    sent = {"activity_type": "reference_call", "needed_by": "2026-03-20"}
    api = api_for(bob)
    made = api.post("requests/", {**sent, "opportunity": str(deal.pk), "language": ""}).json()
    said = ("prospect", "industry", "persona_function", "language", "use_cases", "questions")
    assert [made[name] for name in said] == [
        *("Isdom Kliniken", "Healthcare", "IT", "", ["Sourcing"], ""),
    ]
    colleague = api_for(MembershipFactory(role="sales"))
    made = colleague.post("requests/", {**sent, "opportunity": str(deal.pk)}).json()
    assert (made["industry"], made["persona_function"]) == ("Healthcare", "")


def test_choosing_a_deal_keeps_what_was_typed(program: Tenant, darcel: Client) -> None:
    """REQ-1.d: without loading the page; another deal replaces what the first filled in, and
    nothing is saved.
    """
    deal = _known_deal()
    other = OpportunityFactory(
        account=AccountFactory(name="Umbra", industry="Energy", country="FR"), prospect_name=""
    )
    typed = form(prospect="", questions="Would you do it again?", country="DE", _deal=deal.key)
    answer = darcel.post(url("new/"), typed, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Replace-Url"]) == (
        200,
        f"{url('new/')}?opportunity=crm%3AO-1",
    )
    assert "<html" not in text(answer)
    shown = answer.context["form"]
    names = ("prospect", "industry", "country", "questions", "needed_by")
    assert [shown[name].value() for name in names] == [
        *("Isdom Kliniken", "Healthcare", "DE", "Would you do it again?", "2026-03-20"),
    ]
    typed |= {name: shown[name].value() for name in names}
    answer = darcel.post(url("new/"), typed | {"opportunity": str(deal.pk), "_deal": other.key})
    assert [answer.context["form"][name].value() for name in names] == [
        *("Umbra", "Energy", "DE", "Would you do it again?", "2026-03-20"),
    ]
    assert not Request.objects.exists()


def test_a_few_questions_stand_first(program: Tenant, darcel: Client) -> None:
    """REQ-1.d: after a deal is chosen at most four are asked; the rest is folded."""
    deal = _known_deal()
    shown = text(darcel.get(url("new/"), {"opportunity": deal.key}))
    before, _more, folded = shown.partition('<details class="more">')
    asked = ("activity_type", "needed_count", "needed_by", "questions")
    for name in (*asked, "prospect", "language", "notes"):
        assert (f'name="{name}"' in before) is (name in asked), name
        assert (f'name="{name}"' in folded) is (name not in asked), name
    assert "Not known yet: size, country, who wants to talk, use cases." in shown
    wrong = text(darcel.post(url("new/"), form(opportunity=str(deal.pk), time_zone="Mars")))
    assert '<details class="more" open>' in wrong


def test_what_speaks_against_the_day_is_said_at_once(
    make_request: MakeRequest, darcel: Client, client_for: Callable[..., Client], bob: Membership
) -> None:
    """REQ-1.d, REQ-2.g: the deal is asked for already, closes before the day, the day is near; the
    reason for a rush comes and goes with it. The same over REST.
    """
    deal = _known_deal(closes_on=date(2026, 3, 10))
    running = make_request(opportunity=deal)

    def look(day: str, who: Client = darcel, **more: str) -> str:
        sent = form(opportunity=str(deal.pk), needed_by=day, _look="1", **more)
        answer = who.post(url("new/"), sent, headers={"HX-Request": "true"})
        assert (answer.status_code, "<form" in text(answer)) == (200, False)
        return text(answer)

    far = look("2026-03-20", rush_reason="A board meeting")
    assert "You have asked for this deal already: reference call by Mon 16 Mar" in far
    assert page_of(running) in far
    assert "The deal closes on Tue 10 Mar, 10 days before the day you chose." in far
    assert "rush_reason" not in far
    near = look("2026-03-03", rush_reason="A board meeting")
    assert 'value="A board meeting"' in near and "closes" not in near
    assert "This day is past" in look("2026-02-01")
    assert "rush_reason" not in look("2026-02-01") + look("not a day")
    colleague = client_for(MembershipFactory(role="sales"))
    theirs = look("2026-03-09", colleague)
    assert "Bob has asked for this deal already" in theirs and page_of(running) not in theirs

    api = api_for(bob)
    body = {"activity_type": "reference_call", "needed_by": "2026-03-20"}
    body |= {"opportunity": str(deal.pk), "rush_reason": "A board meeting"}
    made = api.post("requests/", body)
    warnings = made.json()["warnings"]
    assert [found["code"] for found in warnings] == ["running", "after_close"]
    assert warnings[0]["request"] == str(running.pk)
    assert made.json()["rush_reason"] == ""
    # What others do is no change of this row.
    decline_request(actor=Actor.member(running.manager), request=running, reason="No")
    address = f"requests/{made.json()['id']}/"
    changed = api.ask("patch", address, {"needed_by": "2026-03-09"}, **{"If-Match": made["ETag"]})
    assert (changed.status_code, changed.json()["warnings"]) == (200, [])


# -- the list ------------------------------------------------------------------------------------


def test_everybody_finds_what_waits_for_them(
    make_request: MakeRequest, priya: Client, darcel: Client, alice: Membership
) -> None:
    """UI-1, REQ-2: the manager's turn, then the requester's; counts in the tabs and the badge."""
    request = make_request()
    assert request.reference in text(priya.get(url()))
    assert request.reference not in text(darcel.get(url()))
    assert request.reference in text(darcel.get(url("mine/")))
    Request.objects.filter(pk=request.pk).update(state=RequestState.NEEDS_INFO)
    assert request.reference not in text(priya.get(url()))
    assert request.reference in text(darcel.get(url()))


def test_sales_sees_own_requests_only(
    make_request: MakeRequest, client_for: Callable[..., Client]
) -> None:
    """VIS-1: a colleague's deal is a colleague's."""
    request = make_request()
    colleague = client_for(MembershipFactory(role="sales"))
    assert request.reference not in text(colleague.get(url("all/")))
    assert colleague.get(page_of(request)).status_code == 404


def test_the_list_is_searched_filtered_and_exported(
    make_request: MakeRequest, priya: Client
) -> None:
    """UI-1: by number, prospect, state; the file holds what the list shows."""
    first, second = make_request(), make_request(prospect="Betasoloin")
    shown = text(priya.get(url("all/"), {"q": "REQ-0002"}))
    assert second.reference in shown
    assert first.reference not in shown
    assert first.reference not in text(priya.get(url("all/"), {"state": "closed"}))
    export = priya.get(url("all/"), {"q": "betasoloin", "export": "csv"})
    assert "Betasoloin" in text(export)
    assert "Isdom" not in text(export)


def test_many_are_taken_up_at_once(make_request: MakeRequest, priya: Client) -> None:
    """UI-1, REQ-2: those that wait; one that was declined stays declined."""
    first, second, over = (make_request() for _ in range(3))
    Request.objects.filter(pk=over.pk).update(state=RequestState.DECLINED)
    priya.post(url("take-up/"), {"ids": [str(row.pk) for row in (first, second, over)]})
    states = [row.reload().state for row in (first, second, over)]
    assert states == [RequestState.IN_REVIEW, RequestState.IN_REVIEW, RequestState.DECLINED]


# -- matching ------------------------------------------------------------------------------------


def test_the_manager_sees_who_fits_and_the_totals(make_request: MakeRequest, priya: Client) -> None:
    """MAT-1.d, MAT-2.b: score, reasons in words, what they can give, totals that add up."""
    tag = TagFactory(name="Sourcing")
    advocate = ReadyFactory(first_name="Ana", last_name="Lima", account__industry="Healthcare")
    BlackoutFactory(advocate=ReadyFactory(account__industry="Healthcare"))
    request = make_request(industry="Healthcare", tags=(tag,))
    shown = text(priya.get(page_of(request)))
    for words in ("Ana Lima", "same industry", "6 of 6 left", "never asked"):
        assert words in shown, words
    assert f"advocate={advocate.pk}" in shown
    # The totals arrive a moment later; without scripts they are a page of their own.
    address = f"{page_of(request)}totals/"
    assert f'hx-get="{address}"' in shown and f'href="{address}"' in shown
    for headers in ({"HX-Request": "true"}, {}):
        answer = text(priya.get(address, headers=headers))
        assert ("<html" in answer) is not bool(headers)
        for words in ("be asked", "ust not be", "away", "2 in the program"):
            assert words in answer, words


def test_why_not_answers_for_anybody(make_request: MakeRequest, priya: Client) -> None:
    """MAT-2: the reason in a sentence, and what they would score."""
    away = ReadyFactory(first_name="Lena", last_name="Okafor")
    BlackoutFactory(advocate=away)
    request = make_request()
    shown = text(priya.get(f"{page_of(request)}why-not/", {"who": "okafor"}))
    assert "Lena Okafor" in shown
    assert "Away until Mon 9 Mar." in shown
    assert "Would score" in shown
    assert "Nobody is called" in text(priya.get(f"{page_of(request)}why-not/", {"who": "zzz"}))


def test_sales_never_sees_the_ranking(make_request: MakeRequest, darcel: Client) -> None:
    """VIS-1.b, ID-2.a: neither names, scores nor the search."""
    ReadyFactory(first_name="Ana", last_name="Lima")
    request = make_request()
    assert "Ana Lima" not in text(darcel.get(page_of(request)))
    assert darcel.get(f"{page_of(request)}why-not/", {"who": "ana"}).status_code == 403
    assert darcel.get(f"{page_of(request)}totals/").status_code == 403
    assert darcel.get(f"{page_of(request)}draft/").status_code == 403


def test_sales_see_whom_the_program_has_without_names(
    make_request: MakeRequest, darcel: Client, alice: Membership, bob: Membership
) -> None:
    """VIS-1.a: role, industry, size, region and fit of a possible reference, in the browser and
    over REST; never notes, health or internal scores.
    """
    ReadyFactory(
        first_name="Ana",
        last_name="Lima",
        job_title="Head of Care",
        notes="Secret note",
        account__name="Hospitall",
        account__notes="Secret note",
        account__industry="Healthcare",
        account__segment="enterprise",
        account__region="emea",
        account__health=97,
    )
    request = make_request(industry="Healthcare", segment="enterprise", region="emea")
    shown = text(darcel.get(page_of(request)))
    for known in ("Head of Care", "Healthcare · Enterprise · ", "good fit"):
        assert known in shown
    answer = api_for(bob).get(f"requests/{request.pk}/possible/")
    (row,) = answer.json()
    assert set(row) == {
        *("job_title", "seniority", "industry", "segment", "region"),
        *("fit", "is_good"),
    }
    assert (row["job_title"], row["segment"], row["is_good"]) == (
        "Head of Care",
        "enterprise",
        True,
    )
    for hidden in ("Ana", "Lima", "Hospitall", "Secret note", "97"):
        assert hidden not in answer.content.decode()
        if hidden != "97":
            assert hidden not in shown
    decline_request(actor=Actor.member(alice), request=request, reason="No")
    assert "Head of Care" not in text(darcel.get(page_of(request)))
    assert api_for(bob).get(f"requests/{request.pk}/possible/").json() == []


def test_sales_see_those_first_whom_the_program_would_ask(
    make_request: MakeRequest, bob: Membership
) -> None:
    """VIS-1.a, CAP-5: who can be asked without reservation, before who fits as well or better."""
    fits = {"account__industry": "Healthcare", "account__segment": "enterprise"}
    for number in range(6):
        careful = {"account__health": 70, "account__region": "emea"}
        ReadyFactory(job_title=f"Careful {number}", **careful, **fits)
    ReadyFactory(job_title="Ready", account__health=95, account__region="apac", **fits)
    request = make_request(industry="Healthcare", segment="enterprise", region="emea")
    first, *rest = possible_references(request)
    assert first.fit < rest[0].fit
    assert first.job_title == "Ready"
    assert {each.job_title.split()[0] for each in rest} == {"Careful"}


# -- drafts and asks -----------------------------------------------------------------------------


def drafted(priya: Client, request: Request, *people: Advocate) -> tuple[Any, dict[str, Any]]:
    """The draft panel, and its form as a browser would send it unchanged."""
    response = priya.get(
        f"{page_of(request)}draft/", {"advocate": [str(p.pk) for p in people]}, **PANEL
    )
    data: dict[str, Any] = {"advocate": [str(p.pk) for p in people]}
    for _row, draft, offered, _answer_by, _language in response.context["drafts"]:
        for name in draft.fields:
            data[f"{draft.prefix}-{name}"] = draft.initial.get(name, "") or ""
        data[f"{draft.prefix}-offered"] = offered
    return response, data


def test_a_draft_is_read_and_edited_before_it_goes_out(
    make_request: MakeRequest, priya: Client
) -> None:
    """ASK-1: GET writes nothing; what is sent is what stands in the form."""
    request, advocate = make_request(), ReadyFactory(first_name="Ana")
    response, data = drafted(priya, request, advocate)
    assert "Hello Ana" in text(response)
    assert not Ask.objects.exists()
    data[f"{advocate.pk}-message"] = "Ana, one more thing. Would you?"
    data[f"{advocate.pk}-slots"] = data[f"{advocate.pk}-slots"][:1]
    answer = priya.post(f"{page_of(request)}draft/", data, **PANEL)
    assert answer.headers["HX-Redirect"] == page_of(request)
    ask = Ask.objects.get()
    assert ask.message == "Ana, one more thing. Would you?"
    assert ask.slots.count() == 1


def test_primary_and_backup_go_out_together(make_request: MakeRequest, priya: Client) -> None:
    """ASK-3.a: tick two; a third is refused and everything typed stays."""
    request, people = make_request(), [ReadyFactory() for _ in range(3)]
    _response, data = drafted(priya, request, *people)
    data[f"{people[0].pk}-message"] = "Kept as typed."
    refused = priya.post(f"{page_of(request)}draft/", data, **PANEL)
    assert refused.status_code == 409
    assert "Kept as typed." in text(refused)
    assert not Ask.objects.exists()
    _response, data = drafted(priya, request, *people[:2])
    priya.post(f"{page_of(request)}draft/", data, **PANEL)
    assert Ask.objects.count() == 2


def test_a_warning_asks_for_a_reason_at_its_field(make_request: MakeRequest, priya: Client) -> None:
    """CAP-5, BAD-1.a: the panel says what is unusual, and wants to know why all the same."""
    request, fresh = make_request(), ReadyFactory(done=[])
    response, data = drafted(priya, request, fresh)
    assert "has not done anything of low effort yet" in text(response)
    refused = priya.post(f"{page_of(request)}draft/", data, **PANEL)
    assert refused.status_code == 422
    assert "Say why you ask all the same." in text(refused)
    data[f"{fresh.pk}-override_reason"] = "She offered it."
    assert priya.post(f"{page_of(request)}draft/", data, **PANEL).status_code == 204


def test_a_csm_drafts_for_own_accounts_only(
    make_request: MakeRequest, client_for: Callable[..., Client]
) -> None:
    """ID-2.c: the button is not there, and the address answers as if nobody were."""
    csm = MembershipFactory(role="csm")
    mine, other = ReadyFactory(account__owner=csm), ReadyFactory()
    request, browser = make_request(), client_for(csm)
    shown = text(browser.get(page_of(request)))
    assert f"advocate={mine.pk}" in shown
    assert f"advocate={other.pk}" not in shown
    address = f"{page_of(request)}draft/"
    assert browser.get(address, {"advocate": str(other.pk)}).status_code == 404
    assert browser.get(address, {"advocate": str(mine.pk)}).status_code == 200


def test_after_a_no_the_next_is_proposed(
    make_request: MakeRequest, priya: Client, alice: Membership
) -> None:
    """ASK-1.d: who fell out, and who is next in the ranking."""
    request = make_request()
    first = ReadyFactory(first_name="Victor", last_name="Stone")
    ReadyFactory(first_name="Ana", last_name="Lima")
    ask = asked(request, first, alice)
    assert request.reference not in text(priya.get(url()))
    answer_ask(actor=Actor.advocate(first.pk), ask=ask, answer=AskAnswer("decline"))
    shown = text(priya.get(page_of(request)))
    assert "Victor Stone: Declined" in shown
    assert "The next in the ranking is Ana Lima" in shown
    assert request.reference in text(priya.get(url()))


def test_an_answer_by_phone_is_recorded(
    make_request: MakeRequest, priya: Client, alice: Membership
) -> None:
    """ASK-1.b: by staff on their behalf, with an error at the field that lacks something."""
    request = make_request()
    ask = asked(request, ReadyFactory(), alice)
    address = url(f"asks/{ask.pk}/answer/")
    assert priya.post(address, {"kind": "later"}).status_code == 422
    assert priya.post(address, {"kind": "later", "later_on": "2026-06-01"}).status_code == 302
    assert ask.reload().state == AskState.LATER


# -- what the requester sees ---------------------------------------------------------------------


def identity(shown: str, advocate: Advocate) -> bool:
    return advocate.name in shown or advocate.email in shown or advocate.account.name in shown


@pytest.mark.parametrize(
    ("of_advocate", "of_account", "before", "after"),
    [
        ("", "", False, True),
        ("after_acceptance", "named", False, True),
        ("", "never", False, False),
        ("never", "named", False, False),
        ("named", "never", False, True),
        ("", "named", False, True),
    ],
)
def test_names_show_as_disclosure_allows(
    make_request: MakeRequest,
    darcel: Client,
    alice: Membership,
    of_advocate: str,
    of_account: str,
    before: bool,
    after: bool,
) -> None:
    """VIS-1.b, VIS-1.e: the advocate's own rule, else the account's, else after acceptance. Nothing
    shows before without a press of the button, and role, industry and fit always do.
    """
    advocate = ReadyFactory(
        first_name="Ana",
        last_name="Lima",
        job_title="Head of Operations",
        disclosure=of_advocate,
        account=AccountFactory(name="Hospitall", industry="Healthcare", disclosure=of_account),
    )
    request = make_request(industry="Healthcare")
    ask = asked(request, advocate, alice)
    shown = text(darcel.get(page_of(request)))
    assert identity(shown, advocate) is before
    assert "Head of Operations" in shown
    assert "Healthcare" in shown
    assert f"fit {ask.score}" in shown
    say_yes(ask)
    shown = text(darcel.get(page_of(request)))
    assert identity(shown, advocate) is after
    reveals = Event.objects.filter(verb="ask.revealed", subject_id=ask.pk)
    assert reveals.exists() is after


def test_showing_a_name_is_a_press_and_an_event(
    make_request: MakeRequest, darcel: Client, priya: Client, alice: Membership, bob: Membership
) -> None:
    """VIS-1.b, VIS-1.e: every reveal is recorded, once; looking at the page writes nothing."""
    advocate = ReadyFactory(first_name="Ana", last_name="Lima", disclosure="named")
    request = make_request()
    ask = asked(request, advocate, alice)
    assert "Show name and contact" in text(darcel.get(page_of(request)))
    darcel.post(url(f"asks/{ask.pk}/reveal/"))
    darcel.post(url(f"asks/{ask.pk}/reveal/"))
    assert "Ana Lima" in text(darcel.get(page_of(request)))
    event = Event.objects.get(verb="ask.revealed")
    assert (event.actor, event.payload["to"]) == (bob, str(bob.pk))


def test_a_name_that_may_not_show_cannot_be_revealed(
    make_request: MakeRequest, darcel: Client, alice: Membership
) -> None:
    """VIS-1.b: not by calling the address either."""
    request = make_request()
    ask = asked(request, ReadyFactory(), alice)
    assert darcel.post(url(f"asks/{ask.pk}/reveal/")).status_code == 403
    assert not Event.objects.filter(verb="ask.revealed").exists()


def test_sales_never_reads_notes_health_or_reasons(
    make_request: MakeRequest, darcel: Client, alice: Membership
) -> None:
    """VIS-1: never notes, health or why somebody declined."""
    advocate = ReadyFactory(notes="Angry about the invoice", account__health=81)
    request = make_request()
    ask = asked(request, advocate, alice)
    answer = AskAnswer("decline", reason="Fed up with you")
    answer_ask(actor=Actor.advocate(advocate.pk), ask=ask, answer=answer)
    shown = text(darcel.get(page_of(request)))
    for secret in ("Angry", "health 81", "Fed up"):
        assert secret not in shown


def test_the_requester_picks_a_time_and_closes(
    make_request: MakeRequest, darcel: Client, priya: Client, alice: Membership
) -> None:
    """REQ-2.a, REQ-2.e, FUL-1: one address from first to last; what is next is said each time."""
    request = make_request(opportunity=OpportunityFactory())
    _response, data = drafted(priya, request, ReadyFactory())
    priya.post(f"{page_of(request)}draft/", data, **PANEL)
    ask = Ask.objects.get()
    answer = AskAnswer("accept", slots=[slot.pk for slot in ask.slots.all()])
    answer_ask(actor=Actor.advocate(ask.advocate_id), ask=ask, answer=answer)
    assert "Pick one of the times offered." in text(darcel.get(page_of(request)))
    slot = ask.slots.first()
    assert slot is not None
    darcel.post(url(f"asks/{ask.pk}/pick/{slot.pk}/"))
    assert request.reload().state == RequestState.SCHEDULED
    assert OutgoingMail.objects.filter(kind="invitation").count() == 2
    Request.objects.filter(pk=request.pk).update(state=RequestState.COMPLETED)
    assert "Tell us how the deal ends" in text(darcel.get(page_of(request)))
    answer = darcel.post(url(f"{request.pk}/close/"), {"outcome": "won", "amount": "100000"})
    assert answer.status_code == 302
    assert request.reload().state == RequestState.CLOSED


def test_no_means_no_with_a_reason(make_request: MakeRequest, priya: Client) -> None:
    """REQ-2.c, BAD-1.a: without one the form says so."""
    request = make_request()
    assert priya.post(url(f"{request.pk}/decline/"), {"reason": " "}).status_code == 422
    priya.post(url(f"{request.pk}/decline/"), {"reason": "No such customer."})
    assert request.reload().state == RequestState.DECLINED


#: State → the moves the requester is offered, and those the manager is.
OFFERED = {
    "draft": ("submit cancel", ""),
    "submitted": ("cancel", "review ask-for-info decline"),
    "in_review": ("cancel", "ask-for-info decline"),
    "needs_info": ("give-info cancel", "decline"),
    "outreach": ("cancel", "ask-for-info decline"),
    "confirmed": ("cancel", ""),
    "scheduled": ("cancel", ""),
    "completed": ("close", "close"),
    "closed": ("", ""),
    "declined": ("", "reopen"),
    "cancelled": ("", ""),
    "unfilled": ("cancel", "reopen"),
}


@pytest.mark.parametrize("state", RequestState.values)
def test_a_request_offers_what_its_state_and_the_member_allow(
    make_request: MakeRequest, darcel: Client, priya: Client, state: str
) -> None:
    """REQ-2.a, ID-2.a: a button for each move, and for no other."""
    request = make_request()
    Request.objects.filter(pk=request.pk).update(state=state)
    addresses = {move.name.replace("_", "-") for move in REQUEST.manual}
    for browser, expected in zip((darcel, priya), OFFERED[state], strict=True):
        answer = browser.get(page_of(request))
        if answer.status_code == 404:  # a draft is its author's alone
            assert expected == ""
            continue
        shown = {name for name in addresses if f'"{page_of(request)}{name}/"' in text(answer)}
        assert shown == set(expected.split())


def test_weights_are_set_on_their_page(program: Tenant, priya: Client, darcel: Client) -> None:
    """MAT-1.a: per type; only by who may change rules. Those of all types are settings, to which
    their old address leads.
    """
    address = "/t/acme/settings/matching/"
    weights = dict.fromkeys(
        ["industry", "use_case", "size", "persona", "region", "relationship", "rotation"], "10"
    )
    assert priya.get(address)["Location"] == "/t/acme/settings/numbers/requests/"
    one = f"{address}reference_call/"
    assert "All types: 20" in text(priya.get(one))
    assert priya.post(one, {**weights, "industry": "40"}).status_code == 302
    assert priya.post(one, {**weights, "industry": "101"}).status_code == 422
    assert priya.post(one, dict.fromkeys(weights, "0")).status_code == 422
    types = text(priya.get(f"{address}types/"))
    assert types.count("its own weights") == 1
    assert one in types
    assert darcel.get(one).status_code == 403
    assert priya.post(f"{address}reference_call/reset/").status_code == 302


# -- clauses that need a test of their own -------------------------------------------------------


def test_everything_about_a_need_is_asked_and_kept(program: Tenant, darcel: Client) -> None:
    """REQ-1.a: every field of the form, the deal and the prospect's tags among them."""
    deal = OpportunityFactory()
    tags = [TagFactory(kind="product", name="Planner"), TagFactory(kind="use_case", name="Rosters")]
    values = {
        "needed_count": "2",
        "needed_by": "2026-03-20",
        "prospect": "Isdom",
        "industry": "Healthcare",
        "segment": "enterprise",
        "employees": "1200",
        "country": "DE",
        "region": "na",
        "questions": "How long did it take?",
        "persona_seniority": "executive",
        "persona_function": "Operations",
        "intended_use": "Final choice",
        "language": "de",
        "meeting_format": "phone",
        "time_zone": "Europe/Berlin",
        "competitor": "Rivalsoft",
        "notes": "They are in a hurry",
    }
    data = {
        **values,
        "activity_type": str(catalogued("reference_call").pk),
        "tags": [str(tag.pk) for tag in tags],
        "is_confidential": "on",
        "opportunity": str(deal.pk),
    }
    answer = darcel.post(url("new/"), data)
    assert answer.status_code == 302, text(answer)
    request = Request.objects.get()
    assert {name: str(getattr(request, name)) for name in values} == values
    assert (request.opportunity, request.is_confidential) == (deal, True)
    assert {link.tag for link in request.request_tags.all()} == set(tags)


def test_the_requester_reads_where_it_stands_what_is_next_and_by_when(
    make_request: MakeRequest, darcel: Client, alice: Membership
) -> None:
    """REQ-2.d, REQ-2.e: from the first answer to one of two yeses."""
    request = make_request(needed_count=2)
    shown = text(darcel.get(page_of(request)))
    assert "Submitted" in shown
    assert "A program manager answers by Mon 2 Mar, 15:00." in shown
    start_review(actor=Actor.member(alice), request=request)
    shown = text(darcel.get(page_of(request)))
    assert "In review" in shown
    assert "and confirm by Wed 4 Mar, 11:00." in shown
    say_yes(asked(request, ReadyFactory(), alice))
    shown = text(darcel.get(page_of(request)))
    assert "Asking" in shown
    assert "1 of 2 said yes." in shown


def test_somebody_is_chosen_by_hand(make_request: MakeRequest, priya: Client) -> None:
    """MAT-1.f: anybody found by name is drafted; warnings and exclusions hold all the same."""
    request = make_request(industry="Healthcare")
    poor = ReadyFactory(last_name="Okafor", account__industry="Mining", done=[])
    away = ReadyFactory(last_name="Okafor-Lee")
    BlackoutFactory(advocate=away)
    found = text(priya.get(f"{page_of(request)}why-not/", {"who": "okafor"}))
    assert f"draft/?advocate={poor.pk}" in found
    _response, data = drafted(priya, request, poor)
    address = f"{page_of(request)}draft/"
    assert priya.post(address, data, **PANEL).status_code == 422
    assert not Ask.objects.exists()
    data[f"{poor.pk}-override_reason"] = "She knows their CEO."
    assert priya.post(address, data, **PANEL).status_code < 400
    assert Ask.objects.get().advocate == poor
    _response, data = drafted(priya, request, away)
    data[f"{away.pk}-override_reason"] = "Never mind."
    assert priya.post(address, data, **PANEL).status_code >= 400
    assert Ask.objects.count() == 1
