"""What a form does not show it does not overwrite: the odd cases."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from advocacy import clock
from advocacy.messaging.links import create_link, secret_of
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.form_versions import VERSION
from advocates.models import Account, Blackout
from tests.factories.advocates import AccountFactory, EnrolledFactory, ProgramPolicyFactory
from tests.factories.signals import SignalFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support.forms import Fields, controls_of, sent
from tests.support.threads import at_once

ClientFor = Callable[[Membership | None], Client]
HTMX = {"HX-Request": "true", "HX-Target": "form#form"}


def opened(client: Client, path: str) -> Fields:
    """What a browser holds that opened the page."""
    return sent(controls_of(client.get(path).text, VERSION))


@pytest.fixture
def account(tenant: Tenant) -> Account:
    with tenant_scope(tenant):
        made: Account = AccountFactory(name="Isdom", city="Bern", notes="first")
        return made


@pytest.fixture
def edit(account: Account) -> str:
    return f"/t/acme/accounts/{account.pk}/edit/"


def saved(account: Account) -> Account:
    with tenant_scope(account.tenant):
        return Account.objects.get(pk=account.pk)


def test_merging_with_what_does_not_come_from_a_form(
    client_for: ClientFor, alice: Membership, account: Account, edit: str
) -> None:
    """BAD-1: REST or an import saved something meanwhile; the form writes its own change alone."""
    client = client_for(alice)
    form = opened(client, edit)
    with tenant_scope(account.tenant):
        Account.objects.filter(pk=account.pk).update(city="Basel", notes="theirs\nlonger")
    assert client.post(edit, {**form, "industry": "Retail"}).status_code == 302
    now = saved(account)
    assert (now.city, now.notes, now.industry) == ("Basel", "theirs\nlonger", "Retail")


@pytest.mark.parametrize("token", ["", "rubbish", "name:0011223344556677 00", "\x00 \ud7ff :"])
def test_a_form_that_cannot_be_ours(
    client_for: ClientFor, alice: Membership, account: Account, edit: str, token: str
) -> None:
    """BAD-1: nobody knows what it showed, so whatever differs is asked for."""
    client = client_for(alice)
    form = {**opened(client, edit), VERSION: token, "city": "Basel"}
    answer = client.post(edit, form)
    assert answer.status_code == 409
    assert list(controls_of(answer.text, VERSION)["_take"].options) == ["city"]
    assert saved(account).city == "Bern"
    assert client.post(edit, sent(controls_of(answer.text, VERSION))).status_code == 302
    assert saved(account).city == "Basel"


def test_the_digests_of_another_record_count_for_nothing(
    client_for: ClientFor, alice: Membership, account: Account, edit: str
) -> None:
    """BAD-1: what the form of one account showed says nothing about another."""
    with tenant_scope(account.tenant):
        other = AccountFactory(name="Isdom", city="Bern")
    client = client_for(alice)
    form = opened(client, f"/t/acme/accounts/{other.pk}/edit/")
    assert client.post(edit, {**form, "city": "Basel"}).status_code == 409


def test_a_field_the_form_did_not_have(
    client_for: ClientFor, alice: Membership, account: Account, edit: str
) -> None:
    """BAD-1: a page opened before a release that adds a field leaves that field alone."""
    client = client_for(alice)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "advocacy.web.views.forms.saved_in",
            lambda form: {name: form.get_initial_for_field(form.fields[name], name)
                          for name in form.fields if name != "notes"},
        )  # fmt: skip
        form = opened(client, edit)
    del form["notes"]
    assert client.post(edit, {**form, "city": "Basel"}).status_code == 302
    assert (saved(account).city, saved(account).notes) == ("Basel", "first")


def test_what_is_saved_is_offered_though_nobody_may_choose_it_any_more(
    client_for: ClientFor, alice: Membership, account: Account, edit: str
) -> None:
    """BAD-1: an owner who left, a time zone that is not listed: saving a form keeps them."""
    with tenant_scope(account.tenant):
        gone = MembershipFactory(is_active=False, user__name="Gone Gertrud")
        Account.objects.filter(pk=account.pk).update(owner=gone, language="xx")
    client = client_for(alice)
    form = opened(client, edit)
    assert (form["owner"], form["language"]) == ([str(gone.pk)], ["xx"])
    assert client.post(edit, {**form, "city": "Basel"}).status_code == 302
    now = saved(account)
    assert (now.owner_id, now.language, now.city) == (gone.pk, "xx", "Basel")


def test_in_the_side_panel(client_for: ClientFor, tenant: Tenant, alice: Membership) -> None:
    """UI-1, BAD-1: htmx gets the form alone, with both versions; then it is saved."""
    with tenant_scope(tenant):
        signal = SignalFactory(note="first")
    client, path = client_for(alice), f"/t/acme/signals/{signal.pk}/edit/"
    form = opened(client, path)
    assert client.post(path, {**form, "note": "theirs"}, headers=HTMX).status_code == 204
    answer = client.post(path, {**form, "note": "<b>ours"}, headers=HTMX)
    assert answer.status_code == 409
    assert "<html" not in answer.text
    assert re.findall("<dd>(.*?)</dd>", answer.text) == ["theirs", "&lt;b&gt;ours"]
    assert 'href="#id_note"' in answer.text
    again = sent(controls_of(answer.text, VERSION))
    assert client.post(path, again, headers=HTMX).status_code == 204
    with tenant_scope(tenant):
        assert signal.reload().note == "<b>ours"


def test_searching_in_between_forgets_nothing(
    client_for: ClientFor, tenant: Tenant, alice: Membership
) -> None:
    """BAD-1: a search without scripts shows the form again; what it showed is still known."""
    with tenant_scope(tenant):
        signal = SignalFactory(note="first")
    client, path = client_for(alice), f"/t/acme/signals/{signal.pk}/edit/"
    form = opened(client, path)
    assert client.post(path, {**form, "note": "theirs"}).status_code == 302
    searched = client.post(path, {**form, "note": "ours", "_find": "advocate"})
    assert client.post(path, sent(controls_of(searched.text, VERSION))).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment(client_for: ClientFor) -> None:
    """BAD-1: two who save the same field at once: one is asked."""
    tenant = TenantsFactory(slug="acme")
    with tenant_scope(tenant):
        account = AccountFactory(city="Bern")
        members = [MembershipFactory(role="program_manager") for _ in range(4)]
    path = f"/t/acme/accounts/{account.pk}/edit/"
    clients = [client_for(member) for member in members]
    forms = [opened(client, path) for client in clients]

    def post(number: int) -> int:
        given = {**forms[number], "city": f"City {number}"}
        return clients[number].post(path, given).status_code

    assert at_once(4, post) == [302, 409, 409, 409]


@pytest.fixture
def away(tenant: Tenant) -> tuple[str, str, list[Blackout]]:
    """Two pages about one person's preferences, a colleague's and their own; two periods."""
    with tenant_scope(tenant):
        ProgramPolicyFactory.create()
        ana = EnrolledFactory()
        days = [date(2026, 5, 1), date(2026, 7, 1)]
        periods = [
            Blackout.objects.create(advocate=ana, starts_on=day, ends_on=day + timedelta(days=9))
            for day in days
        ]
        link = create_link(
            purpose="portal", subject_id=ana.pk, expires_at=clock.now() + timedelta(days=9)
        )
    own = f"/p/{secret_of(link)}/preferences/"
    return f"/t/acme/advocates/{ana.pk}/preferences/", own, periods


def periods_now(tenant: Tenant) -> list[str]:
    with tenant_scope(tenant):
        found = Blackout.objects.order_by("starts_on")
        return [f"{row.starts_on:%m-%d} {row.ends_on:%m-%d}" for row in found]


def test_periods_of_absence_are_not_told_apart_by_their_place(
    client_for: ClientFor, tenant: Tenant, alice: Membership, away: tuple[str, str, list[Blackout]]
) -> None:
    """ADV-2.c: the first is taken away meanwhile; a change of the second reaches the second."""
    by_us, by_them, (may, july) = away
    us, them = client_for(alice), client_for(None)
    form = opened(us, by_us)
    own = opened(them, by_them)
    gone = {f"away_{may.pk.hex}_{end}": "" for end in ("from", "until")}
    added = {"away_0_from": "2026-09-01", "away_0_until": "2026-09-02"}
    assert them.post(by_them, {**own, **gone, **added}).status_code == 302
    assert periods_now(tenant) == ["07-01 07-10", "09-01 09-02"]
    later = {f"away_{july.pk.hex}_until": "2026-07-20"}
    assert us.post(by_us, {**form, **later}).status_code == 302
    assert periods_now(tenant) == ["07-01 07-20", "09-01 09-02"]


def test_a_period_that_was_taken_away_meanwhile_is_asked_for(
    client_for: ClientFor, tenant: Tenant, alice: Membership, away: tuple[str, str, list[Blackout]]
) -> None:
    """ADV-2.c, BAD-1: changed here, removed there; what was typed is kept."""
    by_us, by_them, (may, _july) = away
    us, them = client_for(alice), client_for(None)
    form, own = opened(us, by_us), opened(them, by_them)
    assert us.post(by_us, {**form, **{f"away_{may.pk.hex}_{e}": "" for e in ("from", "until")}})
    assert periods_now(tenant) == ["07-01 07-10"]
    moved = {f"away_{may.pk.hex}_from": "2026-05-03", f"away_{may.pk.hex}_until": "2026-05-20"}
    answer = them.post(by_them, {**own, **moved})
    assert answer.status_code == 409
    assert periods_now(tenant) == ["07-01 07-10"]
    assert them.post(by_them, sent(controls_of(answer.text, VERSION))).status_code == 302
    assert periods_now(tenant) == ["05-03 05-20", "07-01 07-10"]
