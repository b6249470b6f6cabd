"""Content under rough hands: slow texts, two tabs, ids of others, wrong types (AST-1, APR-1)."""

import time
from typing import Any

import pytest
from django.test import Client

from activities.asset_approvals.mails import ask_by_mail
from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.services import approve_step, hand_over_step, refuse_step
from activities.assets.confirming import record_confirmation
from activities.assets.differences import differences
from activities.assets.models import Asset, AssetVersion
from activities.assets.services import publish_asset, send_asset, update_asset
from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.messaging.links import link_path
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.people.consents import record_consent, withdraw_consent
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.assets import AssetApprovalFactory, AssetFactory
from tests.support.program import Program, make_program
from tests.support.rest import api_for
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db


def _link(subject: Any, purpose: str) -> str:
    rows = PersonalLink.objects.filter(subject_id=subject.pk, purpose=purpose, revoked_at=None)
    return link_path(rows.get())


def _day(program: Program) -> Any:
    return product_clock.today(program.manager.tenant.zone)


def test_no_text_takes_minutes_to_compare() -> None:
    """AST-1.a, APR-1.c: what an advocate writes on their link is compared in no time, also where
    every line changed or all are the same; nothing of either text is lost.
    """
    lines = 3000
    texts = (
        ("\n".join(f"x{n}" for n in range(lines)), "\n".join(f"y{n}" for n in range(lines))),
        ("x\n" * lines, "\n".join("x" if n % 3 else "y" for n in range(lines))),
        (" ".join(f"x{n}" for n in range(700)), " ".join(f"y{n}" for n in range(700))),
        ("ab " * 4000, "ba " * 4000),
    )
    begun = time.process_time()
    for before, after in texts:
        pieces = differences(before, after)
        assert "".join(each.text for each in pieces if each.kind != "gone") == after
        assert "".join(each.text for each in pieces if each.kind != "added") == before
    assert time.process_time() - begun < 5
    # A word in the middle of many equal ones is still found.
    same = "ab " * 4000
    middle = differences(f"{same}one {same}", f"{same}two {same}")
    assert [(each.kind, each.text) for each in middle if each.kind != "same"] == [
        ("gone", "one"),
        ("added", "two"),
    ]


def test_a_derivative_rests_on_the_employers_word_for_its_origin(program: Program) -> None:
    """ADV-4.f: the employer's approval was for the call a piece came from; when it ends, a clip
    that was made of the piece leaves the library with it, and cannot be published anew.
    """
    employer = record_consent(
        actor=program.actor,
        advocate=program.advocate,
        use="employer",
        given_by="Ann of Legal",
        given_on=_day(program),
    )
    for use in ("quote", "video"):
        record_consent(
            actor=program.actor, advocate=program.advocate, use=use, given_on=_day(program)
        )
    kind = program.type("reference_call")
    kind.default_approvals = ["employer"]
    kind.save()
    activity = ActivityFactory(advocate=program.advocate, activity_type=kind, completed=True)
    origin = AssetFactory(advocate=program.advocate, activity=activity, published=True)
    clip = AssetFactory(advocate=program.advocate, kind="video", origin=origin, published=True)
    ready = AssetFactory(advocate=program.advocate, kind="video", origin=origin, approved=True)
    withdraw_consent(actor=program.actor, consent=employer)
    held = [each.reload().held_since is not None for each in (origin, clip)]
    assert held == [True, True]
    with pytest.raises(Conflict, match="employer has not approved"):
        publish_asset(actor=program.actor, asset=ready)


def test_a_step_of_somebody_outside_changes_hands_quietly(
    program: Program, membership: Any
) -> None:
    """APR-1.b, APR-1.c: the customer was asked already: when a colleague sees to it from now on,
    no second letter goes to them, and the link they have goes on working.
    """
    step = AssetApprovalFactory(
        step="customer",
        assignee=program.manager,
        contact_name="Ann",
        contact_email="ann@example.com",
        asset__advocate=program.advocate,
        state="planned",
        number=None,
    )
    asset = step.asset
    Asset.objects.filter(pk=asset.pk).update(state="draft", confirmed_number=None)
    send_asset(actor=program.actor, asset=asset.reload())
    record_confirmation(actor=program.actor, asset=asset, confirmed_how="By mail, today")
    page = _link(step, "asset-approval")
    hand_over_step(actor=program.actor, approval=step.reload(), assignee=membership("marketing"))
    assert OutgoingMail.objects.filter(to_email="ann@example.com").count() == 1
    assert _link(step, "asset-approval") == page
    client = Client()
    for method in (client.get, client.head, client.options):
        method(page)
    assert step.reload().state == "waiting"
    assert client.post(page, {"approve": "1", "number": 1}).status_code == 302
    assert client.post(page, {"approve": "1", "number": 1}).status_code == 410
    assert (step.reload().state, step.decided_by) == ("approved", None)


