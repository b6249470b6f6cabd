"""Stages and events: talks, panels, visits to events."""

from django.utils.translation import gettext_lazy as _

from activities.playbooks.choices import Anchor, TextKind
from activities.playbooks.usual.seed import PlaybookSeed, StepSeed, TextSeed
from activities.playbooks.usual.story_texts import RECORDING
from advocates.responsibilities.steps import Step

_POINTS = TextSeed(
    "talking-points",
    TextKind.POINTS,
    _("Talking points for a stage"),
    _("""\
The audience comes for the speaker's work, not for our product. If we are in one sentence in ten, it
is a good talk.

- **One message**: what should somebody tell a colleague afterwards?
- **One scene**: a day on which it mattered
- **One number**, with where it comes from
- **One failure**, and what was learned
- **One thing** the audience can do tomorrow

For a panel: three points, not ten; a question of their own to the others; short answers.

## Clear beforehand

What may not be said (numbers, names, plans), whether it is recorded, who takes questions.
"""),
)
_SLIDES = TextSeed(
    "slides",
    TextKind.SLIDES,
    _("Slides"),
    _("""\
- Their template, or a plain one. Not ours, unless they ask for it
- Twelve slides for twenty minutes; one thought on each
- 28 points at least; readable from the last row and in black and white
- Pictures they own; names and customer data out
- Our name on the last slide at most

## What we offer

- somebody who makes the slides from their notes
- a look by our designer, two days
- a back-up on a stick and in our hands, a week before

Their company approves the slides before the event does.
"""),
)
_REHEARSAL = TextSeed(
    "rehearsal",
    TextKind.REHEARSAL,
    _("Rehearsal"),
    _("""\
Twice: once for the words, once for the stage.

1. **Two weeks before**, half an hour, by video. Aloud, with a clock. Say what worked first; then
   one thing to change, not five.
2. **On the spot**, or with the same tool: microphone, clicker, where to stand, how it begins.

## Questions they will get

Write down the five hardest and talk them through. "I do not know, I will find out" is an answer.

## For the nerves

The first two sentences by heart. Water. Somebody they know in the first row: us.
"""),
)
_TRAVEL = TextSeed(
    "travel",
    TextKind.TRAVEL,
    _("Travel"),
    _("""\
They give time; everything else is ours, within what their employer allows.

- Ask **what may be paid**: some may accept a ticket and no dinner
- Train or flight, hotel near the venue, both booked by us and sent in one mail
- Arrival the evening before when it begins before noon
- A name and number to call, day and night
- From the station to the stage: who meets them, where
- Badge, speaker's room, food they can eat
- Costs of their own: paid back within two weeks, without a form of four pages
"""),
)
_RECORDING = TextSeed("recording", TextKind.RECORDING, _("Recording: test, day, upload"), RECORDING)
_EMPLOYER = StepSeed(
    "employer",
    _("Topic and abstract are approved by their employer"),
    Step.PREPARE,
    Anchor.ACCEPTED,
    5,
)
_TRAVELS = StepSeed(
    "travel", _("Travel and hotel are booked and sent in one mail"), Step.RUN, Anchor.BOOKED, -15
)
_AFTER = StepSeed(
    "pictures",
    _("Send them photos, numbers and the recording to use themselves"),
    Step.PUBLISH,
    Anchor.COMPLETED,
    5,
)

STAGES = (
    PlaybookSeed(
        ("speaking",),
        (
            _EMPLOYER,
            _TRAVELS,
            StepSeed(
                "rehearsal",
                _("First rehearsal, aloud and with a clock"),
                Step.RUN,
                Anchor.BOOKED,
                -10,
            ),
            StepSeed(
                "slides",
                _("Slides are final, approved, and a copy is with us"),
                Step.RUN,
                Anchor.BOOKED,
                -5,
            ),
            StepSeed(
                "stage",
                _("On the stage once: microphone, clicker, start"),
                Step.RUN,
                Anchor.BOOKED,
                0,
            ),
            _AFTER,
        ),
        (_POINTS, _SLIDES, _REHEARSAL, _TRAVEL, _RECORDING),
    ),
    PlaybookSeed(
        ("customer_panel",),
        (
            _EMPLOYER,
            StepSeed(
                "moderator",
                _("Half an hour with the moderator: order, three points each, what is off limits"),
                Step.RUN,
                Anchor.BOOKED,
                -5,
            ),
            StepSeed(
                "rehearsal",
                _("Rehearsal with the real tool: sound, picture, screen"),
                Step.RUN,
                Anchor.BOOKED,
                -2,
            ),
            _AFTER,
        ),
        (_POINTS, _REHEARSAL, _RECORDING),
    ),
    PlaybookSeed(
        ("event_attendance",),
        (
            StepSeed(
                "place",
                _("Their place is confirmed, with programme and way"),
                Step.RUN,
                Anchor.BOOKED,
                -5,
            ),
            StepSeed(
                "meet",
                _("Plan two people they should meet there, and introduce them"),
                Step.PREPARE,
                Anchor.BOOKED,
                -2,
            ),
            StepSeed("heard", _("Ask what they took home"), Step.PREPARE, Anchor.BOOKED, 3),
        ),
        (_TRAVEL,),
    ),
)
