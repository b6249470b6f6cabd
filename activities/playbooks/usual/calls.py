"""Reference calls, visits and the reference list."""

from django.utils.translation import gettext_lazy as _

from activities.playbooks.choices import Anchor, TextKind
from activities.playbooks.usual.seed import PlaybookSeed, StepSeed, TextSeed
from advocates.responsibilities.steps import Step

_POINTS = TextSeed(
    "talking-points",
    TextKind.POINTS,
    _("Talking points for a reference call"),
    _("""\
Offer these to the advocate; they choose. Nobody has to follow a script, and nobody should.

## A shape that works

1. **Before us**: what was the day like, and what did it cost?
2. **Why us**: what else did you look at, and what decided it?
3. **Getting there**: how long it took, who was needed, what went wrong.
4. **Today**: the one number you would tell a friend.
5. **What you would do differently**: the most trusted sentence of every call.

## What to leave to us

- prices, discounts and contract terms
- what is coming, unless it is public
- security and legal questions: "They have people who answer that properly"

## Honest beats perfect

A prospect who hears one real weakness believes the rest. Tell the advocate so; they are often
afraid to say it on our behalf.
"""),
)
_OBJECTIONS = TextSeed(
    "objections",
    TextKind.OBJECTIONS,
    _("When the prospect pushes"),
    _("""\
Questions advocates find hard, and what has helped others. None of it is an answer to read out.

| they ask | it helps to |
|---|---|
| "What did you pay?" | say that prices are between them and us, and what it was **worth** |
| "What do you not like?" | name one thing that is true, and how you live with it |
| "Why not the cheaper one?" | say what you compared and what tipped it; run nobody down |
| "Would you buy it again?" | answer first, explain second |
| "Can we call you again?" | send them to us; we keep count so that you are not asked too often |
| "Can you send us …?" | promise nothing; say that you ask us |

If it becomes an interrogation, it is fine to stop: "I have to leave on the hour. Ask them to set up
another talk." Tell us afterwards; we take care of the rest.
"""),
)
_REAL_QUESTIONS = StepSeed(
    "questions",
    _("See that the briefing has the prospect's own questions, in their words"),
    Step.RUN,
    Anchor.BOOKED,
    -2,
)
_TOOK = StepSeed(
    "took",
    _("Ask the prospect what they took from it, and write it down"),
    Step.BRIEF,
    Anchor.BOOKED,
    1,
)
_LIMITS = StepSeed(
    "limits",
    _("Ask the advocate what is off limits, and note it in the briefing"),
    Step.PREPARE,
    Anchor.ACCEPTED,
    2,
)

CALLS = (
    PlaybookSeed(("short_reference_call",), (_REAL_QUESTIONS, _TOOK), (_POINTS, _OBJECTIONS)),
    PlaybookSeed(("reference_call",), (_LIMITS, _REAL_QUESTIONS, _TOOK), (_POINTS, _OBJECTIONS)),
    PlaybookSeed(
        ("executive_reference_call",),
        (
            _LIMITS,
            StepSeed(
                "offices",
                _("Agree with both offices who dials in and who opens the call"),
                Step.SCHEDULE,
                Anchor.BOOKED,
                -3,
            ),
            _REAL_QUESTIONS,
            StepSeed(
                "quarter-hour",
                _("Talk a quarter of an hour with the advocate: who they are, what they decide"),
                Step.PREPARE,
                Anchor.BOOKED,
                -1,
            ),
            _TOOK,
        ),
        (_POINTS, _OBJECTIONS),
    ),
    PlaybookSeed(
        ("site_visit",),
        (
            StepSeed(
                "agenda",
                _("Agree on an agenda: what is shown, by whom, what stays closed"),
                Step.PREPARE,
                Anchor.BOOKED,
                -10,
            ),
            StepSeed(
                "travel",
                _("Travel, rooms and lunch are booked and paid by us"),
                Step.SCHEDULE,
                Anchor.BOOKED,
                -7,
            ),
            StepSeed(
                "names",
                _("Send the host everybody's names for reception, and any papers to sign"),
                Step.BRIEF,
                Anchor.BOOKED,
                -3,
            ),
            StepSeed(
                "thank-team",
                _("Thank the people on site by name, not only the host"),
                Step.RUN,
                Anchor.BOOKED,
                1,
            ),
        ),
        (
            TextSeed(
                "travel",
                TextKind.TRAVEL,
                _("A visit at a customer's: what to arrange"),
                _("""\
The host gives half a day and the attention of their team. It should cost them nothing else.

## Before

- **Who comes**: six guests at most, names and roles a week ahead
- **Papers**: confidentiality, safety briefing, photo rules; the host says which
- **Way**: address, entrance, parking, whom to ask for, a number that is answered
- **Food**: lunch on us, allergies asked

## On the day

- Meet outside ten minutes earlier and walk in together
- The host leads; we answer only what they hand to us
- No photo and no screen recording without a yes in the room
- End on time

## After

- The host hears within a day what the guests said
- What was promised is written down and has a name
"""),
            ),
        ),
    ),
    PlaybookSeed(
        ("reference_list",),
        (
            StepSeed(
                "wording",
                _("Agree on the exact entry: name, title, number, what may be asked"),
                Step.PREPARE,
                Anchor.ACCEPTED,
                2,
            ),
            StepSeed(
                "heads-up",
                _("Tell the advocate when the tender is in and until when they may be called"),
                Step.BRIEF,
                Anchor.ACCEPTED,
                5,
            ),
        ),
    ),
)