def test_who_gave_a_step_away_decides_nothing_in_another_tab(
    program: Program, membership: Any
) -> None:
    """APR-1.b: handed over meanwhile, the step is not theirs any more, whatever their tab says."""
    legal, other = membership("approver"), membership("approver")
    step = AssetApprovalFactory(assignee=legal, asset__advocate=program.advocate)
    stale = AssetApproval.objects.get(pk=step.pk)
    page_before = AssetApproval.objects.get(pk=step.pk)
    hand_over_step(actor=Actor.member(legal), approval=step, assignee=other)
    with pytest.raises(NotAllowed):
        approve_step(actor=Actor.member(legal), approval=stale)
    with pytest.raises(NotAllowed):
        refuse_step(actor=Actor.member(legal), approval=page_before, comment="No")
    approve_step(actor=Actor.member(other), approval=AssetApproval.objects.get(pk=step.pk))
    with pytest.raises(Conflict):
        approve_step(actor=Actor.member(other), approval=AssetApproval.objects.get(pk=step.pk))


def test_a_form_that_nobody_changed_changes_no_text(program: Program, client_for: Any) -> None:
    """AST-1.b, AST-1.c: a browser sends line ends of its own; saving another topic of a published
    text, or an advocate's press without a change, is no other version.
    """
    record_consent(
        actor=program.actor, advocate=program.advocate, use="quote", given_on=_day(program)
    )
    body = "One line.\n\nAnother one.\nAnd a third."
    asset = AssetFactory(advocate=program.advocate, published=True, body=body)
    client, at = client_for(program.manager), f"/t/{program.manager.tenant.slug}/"
    said = {
        "title": asset.title,
        "body": body.replace("\n", "\r\n"),
        "topic": "Picking",
        "attribution": asset.attribution,
        "url": "",
        "language": "",
        "owner": "",
    }
    answer = client.post(f"{at}assets/{asset.pk}/edit/", said)
    assert answer.status_code == 302, answer.content.decode()
    assert (asset.reload().state, asset.number, asset.topic) == ("published", 1, "Picking")
    # As one that was kept with a browser's line ends before.
    old = AssetFactory(advocate=program.advocate, published=True, body=body.replace("\n", "\r\n"))
    update_asset(actor=program.actor, asset=old, body=body)
    assert (old.reload().state, old.number) == ("published", 1)
    draft = AssetFactory(advocate=program.advocate, body=body)
    send_asset(actor=program.actor, asset=draft)
    page = _link(draft, "asset")
    words = {"write": "1", "number": 1, "body": body.replace("\n", "\r\n")}
    assert client.post(page, words).status_code == 302
    assert (draft.reload().number, AssetVersion.objects.filter(asset=draft).count()) == (1, 1)


_MARKDOWN = (
    "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) <a href='javascript:alert(1)'>c</a>"
    " [d](data:text/html;base64,PHNjcmlwdD4=) ![e](https://evil.example/pixel.png)"
    " <img src=x onerror=alert(1)> <script>alert(1)</script> [f][r] [g](vbscript:x)"
    " [h](&#106;avascript:alert(1)) [i](java\tscript:alert(1)) <javascript:alert(1)>"
    '\n\n[r]: javascript:alert(1)\n\n<div style="x">\n\n[ok](https://example.com "t\' onx=1")'
)


def test_nothing_in_a_text_runs(program: Program, client_for: Any) -> None:
    """AST-1.c: links that run, HTML and pictures of other servers stand there as words, on every
    page that shows the text.
    """
    asset = AssetFactory(advocate=program.advocate, body=_MARKDOWN, title="<b>x</b>")
    step = AssetApprovalFactory(
        assignee=program.manager, asset__body=_MARKDOWN, asset__advocate=program.advocate
    )
    send_asset(actor=program.actor, asset=asset)
    client, at = client_for(program.manager), f"/t/{program.manager.tenant.slug}/"
    for url in (
        f"{at}assets/{asset.pk}/",
        f"{at}asset-approvals/{step.pk}/",
        f"{at}asset-versions/{AssetVersion.objects.get(asset=asset).pk}/",
        _link(asset, "asset"),
    ):
        page = client.get(url).content.decode().casefold()
        for bad in (
            'href="javascript',
            'href="data',
            'href="vbscript',
            "<script>alert",
            "<img src=x",
        ):
            assert bad not in page, (url, bad)
        assert 'src="https://evil' not in page
        assert "<b>x</b>" not in page
        assert 'href="https://example.com"' in page


