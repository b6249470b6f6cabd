"""The parts of a playbook: steps to tick off, and texts to work with (PLB-1)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.playbooks.choices import Anchor, TextKind
from activities.playbooks.lifecycle import PLAYBOOK_STEP, PLAYBOOK_TEXT, PartState
from advocacy.records.writes import LimitedText
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.text import LineField
from advocates.models import ActivityType
from advocates.responsibilities.steps import Step

MOST_DAYS = 250
LONGEST = 8_000


class _Part(TenantModel):
    """What steps and texts share."""

    activity_type = TenantForeignKey(
        ActivityType, models.CASCADE, related_name="+", verbose_name=_("for which activity")
    )
    state = models.CharField(
        _("state"), max_length=8, choices=PartState, default=PartState.IN_USE, editable=False
    )
    position = models.PositiveSmallIntegerField(
        _("place in the order"),
        blank=True,
        default=0,
        help_text=_("The lowest stands first; empty for the last place."),
    )
    #: What it was seeded as; a tenant's own has none.
    code = models.SlugField(max_length=40, blank=True, default="", editable=False)

    class Meta:
        abstract = True


class PlaybookStep(_Part):
    """A step to tick off. Whose it is says the matrix of who does what (RSP-1)."""

    text = LineField(_("what is to be done"), max_length=200)
    step = models.CharField(
        _("part of"),
        max_length=10,
        choices=Step,
        help_text=_("It is done by whoever does this, as Settings → Who does what says."),
    )
    anchor = models.CharField(_("counted from"), max_length=9, choices=Anchor)
    days = models.SmallIntegerField(
        _("business days"),
        default=0,
        validators=[MinValueValidator(-MOST_DAYS), MaxValueValidator(MOST_DAYS)],
        help_text=_("Less than 0 is before the booked time: -2 means two business days before."),
    )

    class Meta:
        verbose_name = _("playbook step")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "activity_type", "code"],
                condition=~models.Q(code=""),
                name="playbook_step_code_once",
            ),
            PLAYBOOK_STEP.check("playbook_step_state_known"),
            models.CheckConstraint(
                condition=models.Q(step__in=Step.values), name="playbook_step_step_known"
            ),
            models.CheckConstraint(
                condition=models.Q(anchor__in=Anchor.values), name="playbook_step_anchor_known"
            ),
            models.CheckConstraint(
                condition=models.Q(days__gte=0) | models.Q(anchor="booked"),
                name="playbook_step_days_after",
                violation_error_message=_("Only the booked time has days before it."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PlaybookText(_Part):
    """A template for whoever runs an activity: a guide, prompts, a list of what to pack."""

    kind = models.CharField(_("what it is"), max_length=10, choices=TextKind)
    title = LineField(_("title"), max_length=120)
    body = LimitedText(
        _("text"),
        max_length=LONGEST,
        help_text=_(
            "Markdown: ## before a heading, - before a point, **bold**, [words](https://address)."
        ),
    )

    class Meta:
        verbose_name = _("playbook text")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "activity_type", "code"],
                condition=~models.Q(code=""),
                name="playbook_text_code_once",
            ),
            PLAYBOOK_TEXT.check("playbook_text_state_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=TextKind.values), name="playbook_text_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title
