"""The starting texts for sales (ENB-1)."""

from django.utils.translation import gettext_lazy as _

REQUESTING = _("""\
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
called directly is a customer we cannot protect.
""")

BRIEFING = _("""\
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
product whether it happened, and how it went. The advocate is thanked within a day because of that.
""")

GIVING_BACK = _("""\
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
person. There is almost always one who has not been asked this year.
""")
