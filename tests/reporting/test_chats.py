"""Today in Slack and Teams (MSG-5.c)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from django.test import Client

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.lookups import tenants_due
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from reporting.chat import sending, services
from reporting.chat.addresses import address_of, checked
from reporting.chat.posting import NotTaken, post
from reporting.models import ChatConnection
from tests.factories.advocates import AccountFactory, in_days
from tests.factories.chats import ADDRESS, ChatConnectionFactory
from tests.factories.moments import MomentFactory
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

TEAMS = (
    "https://default0.environment.api.powerplatform.com:443/powerautomate/workflows/1/triggers/x"
)


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What was posted where; nothing leaves the machine."""
    sent: list[tuple[str, Any]] = []
    for module in (sending, services):
        monkeypatch.setattr(
            module, "post", lambda address, payload: sent.append((address, payload))
        )
    return sent


@pytest.fixture
def owner(tenant: Tenant, membership: Any, clock: Clock) -> Membership:
    """A CSM on a Tuesday morning, in a company that works in UTC."""
    clock.set(datetime(2026, 1, 6, 10, tzinfo=UTC))
    made: Membership = membership("csm")
    return made


def connect(owner: Membership, **values: Any) -> ChatConnection:
    """Slack, unless it is said otherwise."""
    given = {"kind": "slack", "address": ADDRESS, **values}
    with tenant_scope(owner.tenant):
        return services.connect_chat(actor=Actor.member(owner), **given)


def moment_at(owner: Membership, **values: Any) -> None:
    """Something new for the owner's Today."""
    with tenant_scope(owner.tenant):
        MomentFactory(account=AccountFactory(name="Isdom & <Sons>", owner=owner), **values)


def fresh(connection: ChatConnection) -> ChatConnection:
    """As it is stored."""
    with tenant_scope(connection.tenant_id):
        return ChatConnection.objects.get(pk=connection.pk)


def test_what_newly_waits_is_posted_once(
    owner: Membership, posted: list[Any], clock: Clock
) -> None:
    """MSG-5.c: with its page, in the words of Today; not what waited before, not at night, and
    nothing twice.
    """
    moment_at(owner, happened_on=in_days(-2))
    connection = connect(owner)
    assert "1 thing waits already" in json.dumps(posted.pop()[1])
    moment_at(owner, kind="renewal")
    clock.advance(minutes=6)
    sending.post_today(owner.tenant_id)
    ((address, payload),) = posted
    assert address == ADDRESS
    said = json.dumps(payload, ensure_ascii=False)
    assert "Isdom &amp; &lt;Sons&gt;" in said and "/moments/" in said
    assert payload["text"] == "1 thing newly waits on your Today"

    posted.clear()
    clock.advance(minutes=6)
    sending.post_today(owner.tenant_id)
    assert not posted
    moment_at(owner, kind="usage")
    clock.set(datetime(2026, 1, 6, 22, tzinfo=UTC))
    sending.post_today(owner.tenant_id)
    assert not posted
    assert fresh(connection).look_at >= datetime(2026, 1, 7, 8, tzinfo=UTC), "Berlin opens at nine"