def test_wrong_types_are_said(program: Program, other_tenant: Tenant, membership: Any) -> None:
    """AST-1.a, BAD-1, TEN-1: whatever a program sends, the answer names what is wrong; ids of
    another tenant are none.
    """
    with tenant_scope(other_tenant):
        foreign = AssetFactory(activity=None)
        foreign_person, foreign_asset = str(foreign.advocate_id), str(foreign.pk)
        foreign_activity = str(ActivityFactory().pk)
        foreign_step = str(AssetApprovalFactory().pk)
    api, person = api_for(program.manager), str(program.advocate.pk)
    good = {"kind": "quote", "advocate": person, "title": "A title"}
    asset = AssetFactory(advocate=program.advocate)
    odd: list[Any] = [None, 10**30, 1.5, True, [], {}, "\x00", "\ud800"]
    fields = ("kind", "advocate", "activity", "origin", "title", "body", "results", "attribution")
    seen = []
    for name in (*fields, "url", "language", "topic", "owner", "questions"):
        for value in odd:
            seen.append(
                (name, str(value)[:9], api.post("assets/", {**good, name: value}).status_code)
            )
            changed = api.patch(f"assets/{asset.pk}/", {name: value})
            seen.append((name, str(value)[:9], changed.status_code))
    for body in (None, [], "x", 5, [good]):
        seen.append(("body", str(body)[:9], api.post("assets/", body).status_code))
        seen.append(("body", str(body)[:9], api.patch(f"assets/{asset.pk}/", body).status_code))
    step = AssetApprovalFactory(assignee=program.manager, asset__advocate=program.advocate)
    for name in ("asset", "step", "position", "assignee", "contact_name", "contact_email", "days"):
        for value in odd:
            said = {"asset": str(asset.pk), "step": "customer", name: value}
            seen.append((name, str(value)[:9], api.post("asset-approvals/", said).status_code))
    for move in ("approve", "refuse", "hand-over"):
        path = f"asset-approvals/{foreign_step}/{move}/"
        assert api.post(path, {"comment": "No"}).status_code == 404
        for name in ("comment", "number", "assignee"):
            for value in odd[:5]:
                answer = api.post(
                    f"asset-approvals/{step.pk}/{move}/", {"comment": 7.5, name: value}
                )
                seen.append((f"{move} {name}", str(value)[:9], answer.status_code))
    for name in ("questions",):
        for value in [*odd, ["a\x00b?"], ["\ud800?"], ["x" * 301], ["q?"] * 13, [["q"]]]:
            answer = api.post(f"assets/{asset.pk}/ask/", {name: value})
            seen.append((name, str(value)[:9], answer.status_code))
    assert [each for each in seen if each[2] >= 500] == []
    for name, value in (
        ("advocate", foreign_person),
        ("activity", foreign_activity),
        ("origin", foreign_asset),
        ("owner", str(foreign.pk)),
    ):
        assert api.post("assets/", {**good, name: value}).status_code in (400, 422), name
    assert api.post("asset-approvals/", {"asset": foreign_asset, "step": "pr"}).status_code in (
        *(400, 422),
    )
    for move in ("send", "publish", "retire", "ask", "confirm"):
        assert api.post(f"assets/{foreign_asset}/{move}/", {}).status_code == 404


def test_wrong_words_in_a_browser(program: Program, client_for: Any) -> None:
    """AST-1.a, AST-1.c, BAD-1: NUL, halves of characters, ids that are none, on pages and links."""
    client, at = client_for(program.manager), f"/t/{program.manager.tenant.slug}/"
    asset = AssetFactory(advocate=program.advocate)
    asked = client.post(
        f"{at}assets/{asset.pk}/ask/", {"questions": "What\x00 was\u202e it?\nWhy?"}
    )
    assert asked.status_code < 500
    for query in ("asset=x", f"asset={asset.pk}", "asset=%00", "asset="):
        assert client.get(f"{at}asset-approvals/new/?{query}").status_code < 500
    for query in (
        *("page=-1", "page=x", "sort=x", "q=%00", "show=x", "advocate=x", "product=x", "kind=%00"),
        *("page=1000000000000000000000000000000", "industry=%00", "sort=-confirmed_at&after=x"),
    ):
        for room in ("assets", "asset-approvals", "asset-versions", "metrics/engagement", "points"):
            answer = client.get(f"{at}{room}/?{query}")
            assert answer.status_code < 500, (room, query)
    send_asset(actor=program.actor, asset=asset)
    page = _link(asset, "asset")
    for said in (
        {"write": "1", "number": "1", "body": "a\x00b", "title": ""},
        {"write": "1", "number": "²", "body": "x"},
        {"write": "1", "number": "9" * 40, "body": "x"},
        {"answer": "1", "answer_0": "x"},
        {"decline": "1", "remark": "\x00"},
        {"decline": "1", "remark": "x" * 5000},
        {"write": "1", "number": "1", "url": "javascript:alert(1)"},
        {"write": "1", "number": "1", "attribution": "x" * 300},
        {"confirm": "1"},
    ):
        answer = client.post(page, said)
        assert answer.status_code in (302, 409, 422), said


