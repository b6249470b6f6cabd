"""docs/api.md: what it tells people to type does what it says (API-1, API-4)."""

import os
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings

from advocacy.events.models import Event
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from benefits.thanks.models import ThankYou
from requests.models import Ask, Request
from requests.opportunities.services import seed_stage_mappings
from tests.factories.advocates import set_up
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support.rest import secret_for
from tests.support.shell import blocks, stand_ins

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "api.md"


def test_the_documented_commands_do_the_main_job(live_server: Any, tmp_path: Path) -> None:
    """API-1, API-4.a: typed as they stand, from the CRM's upsert to the thank-you."""
    tenant: Tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        set_up()
        seed_stage_mappings()
        manager = MembershipFactory(role="program_manager", user__name="Alice")
    script = "\n".join(["set -euo pipefail", *blocks(DOCUMENT)])
    (tmp_path / "bin").mkdir()
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={
            "PATH": f"{stand_ins(tmp_path / 'bin')}:{os.environ['PATH']}",
            "API": live_server.url,
            "TOKEN": secret_for(manager),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, f"{ran.stdout[-3000:]}\n{ran.stderr[-2000:]}"
    with tenant_scope(tenant):
        request = Request.objects.get()
        assert request.state == "completed"
        assert request.opportunity is not None and request.opportunity.stage == "qualified"
        assert Ask.objects.get().answered_by == "staff"
        thanks = ThankYou.objects.get(kind="personal")
        assert (thanks.state, thanks.channel) == ("done", "email")
        assert thanks.mail is not None and "first week" in thanks.mail.text
        said = set(Event.objects.values_list("verb", flat=True))
        assert set(Event.objects.values_list("actor_kind", flat=True)) <= {"token", "system"}
    assert {"request.submitted", "ask.accepted", "activity.completed", "thank_you.sent"} <= said
