"""States and moves of a resource, declared once.

The states stay an ordinary ``TextChoices``: type checkers and editors know its members. Who needs
a fact about a move reads it here: the CHECK, the compare-and-set, the refusal that names what is
allowed, buttons, timeline, REST actions and their permission. ``lifecycle.py`` imports nothing of
its app, since ``models.py`` imports it: who may do it to *which* row is a function of the services.

    MOMENT = Lifecycle("moment", MomentState, Move("dismiss", "moment.dismissed", …), …)

    def dismiss_moment(*, actor, moment, reason):          # in services.py, as ever
        MOMENT.permit(actor, "dismiss")
        MOMENT.move(moment, "dismiss", reason=reason)
        record("moment.dismissed", moment, actor=actor)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from advocacy.records.undoing import note
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import MATRIX
from advocacy.web.status_styles import Tone

Text = str | Promise
#: Raises unless the actor may make the move of this name with a row.
Permit = Callable[[Actor, Any, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A step from some states to one.

    ``may``      action of the permission matrix; page, endpoint and :meth:`permit` ask for it.
                 Empty: nobody makes the move, it follows from something else
    ``verb``     event it is recorded as; empty where another record's event tells it
    ``words``    past tense, for the timeline
    ``needs``    fields of the model, or of a body of one's own, that a person must give,
                 ``takes`` those that they may
    ``confirm``  the question before a press without fields
    ``when``     what must be true of the row besides its state
    ``many``     whether a list offers it for several rows, by default where it asks for nothing;
                 what one that asks for something asks for is then asked once for all
    ``undo``     how a timeline tells that it was taken back before its mails left; empty: once
                 made it stands (``messaging.undo``)
    ``gives_away``  whether the row may be somebody else's to see afterwards
    ``stays``    of what it changes, what was typed and stays for the next attempt
    """

    name: str
    verb: str = ""
    words: Text = ""
    source: tuple[str, ...]
    to: str
    may: str = ""
    label: Text = ""
    icon: str = "point"
    tone: Tone = "neutral"
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    primary: bool = False
    danger: bool = False
    confirm: Text = ""
    done: Text = ""
    when: Callable[[Any], bool] | None = None
    many: bool | None = None
    undo: Text = ""
    stays: tuple[str, ...] = ()
    gives_away: bool = False

    @property
    def is_for_many(self) -> bool:
        """Whether a list offers it for several rows."""
        return bool(self.may) and (not self.fields if self.many is None else self.many)

    @property
    def many_name(self) -> str:
        """The name of the address at which several rows make it."""
        return f"{self.name.replace('_', '-')}-many"

    @property
    def fields(self) -> tuple[str, ...]:
        """Everything it asks for; a press where that is nothing."""
        return (*self.needs, *self.takes)


