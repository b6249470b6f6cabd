"""Saying it in video or audio on the phone, in a real browser (AST-1.c)."""

from pathlib import Path
from typing import Any

import pytest

from activities.assets.models import Asset
from activities.assets.services import ask_advocate, begin_asset
from advocacy.embedded import paths
from advocacy.files.checking import sweep_files
from advocacy.files.models import StoredFile
from advocacy.files.services import MOST_PART
from advocacy.messaging.links import link_path
from advocacy.messaging.models import PersonalLink
from advocacy.settings import env
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from tests.e2e.test_shares import PHONE, look, signed_in
from tests.factories.advocates import AdvocateFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import media
from tests.support.browser import aside, chromium
from tests.support.files import files_dir  # noqa: F401 - a fixture


@pytest.mark.usefixtures("files_dir")
def test_recorded_cut_off_gone_on_with_and_heard(live_server: Any, tmp_path: Path) -> None:
    """AST-1.c: chosen on the phone, sent in parts with a bar that says how far it is; the
    connection breaks, and it goes on where it was. It is checked, played on the link and on the
    page of the piece. What is refused says why. Each screen is accessible.
    """
    tenant, trouble = TenantsFactory(name="Acme", slug="acme"), list[str]()
    with tenant_scope(tenant):
        manager: Membership = MembershipFactory.create(role="program_manager", user__name="Maya")
        actor = Actor.member(manager)
        asset = begin_asset(
            actor=actor,
            kind="video",
            advocate=AdvocateFactory(first_name="Ana", last_name="Ruiz"),
            title="What changed in a year",
            questions=["How was it before?", "What changed for you?"],
        )
        ask_advocate(actor=actor, asset=asset)
        path = link_path(PersonalLink.objects.get(subject_id=asset.pk, purpose="asset"))
    film, drawing = tmp_path / "my answer.mp4", tmp_path / "drawing.mp4"
    film.write_bytes(media.mp4(filler=3 * MOST_PART))
    drawing.write_bytes(media.SVG)
    with chromium() as browser:
        page = browser.new_context(viewport=PHONE).new_page()
        page.goto(live_server.url + path)
        look(page, "link", trouble)
        keep(page, "link")
        page.set_input_files("#file_any", drawing)
        page.wait_for_selector("[data-problem]:not([hidden])")
        assert "Accepted: a video" in page.inner_text("[data-problem]")
        look(page, "refused", trouble)
        parts: list[str] = []

        def cut(route: Any) -> None:
            """The second part never arrives."""
            parts.append(route.request.headers["upload-offset"])
            if len(parts) == 2:
                route.abort("connectionreset")
            else:
                route.continue_()

        page.route("**/upload/", lambda r: cut(r) if r.request.method == "POST" else r.continue_())
        page.set_input_files("#file_any", film)
        page.wait_for_selector("text=The connection is gone")
        look(page, "cut off", trouble)
        keep(page, "cut-off")
        page.wait_for_selector("text=is being checked")
        assert parts == ["0", *[str(at * MOST_PART) for at in (1, 1, 2, 3)]]
        aside(lambda: sweep_files(tenant.pk))
        page.wait_for_selector("video.file-player")
        look(page, "put in", trouble)
        keep(page, "put-in")
        page.set_viewport_size({"width": 1440, "height": 900})
        keep(page, "put-in-wide")
        staff = signed_in(browser, manager, live_server.url)
        staff.goto(f"{live_server.url}/t/acme/assets/{asset.pk}/")
        look(staff, "piece", trouble)
        keep(staff, "piece")
        staff.set_viewport_size(PHONE)
        look(staff, "piece on a phone", trouble)
        keep(staff, "piece-phone")
        assert staff.locator("video.file-player").count() == 1
    with tenant_scope(tenant):
        file = StoredFile.objects.get()
        assert Asset.objects.get(pk=asset.pk).file_sha256 == file.sha256
    assert not trouble, "\n".join(trouble)


def keep(page: Any, name: str) -> None:
    """A picture to look at, where somebody wants them (``PICTURES=1``)."""
    if env.flag("PICTURES"):
        page.screenshot(path=paths.ROOT / "screenshots" / f"files-{name}.png", full_page=True)
