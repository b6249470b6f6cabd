"""Playbooks (PLB-1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse

from activities.activities import booking, completion
from activities.duties.checklist import checklist_of
from activities.duties.models import Duty
from activities.duties.selectors import lines_of
from activities.duties.services import finish_duty
from activities.playbooks.choices import TextKind
from activities.playbooks.models import PlaybookStep, PlaybookText
from activities.playbooks.resources import PLAYBOOK_STEPS, PLAYBOOK_TEXTS
from activities.playbooks.seeds import PLAYBOOKS, seed_playbooks
from activities.playbooks.services import leave_step_out, update_step
from advocates.models import ActivityType
from advocates.responsibilities.services import set_roles
from reporting.queue import everything, rows_of
from tests.factories.advocates import ActivityTypeFactory
from tests.factories.playbooks import PlaybookStepFactory, PlaybookTextFactory
from tests.kit.resource import ResourceCase
from tests.support.program import Program
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db

_EVERYONE = "program_manager admin sales csm marketing product executive approver"
_PROGRAM = "program_manager admin"


class TestSteps(ResourceCase):
    """PLB-1.a: the checklist of a type is written in the browser and over REST."""

    resource, factory = PLAYBOOK_STEPS, PlaybookStepFactory
    viewers, editors = _EVERYONE, _PROGRAM
    new: ClassVar[dict[str, Any]] = {
        "activity_type": ActivityTypeFactory,
        "text": "Send the guide",
        "step": "prepare",
        "anchor": "accepted",
        "days": 2,
    }
    changed: ClassVar[dict[str, Any]] = {"days": -5}
    wrong: ClassVar[dict[str, Any]] = {"days": -999}
    moves: ClassVar[dict[str, Any]] = {
        "leave_out": (_PROGRAM, {}, "left_out"),
    }

    def test_every_move_is_tried(self) -> None:
        """The way back has a test of its own: a row begins in use."""
        assert {*self.moves, "take_up"} == set(self.resource.services)


class TestTexts(ResourceCase):
    """PLB-1.a: and so are its texts."""

    resource, factory = PLAYBOOK_TEXTS, PlaybookTextFactory
    viewers, editors = _EVERYONE, _PROGRAM
    new: ClassVar[dict[str, Any]] = {
        "activity_type": ActivityTypeFactory,
        "kind": "prompts",
        "title": "Prompts",
        "body": "What changed?",
    }
    changed: ClassVar[dict[str, Any]] = {"body": "Other words."}
    wrong: ClassVar[dict[str, Any]] = {"kind": "song"}
    moves: ClassVar[dict[str, Any]] = {
        "leave_out": (_PROGRAM, {}, "left_out"),
    }

    def test_every_move_is_tried(self) -> None:
        """The way back has a test of its own: a row begins in use."""
        assert {*self.moves, "take_up"} == set(self.resource.services)


def test_what_is_left_out_comes_back(program: Program) -> None:
    """PLB-1.a: over REST as in the browser; days before anything but a booked time are refused."""
    api = api_for(program.manager)
    for path, row in (
        ("playbook-steps", PlaybookStepFactory()),
        ("playbook-texts", PlaybookTextFactory()),
    ):
        for move, state in (("leave-out", "left_out"), ("take-up", "in_use")):
            assert api.post(f"{path}/{row.pk}/{move}/").json()["state"] == state
            assert api.post(f"{path}/{row.pk}/{move}/").status_code == 409
    step = PlaybookStepFactory()
    answer = api.patch(f"playbook-steps/{step.pk}/", {"anchor": "completed"})
    assert answer.status_code == 422
    assert "Enter 0 or more" in answer.content.decode()


def test_every_type_of_the_catalogue_starts_with_one(program: Program) -> None:
    """PLB-1.a: with guides, prompts, talking points, slides, rehearsal, travel, recording and
    objections; a second time adds nothing.
    """
    seed_playbooks()
    seed_playbooks()
    kinds = dict(ActivityType.objects.values_list("code", "pk"))
    assert set(PlaybookStep.objects.values_list("activity_type", flat=True)) == set(kinds.values())
    assert PlaybookStep.objects.count() == sum(len(s.steps) * len(s.types) for s in PLAYBOOKS)
    found = set(PlaybookText.objects.values_list("kind", flat=True))
    assert found == set(TextKind.values) - {TextKind.OTHER}
    assert min(len(text.body) for text in PlaybookText.objects.all()) > 300


def _steps(program: Program, code: str = "reference_call") -> None:
    kind = program.type(code)
    for position, (step, anchor, days) in enumerate(
        (("prepare", "accepted", 2), ("run", "booked", -2), ("brief", "completed", 1)), start=1
    ):
        PlaybookStepFactory(
            activity_type=kind,
            text=f"Do {anchor}",
            step=step,
            anchor=anchor,
            days=days,
            position=position,
        )


def test_an_activity_gets_its_checklist(program: Program, membership: Any) -> None:
    """PLB-1.b: with the yes, each step with owner by the matrix and date; dates follow the booking,
    words stay what they were, what is pointless once it happened goes.
    """
    _steps(program)
    marketing = membership("marketing")
    kind = program.type("reference_call")
    set_roles(actor=program.actor, activity_type=kind, roles={"run": "marketing"})
    activity = program.accepted()
    first, second = checklist_of(activity)
    assert (str(first), first.owner, second.owner) == ("Do accepted", program.csm, marketing)
    assert first.due_at is not None
    assert second.due_at is None
    booked = program.scheduled(hours=24 * 10)
    (early,) = [each for each in checklist_of(booked) if str(each) == "Do booked"]
    assert early.due_at < booked.starts_at - timedelta(days=1)  # type: ignore[operator]
    item = PlaybookStep.objects.get(text="Do booked")
    leave_step_out(
        actor=program.actor, item=update_step(actor=program.actor, item=item, text="Else")
    )
    later = booked.starts_at + timedelta(days=7)  # type: ignore[operator]
    booking.schedule_activity(
        actor=program.actor,
        activity=booked,
        starts_at=later,
        ends_at=later + timedelta(minutes=30),
    )
    before = early.due_at
    assert str(early.reload()) == "Do booked"
    assert early.due_at > before  # type: ignore[operator]
    assert [str(each) for each in checklist_of(program.accepted())] == ["Do accepted"]
    finish_duty(actor=program.actor, duty=first)
    completion.complete_activity(
        actor=program.actor,
        activity=activity,
        happened_at=activity.accepted_at,  # type: ignore[arg-type]
    )
    assert [(str(each), each.state) for each in checklist_of(activity)] == [
        ("Do accepted", "done"),
        ("Do completed", "open"),
    ]
    # The steps themselves stay what the record shows of who does what.
    assert {line.step for line in lines_of([activity])[activity.pk]} >= {"run", "outcome"}


def test_a_coordinator_ticks_it_off(
    program: Program, client_for: Callable[..., Client], membership: Any
) -> None:
    """PLB-1.a, PLB-1.b: on the activity's page, with who and when, beside the texts that help; what
    is due shows in the queue of whose it is, and nothing of it before the day.
    """
    _steps(program)
    PlaybookTextFactory(activity_type=program.type("reference_call"), title="Talking points")
    activity = program.accepted()
    duty = checklist_of(activity)[0]

    def queue() -> list[str]:
        told = [item for item in everything(program.csm) if item.work.code == "duty"]
        return [row.title for row in rows_of(program.csm, told)]

    assert queue() == []
    Duty.objects.filter(pk=duty.pk).update(due_at=activity.accepted_at)
    assert queue() == ["Do accepted: Frank Murphy"]
    slug, client = program.manager.tenant.slug, client_for(program.manager)
    here = reverse("activities:detail", args=(slug, activity.pk))
    page = client.get(here).content.decode()
    assert "0 of 2" in page
    assert "Talking points" in page
    press = reverse("duties:finish", args=(slug, duty.pk))
    assert press in page
    assert press not in client_for(membership("csm")).get(here).content.decode()
    assert client.post(press, {"next": here})["Location"] == here
    page = client.get(here).content.decode()
    assert "1 of 2" in page
    assert f"{program.manager.name} · " in page
    assert reverse("duties:reopen", args=(slug, duty.pk)) in page
    panel = client.get(reverse("duties:detail", args=(slug, duty.pk))).content.decode()
    assert "Talking points" in panel
    assert queue() == []
    listed = api_for(program.manager).get(f"duties/?activity={activity.pk}&step=prepare").json()
    assert {(each["text"], each["state"]) for each in listed["results"]} == {
        ("Do accepted", "done"),
        ("", "open"),
    }


def test_the_playbook_of_a_type_is_one_page(
    program: Program, client_for: Callable[..., Client], membership: Any
) -> None:
    """PLB-1.a: reached from the settings; steps with role and day, texts, and how to add one for
    who may.
    """
    _steps(program)
    slug, kind = program.manager.tenant.slug, program.type("reference_call")
    client = client_for(program.manager)
    index = reverse("playbook-steps:playbooks", args=(slug,))
    assert index in client.get(reverse("settings", args=(slug,))).content.decode()
    url = reverse("playbook-steps:playbook", args=(slug, kind.pk))
    assert url in client.get(index).content.decode()
    page = client.get(url).content.decode()
    assert "CSM · 2 business days after the yes" in page
    assert "No text yet" in page
    new = f"{reverse('playbook-steps:new', args=(slug,))}?activity_type={kind.pk}"
    assert new in page
    assert f'value="{kind.pk}" selected' in client.get(new).content.decode()
    assert new not in client_for(membership("sales")).get(url).content.decode()
