"""What everybody can see of published pieces, and how it is proven (DIST-1, AST-1, AUD-2)."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.services import approve_step
from activities.assets.confirming import confirm_asset
from activities.assets.models import Asset
from activities.assets.services import (
    begin_asset,
    leave_gallery,
    publish_asset,
    retire_asset,
    send_asset,
    update_asset,
)
from activities.distribution.numbers import DISTRIBUTION
from activities.gallery.proof import faults
from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.rest.limits import Allowance
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.services import change_settings
from advocates.models import Account, AccountTag, Consent
from advocates.people.consents import record_consent, withdraw_consent
from tests.factories.advocates import AccountFactory, TagFactory
from tests.factories.assets import AssetFactory
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

_BODY = "Before, picking took us two hours. We replaced the lists and cut it to forty minutes."


def _open(**values: Any) -> None:
    change_settings(
        actor=Actor.system("test"), family=DISTRIBUTION, values={"gallery_on": True, **values}
    )


def _published(program: Program, **values: Any) -> Asset:
    """A quote on the way it takes: begun, sent, confirmed with leave, approved, published."""
    words = {"title": "Two hours less", "body": _BODY, "attribution": "Frank Murphy, COO"}
    asset = begin_asset(
        actor=program.actor, kind="quote", advocate=program.advocate, **{**words, **values}
    )
    send_asset(actor=program.actor, asset=asset)
    person = Actor.advocate(program.advocate.pk)
    confirm_asset(actor=person, asset=asset, number=1, is_honest=True, may_publish=True)
    for step in AssetApproval.objects.filter(asset=asset, state="waiting"):
        approve_step(actor=program.actor, approval=step, comment="By mail, today")
    return publish_asset(
        actor=program.actor, asset=asset.reload(), published_url="https://example.com/q"
    )


def _day() -> Any:
    return product_clock.now().date()


def test_the_gallery_is_off_until_it_is_wanted(program: Program, client: Client) -> None:
    """DIST-1.c: off by default, and like a tenant there is none; on, it has the tenant's own words,
    shows the piece, and each piece its page; a piece can be left out, and put back.
    """
    asset = _published(program)
    for path in ("g/acme/", "g/acme/feed.json", "g/acme/feed.rss", f"g/acme/{asset.pk}/"):
        assert client.get(f"/{path}").status_code == 404
    _open(gallery_title="Voices", gallery_intro="Word for word.")
    long = _published(program, title="A long one", body=f"{_BODY} {'Word ' * 90}<i>Last</i>.")
    page = client.get("/g/acme/").content.decode()
    assert "Last" not in page, "a long text is begun here and read on its own page"
    assert "&lt;i&gt;Last" in client.get(f"/g/acme/{long.pk}/").content.decode()
    for words in ("Voices", "Word for word.", "Two hours less", "forty minutes", "Frank Murphy"):
        assert words in page
    assert client.get("/g/nobody/").status_code == 404
    assert "forty minutes" in client.get(f"/g/acme/{asset.pk}/").content.decode()
    api = api_for(program.manager)
    assert api.post(f"assets/{asset.pk}/leave-gallery/").json()["in_gallery"] is False
    assert api.post(f"assets/{asset.pk}/leave-gallery/").status_code == 409
    assert "Two hours less" not in client.get("/g/acme/").content.decode()
    assert client.get(f"/g/acme/{asset.pk}/").status_code == 404
    assert api.post(f"assets/{asset.pk}/join-gallery/").json()["in_gallery"] is True
    assert client.get(f"/g/acme/{asset.pk}/").status_code == 200


def test_it_stands_in_a_frame_and_nothing_else_does(program: Program, client: Client) -> None:
    """DIST-1.c: any site may frame the gallery and read its feeds; no other page's policy changes,
    nothing of who looks is kept, and a copy is asked after each time.
    """
    asset = _published(program)
    _open()
    for path in ("/g/acme/", f"/g/acme/{asset.pk}/"):
        answer = client.get(path)
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
        assert "Access-Control-Allow-Origin" not in answer
        assert answer["Cache-Control"] == "no-cache"
        assert "Cookie" not in answer["Vary"]
        assert not answer.cookies
    for path in ("/g/acme/feed.json", "/g/acme/feed.rss"):
        answer = client.get(path)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert (answer["Cache-Control"], answer["X-Frame-Options"]) == ("no-cache", "DENY")
        unchanged = client.get(path, headers={"if-none-match": answer["ETag"]})
        assert unchanged.status_code == 304
        assert unchanged["Access-Control-Allow-Origin"] == "*"
    for path in (f"/g/acme/{asset.pk}/proof/", "/sign-in/", "/g/nobody/"):
        answer = client.get(path)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_feeds_by_industry_and_product(program: Program, client: Client) -> None:
    """DIST-1.c: JSON Feed 1.1 and RSS 2.0 of what the page shows, narrowed as the page is."""
    account = program.advocate.account
    Account.objects.filter(pk=account.pk).update(industry="Textiles")
    AccountTag.objects.create(account=account, tag=TagFactory(kind="product", name="Picker & Co"))
    asset = _published(program, title="Less <b>time</b> & more")
    _open()
    page = client.get("/g/acme/").content.decode()
    assert "?industry=Textiles" in page
    assert "?product=Picker+%26+Co" in page
    assert "&lt;b&gt;" in page
    feed = json.loads(client.get("/g/acme/feed.json?product=Picker+%26+Co").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith("/g/acme/feed.json?product=Picker+%26+Co")
    (item,) = feed["items"]
    assert (item["id"], item["title"]) == (f"urn:uuid:{asset.pk}", "Less <b>time</b> & more")
    assert item["url"].endswith(f"/g/acme/{asset.pk}/")
    assert item["external_url"] == "https://example.com/q"
    assert item["authors"] == [{"name": "Frank Murphy, COO"}]
    assert item["tags"] == ["Quote", "Textiles", "Picker & Co"]
    assert "forty minutes" in item["content_html"]
    answer = client.get("/g/acme/feed.rss?industry=Textiles")
    assert answer["Content-Type"].startswith("application/rss+xml")
    tree = ET.fromstring(answer.content)
    assert (tree.tag, tree.attrib["version"]) == ("rss", "2.0")
    assert [each.text for each in tree.iter("title")][1:] == ["Less <b>time</b> & more"]
    for path in ("?industry=Banking", "?product=x", "?page=99&industry=%F0%9F%8E%88", "?page=x"):
        assert client.get(f"/g/acme/{path}").status_code == 200
    assert json.loads(client.get("/g/acme/feed.json?industry=Banking").content)["items"] == []
    assert "Show everything" in client.get("/g/acme/?industry=Banking").content.decode()


def test_nobody_is_named_who_is_not_to_be(
    program: Program, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DIST-1.c, VIS-1: a piece without who speaks names neither them nor the company, not in its
    title, and its industry only where several customers share it. It is not published under a title
    that does; what was before that was asked is shown without.
    """
    account = program.advocate.account
    Account.objects.filter(pk=account.pk).update(industry="Shipyards")
    product = TagFactory(kind="product", name="Picker")
    AccountTag.objects.create(account=account, tag=product)
    with pytest.raises(Conflict, match="the title says who it is"), transaction.atomic():
        _published(program, title="Frank Murphy of Quantum Textiles", attribution="")
    monkeypatch.setattr("activities.assets.services.title_tells", lambda _asset: False)
    asset = _published(program, title="Quote: Frank Murphy, Quantum Textiles", attribution="")
    _open()

    def shown() -> str:
        paths = ("", "feed.json", "feed.rss", f"{asset.pk}/", f"{asset.pk}/proof/")
        return "".join(client.get(f"/g/acme/{path}").content.decode() for path in paths)

    alone = shown()
    assert "forty minutes" in alone
    assert "not named here" in alone
    for secret in ("Murphy", "Quantum", "Shipyards", "Picker"):
        assert secret not in alone
    for _each in range(4):
        AccountTag.objects.create(account=AccountFactory(industry="Shipyards"), tag=product)
    shared = shown()
    assert "Shipyards" in shared
    assert "Picker" in shared
    assert "Murphy" not in shared


