"""Guides and prompts for what is written or filmed."""

from django.utils.translation import gettext_lazy as _

PROMPTS = _("""\
Send two or three, not all. One good sentence is worth more than a page.

- What could you not do before, that you do now without thinking about it?
- Which number would you show your own boss?
- What surprised you?
- Whom would you tell not to buy it?
- Finish this sentence: "If they took it away tomorrow, …"

## If they would rather change a draft

Write it from what they **said**, not from what we would like to read. Mark every number. Keep their
words, also the clumsy ones; a testimonial that sounds like us convinces nobody.
""")

CLIP = _("""\
Two minutes, held upright, on the phone they have.

- **Light** from the front: face the window
- **Sound**: close to the phone, a small room, no fan
- **Look** into the lens, at eye level; prop it on books
- **Wipe** the lens

## The one question

"What is different today because of it?" They may start over as often as they like, and send what
they like best. Nobody sees it before they have approved the cut.
""")

VIDEO = _("""\
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

Say at the start that nothing goes out before they and their company have seen the cut.
""")

CASE = _("""\
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
- Who at your company has to approve, and how long does that take?
""")

HESITATES = _("""\
| they say | what helps |
|---|---|
| "Legal will never allow it" | send the exact text and its place; offer to go without a name |
| "No numbers" | ranges, percentages or "from days to hours" instead of amounts |
| "Our competitors read this" | tell how it was done, not what comes next |
| "No time" | we write it from one talk; they read it once |
| "Ask us next year" | write down when and why, and do ask then |

A no is an answer. Offer something smaller (a quote without a name, a private call) once, and leave
it.
""")

ARTICLE = _("""\
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
5. What a reader can do on Monday
""")

REVIEW = _("""\
A review is worth something because nobody steers it.

## You may

- send the link, and say how long it takes
- say that critical words are as welcome as praise
- help when the site does not let them in

## You may not

- offer, promise or give anything for it
- ask for a number of stars
- suggest words, or read it beforehand
- ask only those of whom you expect praise
""")

RECORDING = _("""\
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
- Delete the copies on laptops
""")