class Lifecycle:
    """The moves between a model's states. A name or state nobody declared fails at import."""

    def __init__(
        self, noun: str, states: type[models.TextChoices], *moves: Move, field: str = "state"
    ) -> None:
        self.noun, self.states, self.field = noun, states, field
        self.moves = {move.name: move for move in moves}
        for move in moves:
            unknown = {*move.source, move.to} - set(states.values)
            if unknown or move.may not in {*MATRIX, ""} or len(self.moves) != len(moves):
                raise ValueError(f"{noun}.{move.name}: {unknown or move.may!r} is not known")
            if move.may and not move.label:
                raise ValueError(f"{noun}.{move.name}: people make it, so it needs a label")

    def __getitem__(self, name: str) -> Move:
        return self.moves[name]

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves.values())

    def key_of(self, name: str) -> str:
        """Under which a move is taken back (``records.undoing``)."""
        return f"{self.noun.replace(' ', '_')}.{name}"

    @property
    def manual(self) -> list[Move]:
        """The moves people make; the others follow from something else."""
        return [move for move in self if move.may]

    def check(self, name: str) -> models.CheckConstraint:
        """For ``Meta.constraints``: the column holds a state."""
        return models.CheckConstraint(
            condition=models.Q(**{f"{self.field}__in": self.states.values}), name=name
        )

    def state(self, row: models.Model) -> str:
        """The state a row is in, as far as it was read."""
        return str(getattr(row, self.field))

    def legal(self, row: models.Model) -> list[Move]:
        """What can be done to a row, whoever does it."""
        moves = [move for move in self if self.state(row) in move.source]
        return [move for move in moves if move.when is None or move.when(row)]

    def offered(self, row: models.Model, member: Membership, permit: Permit | None) -> list[Move]:
        """The moves a member may make with a row now: what its page has buttons for."""
        found = []
        for move in self.legal(row):
            if not move.may or not member.can(move.may):
                continue
            try:
                if permit is not None:
                    permit(Actor.member(member), row, move.name)
            except DomainError:
                continue
            found.append(move)
        return found

    def permit(self, actor: Actor, name: str) -> None:
        """Raise ``NotAllowed`` unless the actor's role may. Jobs of the program's own may; an
        advocate on a personal link may not. What more it takes is the service's to say.
        """
        if actor.kind == "advocate":
            raise NotAllowed(_("Advocates cannot do this."))
        may = self[name].may
        if actor.membership is not None and may and not actor.membership.can(may):
            raise NotAllowed(_("Your role does not allow this."))

    def move(self, row: models.Model, name: str, **changes: Any) -> str:
        """Compare-and-set: the new state and ``changes`` in one statement; returns the old state.

        Locks the row until the transaction ends; ``row`` is up to date afterwards. Raises
        ``Conflict`` (``illegal_move``) that names what is allowed from the state it is really in.
        """
        before = self.state(row)
        if not self.attempt(row, name, **changes):
            raise self.refusal(row, self[name])
        return before

    def attempt(self, row: models.Model, name: str, **changes: Any) -> bool:
        """As :meth:`move`, for what comes too late without anybody being told: False, and the
        row's state is the one it is really in.
        """
        move, before = self[name], self.state(row)
        rows = type(row)._default_manager.filter(pk=row.pk, **{self.field: before})
        legal = move in self.legal(row)
        if not legal or not rows.update(**{self.field: move.to}, **changes):
            row.refresh_from_db(fields=[self.field])
            return False
        changes = {self.field: move.to, **changes}
        note(row, {name: value for name, value in changes.items() if name not in move.stays})
        for field, value in changes.items():
            setattr(row, field, value)
        return True

    def require(self, row: models.Model, name: str) -> Move:
        """The move, for a service that checks more before it moves; raises ``Conflict`` as moving
        does, by the state as it was read.
        """
        move = self[name]
        if move not in self.legal(row):
            row.refresh_from_db(fields=[self.field])
            raise self.refusal(row, move)
        return move

    def require_editable(self, row: models.Model, name: str) -> None:
        """For a row that is changed only as long as a move can be made: raises ``Conflict`` that
        speaks of changing it and not of the move.
        """
        if self[name] not in self.legal(row):
            row.refresh_from_db(fields=[self.field])
            now = self.states(self.state(row)).label
            text = _("%(what)s is “%(now)s” and is not changed any more.")
            raise Conflict(text % {"what": row, "now": now}, code="illegal_move")

    def refusal(self, row: models.Model, move: Move) -> Conflict:
        """Why a move cannot be made, and which can."""
        now = self.states(self.state(row)).label
        legal = self.legal(row)
        manual = [str(each.label) for each in legal if each.may]
        label = move.label or self.states(move.to).label
        words = {"what": row, "now": now, "label": label, "legal": ", ".join(manual)}
        if move in legal:
            text = _("Somebody else changed %(what)s a moment ago. Load the page again.")
        elif manual:
            text = _("%(what)s is “%(now)s”: “%(label)s” is not possible now, but: %(legal)s.")
        else:
            text = _("%(what)s is “%(now)s”: “%(label)s” is not possible any more.")
        return Conflict(text % words, code="illegal_move")
