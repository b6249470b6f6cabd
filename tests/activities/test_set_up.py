"""Technical set-up (FUL-4)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse

from activities.activities import completion
from activities.activities.models import Activity
from activities.duties.models import Duty
from activities.duties.services import finish_duty
from activities.set_up.checks import open_points
from activities.set_up.models import SetUp
from activities.set_up.resource import SET_UPS
from activities.set_up.services import update_set_up
from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenant_settings.services import change_settings
from advocates.people.consents import record_consent
from reporting.queue import everything, rows_of
from requests.asks.settings import ASKS
from tests.factories.activities import SetUpFactory
from tests.kit.resource import ResourceCase
from tests.support.program import Program
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


class TestSetUps(ResourceCase):
    """FUL-4.a: read and changed in the browser and over REST."""

    resource, factory = SET_UPS, SetUpFactory
    viewers = "program_manager admin csm marketing"
    editors = "program_manager admin csm"
    changed: ClassVar[dict[str, Any]] = {"equipment": "A headset; they bring one"}
    wrong: ClassVar[dict[str, Any]] = {"recording_url": "not an address"}

    def whole(self, **changes: Any) -> dict[str, Any]:
        """The form's own fields, and the booking's link."""
        row: Any = self.row
        return {"location": row.activity.location, "needs_place": "on"} | changes


def _told(program: Program) -> dict[str, str]:
    """Rows of Today about set-ups: title → why."""
    items = [item for item in everything(program.manager) if item.work.code == "duty"]
    rows = rows_of(program.manager, items)
    return {row.title: row.why for row in rows if row.title.split(":")[0] in _OURS}


_OURS = ("Technical set-up", "Upload the recording")


def test_a_call_needs_a_link_and_shows_without(program: Program) -> None:
    """FUL-4.a: one business day before it begins, with what is missing; a link, and it is done."""
    activity = program.scheduled(hours=24 * 10)
    assert _told(program) == {}
    activity.reload()
    near = program.scheduled(hours=20)
    assert _told(program) == {
        "Technical set-up: Frank Murphy": "Reference call for Isdom · no meeting link or room yet"
    }
    set_up = SetUp.objects.get(activity=near)
    assert not set_up.is_recorded
    update_set_up(actor=program.actor, set_up=set_up, location="https://meet.example/1")
    assert near.reload().location == "https://meet.example/1"
    assert _told(program) == {}
    assert Duty.objects.get(activity=near, task="set_up").state == "done"


def _filmed(program: Program, **kwargs: Any) -> tuple[Activity, SetUp]:
    """A film that somebody agreed to."""
    today = clock.today(program.manager.tenant.zone)
    for use in ("video", "employer"):
        record_consent(
            actor=program.actor,
            advocate=program.advocate,
            use=use,
            given_on=today,
            given_by="Ann, PR",
            evidence="By mail",
        )
    activity = program.scheduled("video_testimonial", **kwargs)
    return activity, SetUp.objects.get(activity=activity)


def test_a_film_is_tested_and_uploaded(program: Program, membership: Any) -> None:
    """FUL-4.a, FUL-4.b: who tests it and by when can be named; a tick of theirs is the test. The
    recording is due two business days after, and shows until it is there. Both numbers are the
    tenant's.
    """
    activity, set_up = _filmed(program, hours=20)
    assert set_up.is_recorded
    assert open_points(activity, set_up, tested=False) == [
        "no meeting link or room yet",
        "nobody has tested it",
    ]
    tester = membership("marketing")
    by = activity.starts_at - timedelta(hours=3)  # type: ignore[operator]
    with pytest.raises(DomainError) as refused:
        update_set_up(actor=program.actor, set_up=set_up, test_by=activity.ends_at)
    assert refused.value.fields == {"test_by": "Enter a time before it begins."}
    update_set_up(actor=program.actor, set_up=set_up, tester=tester, test_by=by, location="Room 1")
    test = Duty.objects.get(activity=activity, task="set_up")
    assert (test.owner, test.due_at, test.state) == (tester, by, "open")
    finish_duty(actor=program.actor, duty=test)
    upload = Duty.objects.get(activity=activity, task="upload")
    calendar = calendar_of(program.manager.tenant)
    assert upload.due_at == calendar.add_days(activity.ends_at, 2)  # type: ignore[arg-type]
    assert _told(program) == {}
    ago = clock.now() - timedelta(hours=1)
    Activity.objects.filter(pk=activity.pk).update(starts_at=ago - timedelta(hours=1), ends_at=ago)
    completion.complete_activity(
        actor=program.actor, activity=activity.reload(), happened_at=clock.now()
    )
    assert list(_told(program)) == ["Upload the recording: Frank Murphy"]
    update_set_up(
        actor=program.actor, set_up=set_up, recording_url="https://files.example/film.mp4"
    )
    assert upload.reload().state == "done"
    assert _told(program) == {}
    change_settings(actor=program.actor, family=ASKS, values={"upload_business_days": 5})
    other, _set_up = _filmed(program, hours=200)
    due = Duty.objects.get(activity=other, task="upload").due_at
    assert due == calendar.add_days(other.ends_at, 5)  # type: ignore[arg-type]


def test_nothing_is_recorded_without_a_yes(program: Program, membership: Any) -> None:
    """FUL-4.a: a call that is to be recorded waits for the advocate's word, and no upload is due
    until then; who may not touch the activity may not touch its set-up.
    """
    activity = program.scheduled(hours=20)
    set_up = SetUp.objects.get(activity=activity)
    update_set_up(actor=program.actor, set_up=set_up, is_recorded=True, location="Room 1")
    assert _told(program) == {
        "Technical set-up: Frank Murphy": "Reference call for Isdom · "
        "the advocate has not agreed to the recording"
    }
    assert not Duty.objects.filter(activity=activity, task="upload").exists()
    film = "https://files.example/film.mp4"
    with pytest.raises(DomainError, match="has not agreed to being recorded"):
        update_set_up(actor=program.actor, set_up=set_up, recording_url=film)
    update_set_up(actor=program.actor, set_up=set_up, consent="On the phone, 3 March")
    assert Duty.objects.get(activity=activity, task="upload").state == "open"
    update_set_up(actor=program.actor, set_up=set_up, is_recorded=False)
    assert Duty.objects.get(activity=activity, task="upload").state == "dropped"
    with pytest.raises(NotAllowed):
        update_set_up(actor=Actor.member(membership("csm")), set_up=set_up, equipment="x")


def test_it_stands_on_the_activity(program: Program, client_for: Callable[..., Client]) -> None:
    """FUL-4.a, FUL-4.b: on the page of what is booked, with what is missing; changed there, and
    over REST.
    """
    activity = program.scheduled(hours=20)
    set_up = SetUp.objects.get(activity=activity)
    slug, client = program.manager.tenant.slug, client_for(program.manager)
    here = reverse("activities:detail", args=(slug, activity.pk))
    page = client.get(here).content.decode()
    assert "No meeting link or room yet" in page
    edit = reverse("set-ups:edit", args=(slug, set_up.pk))
    assert edit in page
    values = {"location": "Room 2", "needs_place": "on", "shared_tool": "Whiteboard"}
    assert client.post(edit, values)["Location"] == here
    page = client.get(here).content.decode()
    assert "Whiteboard" in page
    assert "No meeting link" not in page
    api = api_for(program.manager)
    shown = api.patch(f"set-ups/{set_up.pk}/", {"location": "Room 3"}).json()
    assert (shown["location"], shown["shared_tool"]) == ("Room 3", "Whiteboard")
    listed = api.get(f"set-ups/?activity={activity.pk}").json()["results"]
    assert [each["location"] for each in listed] == ["Room 3"]
