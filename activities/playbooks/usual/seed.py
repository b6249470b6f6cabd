"""How a usual playbook is written down."""

from dataclasses import dataclass

from django.utils.functional import Promise

from activities.playbooks.choices import Anchor, TextKind
from advocates.responsibilities.steps import Step

Text = str | Promise


@dataclass(frozen=True, slots=True)
class StepSeed:
    """A step, counted in business days from its anchor."""

    code: str
    text: Text
    step: Step
    anchor: Anchor
    days: int


@dataclass(frozen=True, slots=True)
class TextSeed:
    """A text to work with."""

    code: str
    kind: TextKind
    title: Text
    body: Text


@dataclass(frozen=True, slots=True)
class PlaybookSeed:
    """What the kinds of activity with these codes start with."""

    types: tuple[str, ...]
    steps: tuple[StepSeed, ...] = ()
    texts: tuple[TextSeed, ...] = ()