def test_the_link_of_who_left_is_gone(program: Program, membership: Any) -> None:
    """APR-1.c, ID-3: whoever was to decide and left decides nothing from an old mail."""
    legal = membership("approver")
    step = AssetApprovalFactory(assignee=legal, asset__advocate=program.advocate)
    ask_by_mail(step)
    page = _link(step, "asset-approval")
    assert Client().get(page).status_code == 200
    Membership.objects.filter(pk=legal.pk).update(is_active=False)
    assert Client().get(page).status_code == 410
    assert Client().post(page, {"approve": "1", "number": 1}).status_code == 410
    assert step.reload().state == "waiting"


def test_the_library_and_the_rest_are_everything(program: Program) -> None:
    """AST-2.a: over REST what is in the library and what is not add up to all there is."""
    record_consent(
        actor=program.actor, advocate=program.advocate, use="quote", given_on=_day(program)
    )
    origin = AssetFactory(advocate=program.advocate, published=True)
    AssetFactory(advocate=program.advocate, kind="video", origin=origin, published=True)
    AssetFactory(advocate=program.advocate, kind="review_link", origin=origin, published=True)
    AssetFactory(advocate=AdvocateFactory(account=AccountFactory()), kind="quote", published=True)
    AssetFactory(advocate=program.advocate)
    api = api_for(program.manager)
    found = [len(api.get(f"assets/?in_library={v}").json()["results"]) for v in ("true", "false")]
    assert (found, sum(found)) == ([2, 3], Asset.objects.count())


@pytest.mark.django_db(transaction=True)
def test_published_and_withdrawn_at_the_same_moment(tenant: Tenant, alice: Membership) -> None:
    """ADV-4.f, APR-1.a: whichever of the two is first, nothing stays published and in the library
    without leave; two last steps decided at once approve a text once.
    """
    count = 6
    with tenant_scope(tenant):
        program = make_program(manager=alice)
        account = program.advocate.account
        people = [AdvocateFactory(account=account) for _number in range(count)]
        consents = [
            record_consent(
                actor=program.actor, advocate=person, use="quote", given_on=_day(program)
            )
            for person in people
        ]
        assets = [AssetFactory(advocate=person, approved=True) for person in people]
        other = AssetFactory(advocate=people[0], confirmed=True)
        steps = [
            AssetApprovalFactory(asset=other, step=step, assignee=alice) for step in ("legal", "pr")
        ]

    def press(number: int) -> int:
        kind, place = divmod(number, count)
        try:
            with tenant_scope(tenant):
                if kind == 0:
                    withdraw_consent(actor=program.actor, consent=consents[place])
                elif kind == 1:
                    publish_asset(actor=program.actor, asset=assets[place])
                else:
                    approve_step(actor=program.actor, approval=steps[place])
        except Conflict:
            return 0
        return 1

    at_once(2 * count + 2, press)
    with tenant_scope(tenant):
        published = Asset.objects.filter(pk__in=[each.pk for each in assets], state="published")
        assert not published.filter(held_since=None).exists()
        assert other.reload().state == "approved"
        assert Event.objects.filter(subject_id=other.pk, verb="asset.approved").count() == 1


def test_an_activity_has_one_piece_of_a_kind(program: Program) -> None:
    """AST-1.a, BAD-1: begun twice of one activity, the second is refused with a sentence."""
    activity = ActivityFactory(advocate=program.advocate, completed=True)
    api, strange = api_for(program.manager), str(ActivityFactory(completed=True).pk)
    said = {"kind": "quote", "advocate": str(program.advocate.pk), "title": "What changed"}
    answers = [api.post("assets/", {**said, "activity": str(activity.pk)}) for _press in range(2)]
    assert answers[0].status_code == 201
    assert answers[1].status_code in (409, 422)
    refused = api.post("assets/", {**said, "activity": strange})
    assert (refused.status_code, set(refused.json()["errors"])) == (422, {"activity"})


def test_a_decision_keeps_the_text_it_was_about(
    program: Program, membership: Any, client_for: Any
) -> None:
    """APR-1.c: once decided, the page shows exactly the text that was decided, not what somebody
    works on since; the step of the next text shows that one.
    """
    legal = membership("approver")
    asset = AssetFactory(advocate=program.advocate, confirmed=True, body="Forty minutes.")
    step = AssetApprovalFactory(asset=asset, assignee=legal)
    approve_step(actor=Actor.member(legal), approval=step)
    update_asset(actor=program.actor, asset=asset.reload(), body="Nobody saw this yet.")
    page = f"/t/{program.manager.tenant.slug}/asset-approvals/{step.pk}/"
    for member in (legal, program.manager):
        shown = client_for(member).get(page).content.decode()
        assert ("Forty minutes." in shown, "Nobody saw this" in shown) == (True, False)
