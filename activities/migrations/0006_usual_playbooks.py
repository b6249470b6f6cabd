"""The playbooks a new tenant starts with, for those that exist already (PLB-1)."""

from django.db import migrations

#: Kinds of activity, then each step: code, words, part of what, counted from, business days.
_STEPS = (
    (
        ("short_reference_call",),
        (
            (
                "questions",
                "See that the briefing has the prospect's own questions, in their words",
                "run",
                "booked",
                -2,
            ),
            (
                "took",
                "Ask the prospect what they took from it, and write it down",
                "brief",
                "booked",
                1,
            ),
        ),
    ),
    (
        ("reference_call",),
        (
            (
                "limits",
                "Ask the advocate what is off limits, and note it in the briefing",
                "prepare",
                "accepted",
                2,
            ),
            (
                "questions",
                "See that the briefing has the prospect's own questions, in their words",
                "run",
                "booked",
                -2,
            ),
            (
                "took",
                "Ask the prospect what they took from it, and write it down",
                "brief",
                "booked",
                1,
            ),
        ),
    ),
    (
        ("executive_reference_call",),
        (
            (
                "limits",
                "Ask the advocate what is off limits, and note it in the briefing",
                "prepare",
                "accepted",
                2,
            ),
            (
                "offices",
                "Agree with both offices who dials in and who opens the call",
                "schedule",
                "booked",
                -3,
            ),
            (
                "questions",
                "See that the briefing has the prospect's own questions, in their words",
                "run",
                "booked",
                -2,
            ),
            (
                "quarter-hour",
                "Talk a quarter of an hour with the advocate: who they are, what they decide",
                "prepare",
                "booked",
                -1,
            ),
            (
                "took",
                "Ask the prospect what they took from it, and write it down",
                "brief",
                "booked",
                1,
            ),
        ),
    ),
    (
        ("site_visit",),
        (
            (
                "agenda",
                "Agree on an agenda: what is shown, by whom, what stays closed",
                "prepare",
                "booked",
                -10,
            ),
            (
                "travel",
                "Travel, rooms and lunch are booked and paid by us",
                "schedule",
                "booked",
                -7,
            ),
            (
                "names",
                "Send the host everybody's names for reception, and any papers to sign",
                "brief",
                "booked",
                -3,
            ),
            (
                "thank-team",
                "Thank the people on site by name, not only the host",
                "run",
                "booked",
                1,
            ),
        ),
    ),
    (
        ("reference_list",),
        (
            (
                "wording",
                "Agree on the exact entry: name, title, number, what may be asked",
                "prepare",
                "accepted",
                2,
            ),
            (
                "heads-up",
                "Tell the advocate when the tender is in and until when they may be called",
                "brief",
                "accepted",
                5,
            ),
        ),
    ),
    (
        ("testimonial",),
        (
            (
                "prompts",
                "Send two or three prompts, or a draft to change",
                "produce",
                "accepted",
                1,
            ),
            (
                "approved",
                "The advocate has approved the exact text, and their company where it is named",
                "produce",
                "completed",
                10,
            ),
            ("link", "Send the advocate the link once it is out", "publish", "completed", 20),
        ),
    ),
    (
        ("video_clip",),
        (
            (
                "question",
                "Send the one question, with the tips for light and sound",
                "produce",
                "accepted",
                1,
            ),
            (
                "cut",
                "The advocate and their company have seen and approved the cut",
                "produce",
                "completed",
                10,
            ),
        ),
    ),
    (
        ("video_testimonial",),
        (
            (
                "questions",
                "Agree on three questions, and on what is not asked",
                "prepare",
                "booked",
                -5,
            ),
            ("rehearsal", "Go through it once for ten minutes, camera on", "run", "booked", -2),
            (
                "cut",
                "The advocate and their company have seen and approved the cut",
                "produce",
                "completed",
                10,
            ),
            ("link", "Send the advocate the link once it is out", "publish", "completed", 20),
        ),
    ),
    (
        ("review",),
        (
            (
                "link",
                "Send the link to the site; no words of ours, no reward",
                "run",
                "accepted",
                1,
            ),
            ("stuck", "Ask kindly, once, whether the site let them in", "run", "accepted", 7),
        ),
    ),
    (
        ("case_study",),
        (
            (
                "scope",
                "Agree what the story is about, and whom at their company it needs",
                "prepare",
                "accepted",
                3,
            ),
            (
                "guide",
                "Send the interview guide, and ask for the numbers beforehand",
                "produce",
                "booked",
                -3,
            ),
            ("draft", "The draft is with the advocate, numbers marked", "produce", "completed", 7),
            (
                "approved",
                "Advocate, press office and lawyers have approved the final text",
                "produce",
                "completed",
                15,
            ),
            ("link", "Send the advocate the link once it is out", "publish", "completed", 20),
        ),
    ),
    (
        ("guest_article",),
        (
            (
                "outline",
                "Agree on topic, reader and outline in half an hour",
                "prepare",
                "accepted",
                3,
            ),
            (
                "editor",
                "Offer an editor: they talk, somebody of ours writes it down",
                "produce",
                "accepted",
                5,
            ),
            (
                "approved",
                "The advocate has approved the exact text, and their company where it is named",
                "produce",
                "completed",
                10,
            ),
            ("link", "Send the advocate the link once it is out", "publish", "completed", 20),
        ),
    ),
    (
        ("logo_use",),
        (
            (
                "files",
                "Get the logo and the rules for it from their brand people",
                "produce",
                "accepted",
                5,
            ),
            ("show", "Show them where it stands before it goes live", "publish", "accepted", 10),
        ),
    ),
    (
        ("social_share",),
        (
            ("words", "Send the link with two sentences they may throw away", "run", "accepted", 1),
            ("answer", "Answer their post from ours", "publish", "completed", 1),
        ),
    ),
    (
        ("co_marketing",),
        (
            (
                "brief",
                "One page both sides sign: goal, pieces, dates, who pays, who approves",
                "prepare",
                "accepted",
                5,
            ),
            ("marketing", "Bring their marketing and ours together", "produce", "accepted", 7),
            (
                "approved",
                "The advocate has approved the exact text, and their company where it is named",
                "produce",
                "completed",
                10,
            ),
            ("numbers", "Share the numbers of it with them", "publish", "completed", 30),
        ),
    ),
    (
        ("speaking",),
        (
            (
                "employer",
                "Topic and abstract are approved by their employer",
                "prepare",
                "accepted",
                5,
            ),
            ("travel", "Travel and hotel are booked and sent in one mail", "run", "booked", -15),
            ("rehearsal", "First rehearsal, aloud and with a clock", "run", "booked", -10),
            ("slides", "Slides are final, approved, and a copy is with us", "run", "booked", -5),
            ("stage", "On the stage once: microphone, clicker, start", "run", "booked", 0),
            (
                "pictures",
                "Send them photos, numbers and the recording to use themselves",
                "publish",
                "completed",
                5,
            ),
        ),
    ),
    (
        ("customer_panel",),
        (
            (
                "employer",
                "Topic and abstract are approved by their employer",
                "prepare",
                "accepted",
                5,
            ),
            (
                "moderator",
                "Half an hour with the moderator: order, three points each, what is off limits",
                "run",
                "booked",
                -5,
            ),
            (
                "rehearsal",
                "Rehearsal with the real tool: sound, picture, screen",
                "run",
                "booked",
                -2,
            ),
            (
                "pictures",
                "Send them photos, numbers and the recording to use themselves",
                "publish",
                "completed",
                5,
            ),
        ),
    ),
    (
        ("event_attendance",),
        (
            ("place", "Their place is confirmed, with programme and way", "run", "booked", -5),
            (
                "meet",
                "Plan two people they should meet there, and introduce them",
                "prepare",
                "booked",
                -2,
            ),
            ("heard", "Ask what they took home", "prepare", "booked", 3),
        ),
    ),
    (
        ("referral",),
        (
            (
                "intro",
                "Offer a short text for the introduction, to change or throw away",
                "prepare",
                "accepted",
                1,
            ),
            (
                "reply",
                "Answer the introduction the same day, and take the advocate out of the thread",
                "referral",
                "completed",
                1,
            ),
            ("tell", "Tell the advocate how it went", "referral", "completed", 15),
        ),
    ),
    (
        ("advisory_board",),
        (
            (
                "dates",
                "All four dates of the term are in their calendar",
                "schedule",
                "accepted",
                10,
            ),
            (
                "reading",
                "Send what is to be read: ten pages at most, with the questions on the first",
                "prepare",
                "booked",
                -5,
            ),
            (
                "minutes",
                "Minutes with what we will do, what not, and by when",
                "feedback",
                "booked",
                5,
            ),
        ),
    ),
    (
        ("beta_test",),
        (
            ("access", "Access works, and they know what may break", "prepare", "accepted", 3),
            ("half-way", "Half-way call: what stopped them?", "run", "accepted", 10),
            (
                "written",
                "What they said is written down, in their words, with who looks at it",
                "run",
                "completed",
                2,
            ),
            (
                "answered",
                "They have heard what became of each point, also of what we will not do",
                "feedback",
                "completed",
                15,
            ),
        ),
    ),
    (
        ("product_feedback",),
        (
            (
                "written",
                "What they said is written down, in their words, with who looks at it",
                "run",
                "completed",
                2,
            ),
            (
                "answered",
                "They have heard what became of each point, also of what we will not do",
                "feedback",
                "completed",
                15,
            ),
        ),
    ),
    (
        ("survey",),
        (
            (
                "results",
                "Tell everybody who answered what came out and what changes",
                "run",
                "completed",
                20,
            ),
        ),
    ),
    (
        ("community_contribution",),
        (("seen", "Answer it in public, by name, from somebody who knows", "run", "completed", 1),),
    ),
    (
        ("community_leadership",),
        (
            (
                "contact",
                "They know whom to call, what we pay for, and when the term ends",
                "prepare",
                "accepted",
                5,
            ),
            ("quarter", "Talk after a quarter: is it still fun?", "prepare", "accepted", 60),
        ),
    ),
)
#: Kinds of activity, then each text: code, kind, title, text.
_TEXTS = (
    (
        (
            ("short_reference_call", 1),
            ("reference_call", 1),
            ("executive_reference_call", 1),
        ),
        "talking-points",
        "points",
        "Talking points for a reference call",
        """\
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
afraid to say it on our behalf.""",
    ),
    (
        (
            ("short_reference_call", 2),
            ("reference_call", 2),
            ("executive_reference_call", 2),
        ),
        "objections",
        "objections",
        "When the prospect pushes",
        """\
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
another talk." Tell us afterwards; we take care of the rest.""",
    ),
    (
        (("site_visit", 1),),
        "travel",
        "travel",
        "A visit at a customer's: what to arrange",
        """\
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
- What was promised is written down and has a name""",
    ),
    (
        (("testimonial", 1),),
        "prompts",
        "prompts",
        "Prompts for a testimonial",
        """\
Send two or three, not all. One good sentence is worth more than a page.

- What could you not do before, that you do now without thinking about it?
- Which number would you show your own boss?
- What surprised you?
- Whom would you tell not to buy it?
- Finish this sentence: "If they took it away tomorrow, …"

## If they would rather change a draft

Write it from what they **said**, not from what we would like to read. Mark every number. Keep their
words, also the clumsy ones; a testimonial that sounds like us convinces nobody.""",
    ),
    (
        (("video_clip", 1),),
        "prompts",
        "prompts",
        "A clip on their own phone",
        """\
Two minutes, held upright, on the phone they have.

- **Light** from the front: face the window
- **Sound**: close to the phone, a small room, no fan
- **Look** into the lens, at eye level; prop it on books
- **Wipe** the lens

## The one question

"What is different today because of it?" They may start over as often as they like, and send what
they like best. Nobody sees it before they have approved the cut.""",
    ),
    (
        (("video_testimonial", 1),),
        "interview",
        "interview",
        "Interview for a video",
        """\
Half an hour of talk becomes two minutes. Ask short, then wait; the best sentence comes after the
pause. Have them repeat the question in the answer.

## Warm up, not used

- How did you come to this job?
- What does a good day look like?

## The three

1. What was it like **before**, on a bad day?
2. What made you **decide**, and who had to be convinced?
3. What is **different** now? How do you notice it?

## Last

- What would you tell somebody who stands where you stood?
- Is there anything we should not use?

Say at the start that nothing goes out before they and their company have seen the cut.""",
    ),
    (
        (
            ("video_testimonial", 2),
            ("speaking", 5),
            ("customer_panel", 3),
        ),
        "recording",
        "recording",
        "Recording: test, day, upload",
        """\
## A day or two before

- The advocate has **agreed to the recording**, and it is on record
- Test on the same machine, in the same room, at the same time of day
- Picture: light from the front, camera at eye level
- Sound: a headset or a microphone; record ten seconds and listen
- Recording to the computer as well as to the cloud, if the tool can

## On the day

- Start ten minutes earlier, phones silent, notifications off
- Say aloud when the recording starts and when it ends
- Leave a second of silence before and after each answer

## After it

- Upload it within the days the set-up says; the activity reminds whoever runs it
- Check that it plays from the link, not only for you
- Delete the copies on laptops""",
    ),
    (
        (("review", 1),),
        "prompts",
        "prompts",
        "What may be said about reviews",
        """\
A review is worth something because nobody steers it.

## You may

- send the link, and say how long it takes
- say that critical words are as welcome as praise
- help when the site does not let them in

## You may not

- offer, promise or give anything for it
- ask for a number of stars
- suggest words, or read it beforehand
- ask only those of whom you expect praise""",
    ),
    (
        (("case_study", 1),),
        "interview",
        "interview",
        "Interview for a case study",
        """\
Thirty to sixty minutes. Send this beforehand, and ask for the numbers first: people are shy to
guess them on the spot.

## The company and the problem

- What do you do, for whom, with how many people?
- What was the problem, and what did it cost: hours, money, nerves?
- What had you tried?

## The decision

- What did you compare? What decided it?
- Who was against it, and why?

## On the way

- How long did it take, who did it?
- What went wrong, and how was it solved?

## The outcome

- Which **metric**, **before**, **after**, over which **period**?
- Who notices the difference in daily work?
- What was possible that you did not plan?

## To close

- What comes next?
- One sentence we may quote, with your name?
- Who at your company has to approve, and how long does that take?""",
    ),
    (
        (("case_study", 2),),
        "objections",
        "objections",
        "When a company hesitates",
        """\
| they say | what helps |
|---|---|
| "Legal will never allow it" | send the exact text and its place; offer to go without a name |
| "No numbers" | ranges, percentages or "from days to hours" instead of amounts |
| "Our competitors read this" | tell how it was done, not what comes next |
| "No time" | we write it from one talk; they read it once |
| "Ask us next year" | write down when and why, and do ask then |

A no is an answer. Offer something smaller (a quote without a name, a private call) once, and leave
it.""",
    ),
    (
        (("guest_article", 1),),
        "prompts",
        "prompts",
        "Finding the article",
        """\
An article under their name should help their career first and us second. We are named once, or not
at all.

- What do colleagues in other companies ask you about?
- What do you believe that most people in your field do not?
- What mistake would you like to spare others?
- What did you have to unlearn?

## A shape

1. The situation, in one scene
2. What everybody does, and why it is not enough
3. What you did, in three steps
4. What came of it, with a number
5. What a reader can do on Monday""",
    ),
    (
        (
            ("speaking", 1),
            ("customer_panel", 1),
        ),
        "talking-points",
        "points",
        "Talking points for a stage",
        """\
The audience comes for the speaker's work, not for our product. If we are in one sentence in ten, it
is a good talk.

- **One message**: what should somebody tell a colleague afterwards?
- **One scene**: a day on which it mattered
- **One number**, with where it comes from
- **One failure**, and what was learned
- **One thing** the audience can do tomorrow

For a panel: three points, not ten; a question of their own to the others; short answers.

## Clear beforehand

What may not be said (numbers, names, plans), whether it is recorded, who takes questions.""",
    ),
    (
        (("speaking", 2),),
        "slides",
        "slides",
        "Slides",
        """\
- Their template, or a plain one. Not ours, unless they ask for it
- Twelve slides for twenty minutes; one thought on each
- 28 points at least; readable from the last row and in black and white
- Pictures they own; names and customer data out
- Our name on the last slide at most

## What we offer

- somebody who makes the slides from their notes
- a look by our designer, two days
- a back-up on a stick and in our hands, a week before

Their company approves the slides before the event does.""",
    ),
    (
        (
            ("speaking", 3),
            ("customer_panel", 2),
        ),
        "rehearsal",
        "rehearsal",
        "Rehearsal",
        """\
Twice: once for the words, once for the stage.

1. **Two weeks before**, half an hour, by video. Aloud, with a clock. Say what worked first; then
   one thing to change, not five.
2. **On the spot**, or with the same tool: microphone, clicker, where to stand, how it begins.

## Questions they will get

Write down the five hardest and talk them through. "I do not know, I will find out" is an answer.

## For the nerves

The first two sentences by heart. Water. Somebody they know in the first row: us.""",
    ),
    (
        (
            ("speaking", 4),
            ("event_attendance", 1),
        ),
        "travel",
        "travel",
        "Travel",
        """\
They give time; everything else is ours, within what their employer allows.

- Ask **what may be paid**: some may accept a ticket and no dinner
- Train or flight, hotel near the venue, both booked by us and sent in one mail
- Arrival the evening before when it begins before noon
- A name and number to call, day and night
- From the station to the stage: who meets them, where
- Badge, speaker's room, food they can eat
- Costs of their own: paid back within two weeks, without a form of four pages""",
    ),
    (
        (("referral", 1),),
        "prompts",
        "prompts",
        "A text for an introduction",
        """\
> Hello …, we talked about …. We had the same trouble, and the people in copy
> helped us out of it. They know more than I do. No obligation on either side.

- They ask their contact first; nobody is introduced by surprise
- They say **why them**, in one sentence
- From there it is ours: the advocate need not follow up, and is told how it went""",
    ),
    (
        (
            ("advisory_board", 1),
            ("beta_test", 1),
            ("product_feedback", 1),
        ),
        "interview",
        "interview",
        "Guide for a feedback talk",
        """\
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

Say at the end what happens with it and by when they hear from us, and keep that.""",
    ),
)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_STEP_ROWS = ",\n".join(
    f"({_quoted(kind)}, {position}, {_quoted(code)}, {_quoted(text)}, {_quoted(step)},"
    f" {_quoted(anchor)}, {days})"
    for kinds, steps in _STEPS
    for kind in kinds
    for position, (code, text, step, anchor, days) in enumerate(steps, start=1)
)
_TEXT_ROWS = ",\n".join(
    f"({_quoted(of)}, {position}, {_quoted(code)}, {_quoted(kind)}, {_quoted(title)},"
    f" {_quoted(body)})"
    for kinds, code, kind, title, body in _TEXTS
    for of, position in kinds
)
_ADD_STEPS = """
INSERT INTO activities_playbookstep
       (id, tenant_id, activity_type_id, state, position, code, text, step, anchor, days)
SELECT gen_random_uuid(), kind.tenant_id, kind.id, 'in_use', usual.position, usual.code, usual.text,
       usual.step, usual.anchor, usual.days
  FROM advocates_activitytype kind
  JOIN (VALUES %(usual)s) AS usual (kind, position, code, text, step, anchor, days)
    ON usual.kind = kind.code
ON CONFLICT (tenant_id, activity_type_id, code) WHERE code <> '' DO NOTHING
""".replace("%(usual)s", _STEP_ROWS)
_ADD_TEXTS = """
INSERT INTO activities_playbooktext
       (id, tenant_id, activity_type_id, state, position, code, kind, title, body)
SELECT gen_random_uuid(), kind.tenant_id, kind.id, 'in_use', usual.position, usual.code, usual.kind,
       usual.title, usual.body
  FROM advocates_activitytype kind
  JOIN (VALUES %(usual)s) AS usual (of, position, code, kind, title, body)
    ON usual.of = kind.code
ON CONFLICT (tenant_id, activity_type_id, code) WHERE code <> '' DO NOTHING
""".replace("%(usual)s", _TEXT_ROWS)


class Migration(migrations.Migration):
    dependencies = [("activities", "0005_playbooks")]
    operations = [
        migrations.RunSQL(_ADD_STEPS, migrations.RunSQL.noop),
        migrations.RunSQL(_ADD_TEXTS, migrations.RunSQL.noop),
    ]
