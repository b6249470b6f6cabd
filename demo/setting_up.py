"""How the demo's program was set up: its owner, its sheet, its pilot, and what colleagues read."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from activities.duties.services import finish_duty
from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocates.enablement.services import complete_material, update_material
from advocates.models import Advocate, Material
from advocates.pilot.selectors import pilot_advocates
from advocates.pilot.services import answer_pilot, ask_pilot, choose_types, decide_voice, go_on
from advocates.responsibilities.services import set_roles, set_share, update_program
from advocates.strategy.services import write_sheet
from demo.cast import Cast
from demo.timeline import at

SHEET = {
    "goals": "Every deal above 50,000 euros has somebody to talk to within a week. Nobody at a"
    " customer is asked twice in three weeks, and everybody hears what came of it.",
    "ideal_advocate": "Operations or IT, manager and up, at a company of more than 200 people in"
    " EMEA or North America, a customer for at least a year, with one number that changed.",
    "portfolio": "First: short and full reference calls, testimonials, reviews. From the third"
    " month on: case studies and talks. Never: anything paid for an opinion.",
    "value_exchange": "Peers to compare notes with, a seat at the roadmap, their result made"
    " visible, and a word from our executives after big contributions.",
}
MEASURES = (
    "Time to fill: 48 hours. Asks accepted: above half. Thanked within a day: 95 %. Priya looks at"
    " them every Monday, the executives each quarter."
)
#: What worked, what did not, what to change; what was made of it.
ANSWERS = (
    ("The questions beforehand.", "The call was moved twice.", "Let the prospect pick.", "change"),
    ("It took no longer than you said.", "", "", "keep"),
    ("A real conversation.", "I never heard how it ended.", "Tell me, also when lost.", "change"),
    ("", "Two mails on one day.", "One is enough.", ""),
)


def set_up(cast: Cast, by_role: Mapping[str, Sequence[Membership]]) -> None:
    """A year ago, and since."""
    now, program = clock.now(), cast.program
    with at(now - timedelta(days=361)):
        update_program(actor=program, name="Northwind Voices", owner=cast.manager)
        set_share(actor=program, member=cast.manager, percent=60)
        write_sheet(actor=program, **SHEET)
        choose_types(actor=program)
    with at(now - timedelta(days=354)):
        write_sheet(actor=program, measures=MEASURES)
    with at(now - timedelta(days=330)):
        go_on(actor=program, month=2)
    _hear_the_pilot(cast, now)
    with at(now - timedelta(days=120)):
        set_roles(actor=program, activity_type=None, roles={"outcome": "program_manager"})
    _read(cast, by_role, now)
    _finish_old_duties(cast, now)


def _hear_the_pilot(cast: Cast, now: datetime) -> None:
    program = cast.program
    people: list[Advocate] = list(pilot_advocates()[: len(ANSWERS)])
    if not people:
        return
    with at(now - timedelta(days=302)):
        voices = ask_pilot(actor=program, advocates=people, members=cast.csms)
    for place, (voice, (worked, did_not, change, decision)) in enumerate(
        zip(voices, ANSWERS, strict=False)
    ):
        with at(now - timedelta(days=300 - place)):
            answer_pilot(voice=voice, worked=worked, did_not=did_not, change=change)
        if decision:
            with at(now - timedelta(days=294)):
                decide_voice(actor=program, voice=voice, decision=decision, owner=cast.manager)
    with at(now - timedelta(days=290)):
        go_on(actor=program, month=3, anyway=True)


def _read(cast: Cast, by_role: Mapping[str, Sequence[Membership]], now: datetime) -> None:
    """Most have read most of it; one text was written anew since."""
    texts = list(Material.objects.order_by("position"))
    readers = {"csm": by_role.get(Role.CSM, []), "sales": by_role.get(Role.SALES, [])}
    for place, text in enumerate(texts):
        for number, member in enumerate(readers[text.audience]):
            if (place + number) % 3 == 2:
                continue
            with at(now - timedelta(days=200 - place)):
                complete_material(actor=Actor.member(member), material=text, version=text.version)
    if texts:
        with at(now - timedelta(days=9)):
            body = f"{texts[0].body}\n\n*Since spring we record what we hear under Signals.*"
            update_material(actor=cast.program, material=texts[0], body=body)


def _finish_old_duties(cast: Cast, now: datetime) -> None:
    """What was due long ago was done in time."""
    old = Duty.objects.filter(state=DutyState.OPEN, due_at__lt=now - timedelta(days=3))
    for duty in old.select_related("owner", "activity__advocate__account"):
        assert duty.due_at is not None  # noqa: S101 - filtered
        with at(duty.due_at - timedelta(hours=5)):
            actor = Actor.member(duty.owner) if duty.owner else cast.program
            finish_duty(actor=actor, duty=duty)
