"""Tenants from before get the texts for colleagues (ENB-1). What is there stays; running it again
changes nothing.
"""

from django.db import migrations

_TEXTS = (
    (
        "spotting",
        "csm",
        "Spotting an advocate",
        1,
        """\
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
somebody who joined last month. When in doubt, record what you heard and wait for the second time.""",
    ),
    (
        "candidate",
        "csm",
        "What makes a good candidate",
        2,
        """\
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
asked twice lately. The product will not let you ask too often, but it cannot hear a tone of voice.""",
    ),
    (
        "approach",
        "csm",
        "How to approach somebody",
        3,
        """\
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
- say "it will only take a minute" when it takes thirty""",
    ),
    (
        "hesitation",
        "csm",
        "Handling hesitation and objections",
        4,
        """\
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
was easy is the reason for a later yes.""",
    ),
    (
        "requesting",
        "sales",
        "When and how to ask for a reference",
        5,
        """\
A reference is the strongest thing you can show, and the scarcest. Each one is a customer's hour.
Ask when it decides something, and the right person will be there.

## When

- **Ask** when the prospect has a concrete doubt that only somebody like them can settle, and the
  deal is past its first half.
- **Wait** when a quote, a case study or a review answers it. Look at what we have first; it costs
  nobody anything, and you have it today.
- **Do not ask** to warm a cold lead, or because a form has a box for references. For a tender, ask
  to be named, not called.

## How

1. Choose the deal; the rest fills itself in.
2. Write **what they want to know**, in their words. Three good questions find a better match than
   an industry does.
3. Say **who is on the call**: function and level. A CFO wants a CFO.
4. Give a **real date**. Rush is possible with a reason, and tires everybody.
5. Say what it **may be used for**. A call is not a quote.

## What happens then

The program answers within the promised hours. You see where it stands, never who else was asked.
You learn the name when the advocate has said yes. Please do not go around it: a customer who is
called directly is a customer we cannot protect.""",
    ),
    (
        "briefing",
        "sales",
        "Briefing a prospect",
        6,
        """\
The call is the advocate's gift. Ten minutes with your prospect beforehand make it a good one.

## Tell the prospect

- **Who it is**: name, role, company, how long they have been a customer, and what they achieved.
- **What it is**: a private talk among peers. Nothing is recorded, nothing is quoted.
- **What to ask**: the questions they gave us; the advocate has them already.
- **What to leave out**: prices, contract terms, security details, and other vendors' secrets.
- **How long**: the time that was agreed. End on time; the advocate will not.

## And yourself

- You **introduce, then leave**, unless both want you there. People speak freely without the
  seller.
- No slides, no surprise guests. Who joins stands in the invitation.
- If it has to be moved, say so as early as you can, and give new times yourself.

## Right after it

Ask the prospect one question: "What did you learn that you did not expect?" Then say in the
product whether it happened, and how it went. The advocate is thanked within a day because of that.""",
    ),
    (
        "giving-back",
        "sales",
        "What to give back",
        7,
        """\
Who helped you is owed three things, and two of them cost nothing.

## Say what came of it

The question every advocate has is: *did it help?* Record the outcome of the deal, won or lost, in
the week it is known. They hear it from us, and a lost deal told honestly earns the next call.

## Say thank you, as yourself

One line about what their call changed: "After you, they stopped asking about the migration." Add
it to the thank-you; it goes out with the program's. It is not the length.

## Keep what was promised

If you said they would meet our product lead, see that it happens. If you offered an introduction,
make it. A broken small promise weighs more than a gift.

## What not to give

- nothing for a **review**, not even a coffee voucher
- nothing that their employer forbids; the account's page says what is allowed
- no discount for a reference: it makes their word worth less, to everybody

## And leave them alone for a while

The product keeps the rest days. Should the prospect want "just one more call", ask for another
person. There is almost always one who has not been asked this year.""",
    ),
)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_VALUES = ",\n".join(
    f"({_quoted(code)}, {_quoted(audience)}, {_quoted(title)}, {position}, {_quoted(body)})"
    for code, audience, title, position, body in _TEXTS
)
_ADD = """
INSERT INTO advocates_material
       (id, tenant_id, audience, title, body, code, version, position, changed_at)
SELECT gen_random_uuid(), tenant.id, usual.audience, usual.title, usual.body, usual.code, 1,
       usual.position, clock()
  FROM tenancy_tenant tenant
 CROSS JOIN (VALUES %(usual)s) AS usual (code, audience, title, position, body)
ON CONFLICT (tenant_id, code) WHERE code <> '' DO NOTHING
""".replace("%(usual)s", _VALUES)


class Migration(migrations.Migration):
    dependencies = [("advocates", "0033_enablement")]
    operations = [migrations.RunSQL(_ADD, migrations.RunSQL.noop)]