def test_a_piece_leaves_with_its_leave(program: Program, client: Client, clock: Clock) -> None:
    """DIST-1.d: withdrawn, it is out of page and feeds with the next request, also for who holds a
    copy; so is what was made of it; expired, on the day after.
    """
    asset = _published(program)
    clip = AssetFactory(
        advocate=program.advocate, kind="review_link", origin=asset, published=True, title="Clip"
    )
    _open()
    paths = ["/g/acme/", "/g/acme/feed.json", "/g/acme/feed.rss"]
    tags = {path: client.get(path)["ETag"] for path in paths}
    for path in paths:
        assert "Two hours less" in client.get(path).content.decode()
        assert "Clip" in client.get(path).content.decode()

    def gone() -> None:
        for path in paths:
            answer = client.get(path, headers={"if-none-match": tags[path]})
            assert answer.status_code == 200
            assert "Two hours less" not in answer.content.decode()
            assert "Clip" not in answer.content.decode()
        for each in (asset, clip):
            assert client.get(f"/g/acme/{each.pk}/").status_code == 404

    consent = Consent.objects.get(advocate=program.advocate, use="quote")
    withdraw_consent(actor=program.actor, consent=consent)
    gone()
    record_consent(
        actor=program.actor,
        advocate=program.advocate,
        use="quote",
        given_on=_day(),
        expires_on=_day() + timedelta(days=2),
    )
    assert "Two hours less" in client.get("/g/acme/").content.decode()
    clock.advance(days=3)
    gone()