def test_a_chat_that_takes_nothing_is_said_to(
    owner: Membership, posted: list[Any], monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    """MSG-5.c, BAD-2: a refusal for good ends it at once, any other after some attempts; nothing
    is lost meanwhile, and trying again posts it.
    """
    connection = connect(owner)
    posted.clear()
    moment_at(owner)

    def refuse(address: str, payload: Any) -> None:
        raise NotTaken("404 no_service", for_good=True)

    taken = sending.post
    monkeypatch.setattr(sending, "post", refuse)
    clock.advance(minutes=6)
    sending.post_today(owner.tenant_id)
    found = fresh(connection)
    assert (found.state, found.problem) == ("failing", "404 no_service")
    assert owner.tenant_id not in tenants_due("tenants_with_due_chats")
    monkeypatch.setattr(sending, "post", taken)
    assert api_for(owner).post(f"chats/{connection.pk}/try-again/").status_code == 200
    assert owner.tenant_id in tenants_due("tenants_with_due_chats")
    sending.post_today(owner.tenant_id)
    assert len(posted) == 1


def test_the_address_is_kept_to_ourselves(
    owner: Membership, membership: Any, posted: list[Any], client_for: Callable[..., Client]
) -> None:
    """MSG-5.c: encrypted, shown by its end, in no log; another's is neither seen nor parted, but
    by an admin; disconnecting forgets it.
    """
    made = api_for(owner).post("chats/", {"kind": "teams", "address": TEAMS, "name": "Calls"})
    assert made.status_code == 201, made.content
    shown = made.json()
    assert "address" not in shown and TEAMS not in json.dumps(shown)
    assert shown["shown"].endswith("/…rs/x")
    with tenant_scope(owner.tenant):
        connection = ChatConnection.objects.get()
        assert address_of(connection) == TEAMS and TEAMS not in connection.sealed
        assert TEAMS not in str(list(Event.objects.values_list("payload", flat=True)))
        seller = membership("sales")
        other = ChatConnectionFactory(member=seller)
        ChatConnection.objects.filter(pk=other.pk).update(sealed=connection.sealed)
        assert address_of(other.reload()) == ""
    assert api_for(owner).post("chats/", {"kind": "teams", "address": TEAMS}).status_code == 409
    stranger = api_for(seller)
    assert stranger.get(f"chats/{connection.pk}/").status_code == 404
    assert stranger.post(f"chats/{connection.pk}/disconnect/").status_code == 404
    page = client_for(membership("admin")).get(f"/t/acme/chats/{connection.pk}/")
    assert "/…rs/x" in page.content.decode() and TEAMS not in page.content.decode()
    parted = client_for(membership("admin")).post(f"/t/acme/chats/{connection.pk}/disconnect/")
    assert parted.status_code == 302
    assert fresh(connection).sealed == ""


def test_a_wrong_address_is_said_at_its_field(
    owner: Membership, monkeypatch: pytest.MonkeyPatch, client_for: Callable[..., Client]
) -> None:
    """MSG-5.c, BAD-1: what was typed stays, nothing is kept."""

    def refuse(address: str, payload: Any) -> None:
        raise NotTaken("403 invalid_token", for_good=True)

    monkeypatch.setattr(services, "post", refuse)
    client = client_for(owner)
    for address, words in (("https://example.com/x", "hooks.slack.com"), (ADDRESS, "403 invalid")):
        page = client.post(
            "/t/acme/chats/new/", {"kind": "slack", "address": address, "name": "#calls"}
        )
        assert page.status_code == 422
        assert words in page.content.decode() and address in page.content.decode()
    with tenant_scope(owner.tenant):
        assert not ChatConnection.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.slack.com/services/T/B/x",
        "https://hooks.slack.com.evil.example/services/T/B/x",
        "https://hooks.slack.com@10.0.0.1/x",
        "https://hooks.slack.com:8080/services/T/B/x",
        "https://10.0.0.1/services",
        "https://hooks.slack.com/",
        "https://[::1",
        "https://hooks.slack.com@/services/T/B/x",
        "ftp://hooks.slack.com/services/T/B/x",
        "nonsense\x00",
        TEAMS,
    ],
)
def test_only_slack_and_microsoft_are_posted_to(address: str) -> None:
    """MSG-5.c, BAD-1: nobody has the server post into its own network."""
    with pytest.raises(DomainError) as refused:
        checked("slack", address)
    assert "hooks.slack.com/services" in refused.value.fields["address"]


def test_a_host_that_is_none_is_refused_before_anybody_looks_it_up() -> None:
    """MSG-5.c, BAD-1: each of these broke or misled whoever parses addresses differently."""
    for host in ("xn--", ".", "-", "a" * 64, "10.0.0.1\\", "a b", "*", "10.0.0.1%2f", "a&"):
        with pytest.raises(DomainError):
            checked("teams", f"https://{host}.logic.azure.com/workflows/x")
    assert checked("teams", TEAMS) == TEAMS


def test_what_a_chat_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """MSG-5.c: gone for good, too many, or out of reach; the address is in no message."""
    answers = iter([httpx.Response(200), httpx.Response(410, text="channel_is_archived")])

    def answer(request: httpx.Request) -> httpx.Response:
        try:
            return next(answers)
        except StopIteration:
            raise httpx.ConnectError(f"no way to {request.url}") from None

    client = httpx.Client
    monkeypatch.setattr(
        httpx, "Client", lambda **_kwargs: client(transport=httpx.MockTransport(answer))
    )
    post(ADDRESS, {})
    with pytest.raises(NotTaken, match="410 channel_is_archived") as gone:
        post(ADDRESS, {})
    assert gone.value.for_good
    with pytest.raises(NotTaken, match="could not be reached") as away:
        post(ADDRESS, {})
    assert not away.value.for_good and "hooks.slack.com" not in str(away.value)


def test_a_company_may_keep_today_out_of_chats(
    owner: Membership, posted: list[Any], alice: Membership, clock: Clock
) -> None:
    """MSG-5.c, SET-1: then nothing is connected, and what is connected stays silent."""
    connect(owner)
    posted.clear()
    api_for(alice).patch("settings/chats/", {"chats_allowed": False})
    moment_at(owner)
    clock.advance(minutes=6)
    sending.post_today(owner.tenant_id)
    assert not posted
    with pytest.raises(NotAllowed, match="keeps Today out of chats"):
        connect(owner, kind="teams", address=TEAMS)
