"""What is done together: referrals, boards, betas, feedback, community."""

from django.utils.translation import gettext_lazy as _

from activities.playbooks.choices import Anchor, TextKind
from activities.playbooks.usual.seed import PlaybookSeed, StepSeed, TextSeed
from advocates.responsibilities.steps import Step

_FEEDBACK = TextSeed(
    "interview",
    TextKind.INTERVIEW,
    _("Guide for a feedback talk"),
    _("""\
You are there to learn, not to explain. If you talk more than a fifth of the time, stop.

- Show me the last time you did this.
- What were you trying to get done?
- What did you do instead when it did not work?
- What would you miss most if it were gone?
- If you could change one thing this month, which?

## Do not

- ask "would you use …?"; everybody says yes
- defend, or promise a date
- show three versions and ask for the nicest

Say at the end what happens with it and by when they hear from us, and keep that.
"""),
)
_ANSWERED = StepSeed(
    "answered",
    _("They have heard what became of each point, also of what we will not do"),
    Step.FEEDBACK,
    Anchor.COMPLETED,
    15,
)
_WROTE_DOWN = StepSeed(
    "written",
    _("What they said is written down, in their words, with who looks at it"),
    Step.RUN,
    Anchor.COMPLETED,
    2,
)

TOGETHER = (
    PlaybookSeed(
        ("referral",),
        (
            StepSeed(
                "intro",
                _("Offer a short text for the introduction, to change or throw away"),
                Step.PREPARE,
                Anchor.ACCEPTED,
                1,
            ),
            StepSeed(
                "reply",
                _("Answer the introduction the same day, and take the advocate out of the thread"),
                Step.REFERRAL,
                Anchor.COMPLETED,
                1,
            ),
            StepSeed(
                "tell", _("Tell the advocate how it went"), Step.REFERRAL, Anchor.COMPLETED, 15
            ),
        ),
        (
            TextSeed(
                "prompts",
                TextKind.PROMPTS,
                _("A text for an introduction"),
                _("""\
> Hello …, we talked about …. We had the same trouble, and the people in copy
> helped us out of it. They know more than I do. No obligation on either side.

- They ask their contact first; nobody is introduced by surprise
- They say **why them**, in one sentence
- From there it is ours: the advocate need not follow up, and is told how it went
"""),
            ),
        ),
    ),
    PlaybookSeed(
        ("advisory_board",),
        (
            StepSeed(
                "dates",
                _("All four dates of the term are in their calendar"),
                Step.SCHEDULE,
                Anchor.ACCEPTED,
                10,
            ),
            StepSeed(
                "reading",
                _("Send what is to be read: ten pages at most, with the questions on the first"),
                Step.PREPARE,
                Anchor.BOOKED,
                -5,
            ),
            StepSeed(
                "minutes",
                _("Minutes with what we will do, what not, and by when"),
                Step.FEEDBACK,
                Anchor.BOOKED,
                5,
            ),
        ),
        (_FEEDBACK,),
    ),
    PlaybookSeed(
        ("beta_test",),
        (
            StepSeed(
                "access",
                _("Access works, and they know what may break"),
                Step.PREPARE,
                Anchor.ACCEPTED,
                3,
            ),
            StepSeed(
                "half-way",
                _("Half-way call: what stopped them?"),
                Step.RUN,
                Anchor.ACCEPTED,
                10,
            ),
            _WROTE_DOWN,
            _ANSWERED,
        ),
        (_FEEDBACK,),
    ),
    PlaybookSeed(("product_feedback",), (_WROTE_DOWN, _ANSWERED), (_FEEDBACK,)),
    PlaybookSeed(
        ("survey",),
        (
            StepSeed(
                "results",
                _("Tell everybody who answered what came out and what changes"),
                Step.RUN,
                Anchor.COMPLETED,
                20,
            ),
        ),
    ),
    PlaybookSeed(
        ("community_contribution",),
        (
            StepSeed(
                "seen",
                _("Answer it in public, by name, from somebody who knows"),
                Step.RUN,
                Anchor.COMPLETED,
                1,
            ),
        ),
    ),
    PlaybookSeed(
        ("community_leadership",),
        (
            StepSeed(
                "contact",
                _("They know whom to call, what we pay for, and when the term ends"),
                Step.PREPARE,
                Anchor.ACCEPTED,
                5,
            ),
            StepSeed(
                "quarter",
                _("Talk after a quarter: is it still fun?"),
                Step.PREPARE,
                Anchor.ACCEPTED,
                60,
            ),
        ),
    ),
)