def test_the_proof_of_a_piece(program: Program, client: Client, clock: Clock) -> None:
    """AST-1.b, ADV-4, AUD-2: valid with who confirmed it and until when; expired and withdrawn
    without any name; changed for other words, whether they came by the product or by hand.
    """
    asset = _published(program)
    here = f"/g/acme/{asset.pk}/proof/"
    page = client.get(here).content.decode()
    digest = Event.objects.get(subject_id=asset.pk, verb="asset.approved").payload["digest"]
    for words in ("Valid", "Frank Murphy", digest, "Two hours less", "until it is taken back"):
        assert words in page
    consent = Consent.objects.get(advocate=program.advocate, use="quote")
    Consent.objects.filter(pk=consent.pk).update(expires_on=_day() + timedelta(days=2))
    assert "until it is taken back" not in client.get(here).content.decode()
    clock.advance(days=3)
    expired = client.get(here).content.decode()
    assert "Expired" in expired
    assert "Murphy" not in expired
    again = record_consent(
        actor=program.actor, advocate=program.advocate, use="quote", given_on=_day()
    )
    assert "Valid" in client.get(here).content.decode()
    withdraw_consent(actor=program.actor, consent=again)
    withdrawn = client.get(here).content.decode()
    assert "Withdrawn" in withdrawn
    assert "Murphy" not in withdrawn
    record_consent(actor=program.actor, advocate=program.advocate, use="quote", given_on=_day())
    update_asset(actor=program.actor, asset=asset.reload(), body="It is thirty minutes.")
    assert "Changed" in client.get(here).content.decode()
    retire_asset(actor=program.actor, asset=asset.reload(), reason="Out of date")
    assert "Withdrawn" in client.get(here).content.decode()
    draft = AssetFactory(advocate=program.advocate)
    assert client.get(f"/g/acme/{draft.pk}/proof/").status_code == 404
    change_settings(actor=Actor.system("test"), family=DISTRIBUTION, values={"proof_on": False})
    assert client.get(here).status_code == 404


def _by_hand(sql: str, *values: Any) -> None:
    """As somebody does who writes to the database past the product and its guard."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL app.is_erasing = 'on'")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL app.is_erasing = ''")


def test_words_edited_by_hand_are_found(program: Program, client: Client) -> None:
    """AST-1.b, AUD-2: the proof says changed, and what ``verify_events`` runs names the piece; also
    where version and approvals were made to fit, and where the kept version was edited.
    """
    assets = [_published(program, title=f"Piece {n}") for n in range(3)]
    first, second, third = assets
    assert list(faults()) == []
    _by_hand("UPDATE activities_asset SET body = 'Magic.' WHERE id = %s", first.pk)
    _by_hand(
        "UPDATE activities_asset SET body = 'Magic.', number = 7, confirmed_number = 7,"
        " approved_number = 7, published_number = 7 WHERE id = %s",
        second.pk,
    )
    _by_hand("UPDATE activities_assetversion SET body = 'M.' WHERE asset_id = %s", third.pk)
    found = "\n".join(faults())
    assert f"{first.pk}, version 1: its text is not the one that was approved" in found
    assert f"{second.pk}, version 7: the log knows no approval of it" in found
    assert f"{third.pk}, version 1: the text kept of it" in found
    for asset in (first, second):
        shown = client.get(f"/g/acme/{asset.pk}/proof/").content.decode()
        assert "Changed" in shown
        assert "Murphy" not in shown
    assert "Valid" in client.get(f"/g/acme/{third.pk}/proof/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_command_names_what_was_edited(tenant: Tenant, alice: Any, clock: Clock) -> None:
    """AST-1.b, AUD-2: ``verify_events`` ends with a fault for a text that was not approved."""
    from advocacy.events.services import seal_all
    from tests.support.program import make_program

    with tenant_scope(tenant):
        asset = _published(make_program(manager=alice))
    seal_all(tenant.pk)
    call_command("verify_events", tenant=tenant.slug, stdout=StringIO())
    page = Client().get(f"/g/{tenant.slug}/{asset.pk}/proof/").content.decode()
    assert "Valid" in page
    assert "sealed within" not in page
    with tenant_scope(tenant):
        _by_hand("UPDATE activities_asset SET body = 'Magic.' WHERE id = %s", asset.pk)
    said = StringIO()
    with pytest.raises(CommandError, match="fault"):
        call_command("verify_events", tenant=tenant.slug, stderr=said)
    assert f"{tenant.slug}: piece of content {asset.pk}" in said.getvalue()


def test_a_hidden_piece_is_found_again(program: Program, client_for: Any) -> None:
    """DIST-1.c: the library says which pieces were left out of the gallery."""
    asset = _published(program)
    leave_gallery(actor=program.actor, asset=asset)
    page = client_for(program.manager).get("/t/acme/assets/?show=hidden").content.decode()
    assert "Two hours less" in page
    assert "join-gallery" in client_for(program.manager).get(f"/t/acme/assets/{asset.pk}/").text


def test_nobody_asks_without_end(
    program: Program, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DIST-1.c, ID-4: a machine that asks too often in a minute is told when to come back."""
    _open()
    over = Allowance(600, 0, 42, exceeded=True)
    monkeypatch.setattr("activities.gallery.pages.take", lambda _digest: over)
    for path in ("/g/acme/", "/g/acme/feed.json"):
        answer = client.get(path)
        assert (answer.status_code, answer["Retry-After"]) == (429, "42")
