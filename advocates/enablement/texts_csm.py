"""The starting texts for customer success (ENB-1)."""

from django.utils.translation import gettext_lazy as _

SPOTTING = _("""\
You hear it before any score does. An advocate is somebody who already speaks well of us, and whose
word counts with people like them. Most never offer; they are waiting for somebody to notice.

## What to listen for

- **A number.** "We used to need three days, now it is an afternoon." Write it down while you hear
  it: what, before, after, since when.
- **A peer.** They told a colleague in another company, or brought somebody along to a session.
- **Pride.** They show their own people what they built, or ask whether they may present it.
- **Patience with us.** Something broke, they told us clearly, and stayed fair.
- **A question ahead.** They ask what is coming, because they plan to be here.

## Where to look

1. The last business review: who spoke about results, not about features?
2. Support: who answers other customers' questions?
3. Renewals and expansions of the last months: who argued for us inside?
4. Reviews and posts that nobody asked for. Record them under *Signals*.

## What it is not

The loudest user is not always the one a prospect wants to hear. Neither is a high score from
somebody who joined last month. When in doubt, record what you heard and wait for the second time.
""")

CANDIDATE = _("""\
A good candidate has a result, a reason to share it, and room to do so. Missing one of the three is
no "no". It is what you work on next.

## The three things

| | good | not yet |
|---|---|---|
| **Result** | a change they can name, for some months | "it is fine", or a rollout just begun |
| **Reason** | a story that helps their own career, team or company | a favour to you |
| **Room** | their company allows it, nothing is on fire | an escalation, a merger, a new boss |

## Before you nominate

- Is the account healthy, and does its owner know? Nobody likes to learn it from a prospect.
- Have you spoken with them in the last weeks **without asking for anything**?
- Would a stranger in the same job learn something from them? That counts more than a title.
- What would *they* like to get out of it? Write it into the nomination; it is what the invitation
  will say.

## Leave it for now

Ongoing complaints, a contract in dispute, somebody whose employer forbids it, or somebody who was
asked twice lately. The product will not let you ask too often, but it cannot hear a tone of voice.
""")

APPROACH = _("""\
Ask as a person, about something real, and make a no easy. You are not collecting a favour; you
offer somebody a stage for work they are proud of.

## In this order

1. **Say what you saw.** "You cut onboarding from nine days to two. I have not seen that anywhere
   else."
2. **Say why them.** One sentence nobody else could have received.
3. **Say what is involved.** The smallest honest version: fifteen minutes, one prospect, questions
   beforehand, nothing recorded.
4. **Say what is in it for them**, if it is true: peers, visibility, an ear in the product team.
5. **Leave the door open.** "A no changes nothing between us. Would you rather think about it?"

Then stop talking.

## First steps that fit

Begin at the bottom of the ladder: a short reference call, a quote of two sentences, a word about
a new feature. Who enjoyed the first step tells you so.

## Please do not

- ask in the same call in which you discuss a renewal, a price or an incident
- promise a gift for a review, ever
- ask several people of one company at once
- say "it will only take a minute" when it takes thirty
""")

HESITATION = _("""\
Hesitation is information. Most of it is about time, permission or being exposed, and each has an
honest answer. Where it has none, thank them and note it, so that nobody asks again next week.

## What they say, and what helps

**"I have no time."**
Offer the smaller thing, or a later month. *Later* is an answer the product understands: it comes
back by itself.

**"I am not sure I may."**
Offer to ask: a short mail to their press office with the exact text or the exact questions. Until
there is a yes, nothing is published, and nobody hears their name.

**"We are not where we want to be."**
Good. Prospects believe people who say what was hard. Ask whether they would talk about the way
there.

**"I do not want to be called all the time."**
Nobody is: they choose what and how often, there is a yearly limit, and there are weeks between two
asks. Show them the page where they set it.

**"What do I get?"**
Tell them what is true: peers to compare notes with, a voice in what is built, their result made
visible. Never money for an opinion.

**"Last time I never heard what came of it."**
Apologise, find out, tell them. Do not ask for anything in that conversation.

## When it is a no

Say thank you, write down the reason they gave, and change nothing in how you treat them. A no that
was easy is the reason for a later yes.
""")
