"""Life of an advocate's status: the way into the program, pausing, and out of it (ENR-1)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move
from advocates.people.choices import AdvocateStatus


def _is_known(person: Any) -> bool:
    """Nobody comes back who was erased: nobody knows who it was (GDPR-1)."""
    return person.erased_at is None


def _advance(name: str, *source: str, to: str) -> Move:
    """A step that an answer or a decision brings about; made by hand it is told as advancing."""
    words = _("moved on towards the program")
    return Move(name=name, verb="advocate.advanced", words=words, source=source, to=to, icon="user")


#: The moves a person's own page makes; the others belong to nominations and invitations.
IN_AND_OUT = ("retire", "pause", "resume", "enrol")

ENROLMENT = Lifecycle(
    "advocate",
    AdvocateStatus,
    Move(
        name="nominate",
        source=("candidate", "alumni"),
        to="nominated",
        may="nominations.submit",
        label=_("Nominate"),
        icon="user-up",
        when=_is_known,
    ),
    Move(
        name="qualify",
        source=("candidate", "nominated"),
        to="qualified",
        may="nominations.decide",
        label=_("Qualify"),
        icon="user-check",
        takes=("reasons", "override_reason"),
        when=_is_known,
        done=_("Qualified. Be in touch before you invite."),
    ),
    _advance("put_back", "nominated", to="candidate"),
    # Only for somebody who was in the program before.
    _advance("put_back_out", "nominated", to="alumni"),
    Move(
        name="cultivate",
        verb="advocate.cultivated",
        words=_("cultivated the relationship"),
        source=("qualified",),
        to="cultivating",
        may="advocates.invite",
        label=_("Record a first touch"),
        icon="plant-2",
        needs=("touch",),
        done=_("Recorded. The invitation can follow when the time is right."),
    ),
    Move(
        name="invite",
        source=("qualified", "cultivating"),
        to="invited",
        may="advocates.invite",
        label=_("Invite"),
        icon="mail",
        needs=("sender", "personal_line"),
        takes=("asked", "gives", "reason", "level_reason"),
        undo=_("took the invitation back before it left"),
    ),
    Move(
        name="set_back",
        verb="advocate.set_back",
        words=_("put the person back among the candidates, not ready yet"),
        source=("qualified", "cultivating"),
        to="candidate",
        may="advocates.invite",
        label=_("Not ready yet"),
        icon="arrow-back-up",
        takes=("reason",),
        done=_("Among the candidates again."),
    ),
    Move(
        name="withdraw_invitation",
        source=("invited",),
        to="qualified",
        may="advocates.invite",
        label=_("Withdraw the invitation"),
        icon="mail-x",
        confirm=_("The link stops working; they stay qualified."),
        done=_("The invitation is withdrawn."),
    ),
    Move(
        name="decline",
        source=("invited",),
        to="declined",
        may="advocates.invite",
        label=_("They said no"),
        icon="user-x",
        takes=("reason",),
        done=_("Kept. Nobody asks again for a while."),
    ),
    Move(
        name="reconsider",
        source=("declined",),
        to="candidate",
        may="advocates.invite",
        label=_("Consider again"),
        icon="refresh",
        done=_("Among the candidates again."),
    ),
    Move(
        name="retire",
        verb="advocate.retired",
        words=_("left the program"),
        source=("active", "paused"),
        to="alumni",
        may="advocates.enrol",
        label=_("Leave the program"),
        icon="door-exit",
        needs=("reason",),
        done=_("Left the program. Everything they gave stays on record."),
    ),
    Move(
        name="pause",
        verb="advocate.paused",
        words=_("paused"),
        source=("active",),
        to="paused",
        may="advocates.enrol",
        label=_("Pause"),
        icon="player-pause",
        tone="warning",
        confirm=_("They keep their tier and are asked for nothing until you resume."),
        done=_("Paused. They are asked for nothing until you resume, and open asks are withdrawn."),
    ),
    Move(
        name="resume",
        verb="advocate.resumed",
        words=_("came back from a pause"),
        source=("paused",),
        to="active",
        may="advocates.enrol",
        label=_("Resume"),
        icon="player-play",
        tone="success",
        primary=True,
        done=_("Back in the program."),
    ),
    # From any state before the program: a person can be enrolled by hand.
    Move(
        name="enrol",
        verb="advocate.enrolled",
        words=_("joined the program"),
        source=("candidate", "nominated", "qualified", "cultivating", "invited", "alumni"),
        to="active",
        may="advocates.enrol",
        label=_("Enrol"),
        icon="user-check",
        tone="success",
        takes=("reason",),
        primary=True,
        when=_is_known,
        done=_("In the program."),
    ),
    # From anywhere: it follows from erasing, which is no move that one takes back.
    Move(
        name="erase",
        verb="advocate.erased",
        words=_("erased the person's data"),
        source=tuple(AdvocateStatus.values),
        to="alumni",
        icon="eraser",
        tone="warning",
        when=_is_known,
    ),
    field="status",
)
