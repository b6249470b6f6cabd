"""Tenants from before read how each kind of activity goes, step by step (CAT-1). What somebody wrote
stays; running it again changes nothing.
"""

from django.db import migrations

_STEPS = {
    "short_reference_call": (
        "You say whether it suits you, and when. A no is fine.",
        "You get the questions and learn who will be on the call.",
        "You talk, just the two sides. Nothing is recorded, and you answer only what you like.",
        "We thank you, and tell you what they decided.",
    ),
    "reference_call": (
        "You say whether it suits you, and when. A no is fine.",
        "You get the questions in writing, and a short call with us beforehand if you want one.",
        "You talk, just the two sides. Nothing is recorded, and you answer only what you like.",
        "We thank you, and tell you what they decided.",
    ),
    "executive_reference_call": (
        "You say whether it suits you, and when. A no is fine.",
        "We talk for a quarter of an hour: who they are, what they decide, what is off limits.",
        "You talk, just the two sides. Nothing is recorded, and you answer only what you like.",
        "We thank you, and tell you what they decided.",
    ),
    "testimonial": (
        "You tell us in a few lines or on the phone what changed for you.",
        "We write a draft; you change every word you like.",
        "You approve the exact text, and your company does if it is named.",
        "It is published, and you get the link.",
    ),
    "video_clip": (
        "You get one question and a tip or two for light and sound.",
        "You record two or three minutes on your phone and send them.",
        "You see the cut and approve it before anybody else sees it.",
    ),
    "video_testimonial": (
        "We agree on three questions and a time.",
        "We record a talk of half an hour, by video or at your place.",
        "You see the cut, and you and your company approve it.",
        "It is published, and the film is yours to use.",
    ),
    "review": (
        "You get a link to the site; we neither see nor change what you write.",
        "You sign in there and answer its questions, in your own words, good and bad.",
        "The site checks that you are a customer and publishes it.",
    ),
    "case_study": (
        "We agree what the story is about and whom at your company it needs.",
        "We interview you for half an hour to an hour.",
        "You get the draft and correct it, numbers first.",
        "You, your press office and your lawyers approve the final text.",
        "It is published, and you get it to use yourself.",
    ),
    "referral": (
        "You think of somebody who has the problem you had.",
        "You ask them whether an introduction would be welcome.",
        "You introduce us in a short mail; the rest is ours.",
        "We tell you how it went, and thank you.",
    ),
    "speaking": (
        "We agree on the event, the topic and the length.",
        "Your employer says yes, where that is needed.",
        "You prepare; we help with slides and a rehearsal if you like.",
        "You speak. Travel and stay are arranged for you.",
        "You get the recording, where there is one.",
    ),
    "customer_panel": (
        "You learn the topic, the others on the panel and the questions.",
        "We meet for a quarter of an hour to get to know each other.",
        "You take part, in the room or by video.",
        "You approve the recording where one is published.",
    ),
    "guest_article": (
        "We agree on a topic and where it will appear.",
        "You write, or talk and we write it down.",
        "An editor helps; you approve the final text.",
        "It appears under your name.",
    ),
    "site_visit": (
        "We agree on a day, who comes, and what they may see.",
        "Your employer says yes.",
        "The guests come; you show and tell, we keep the time.",
        "We thank you and your colleagues, and tell you what came of it.",
    ),
    "reference_list": (
        "You and your employer agree to be named.",
        "We name your company in a tender, and tell you in which.",
        "Should somebody want to call, we ask you first, each time.",
    ),
    "logo_use": (
        "You tell us who at your company decides about the logo, or say yes yourself.",
        "You send the logo and what must be observed.",
        "We show you where it stands. You can take the permission back at any time.",
    ),
    "event_attendance": (
        "You get the invitation with program and guests.",
        "You say yes, and we arrange the ticket.",
        "You come, listen, and meet whom you like.",
    ),
    "advisory_board": (
        "You learn who sits on the board and what it is asked for, and agree to twelve months.",
        "Each quarter you get something to read, a week ahead.",
        "You meet for two to three hours and say what you think.",
        "You hear what became of your advice.",
    ),
    "beta_test": (
        "You learn what is new, what may break, and how long it lasts.",
        "We set it up beside what you work with.",
        "You use it and tell us what you find, in a few short talks.",
        "You hear what was changed because of you.",
    ),
    "community_contribution": (
        "You see a question that you know the answer to.",
        "You write a few lines, under your own name.",
    ),
    "community_leadership": (
        "We agree what you lead: a group, a topic, moderation, and for how long.",
        "You get what you need for it, and somebody of ours to call.",
        "You plan, invite and moderate, a few hours a month.",
        "After a year you decide whether you go on.",
    ),
    "product_feedback": (
        "You learn what it is about and what you need to look at.",
        "We talk for a quarter of an hour to half an hour, or you write.",
        "You hear what was decided, also where it was not what you wished for.",
    ),
    "social_share": (
        "You get the link and two lines as a suggestion.",
        "You post it in your own words, if you like it.",
    ),
    "survey": (
        "You get a link; the questions fit on a phone.",
        "You answer what you like and leave out the rest.",
        "You hear what came out of it.",
    ),
    "co_marketing": (
        "We agree on the message, the audience and who does what.",
        "Lawyers and press offices of both sides say yes.",
        "We produce it together; you approve what bears your name.",
        "It runs, and you get the numbers.",
    ),
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_VALUES = ",\n".join(
    f"({_quoted(code)}, {_quoted(chr(10).join(steps))})" for code, steps in _STEPS.items()
)
_SAY_HOW_IT_GOES = """
UPDATE advocates_activitytype kind
   SET steps = usual.text
  FROM (VALUES %(usual)s) AS usual (code, text)
 WHERE kind.code = usual.code AND kind.steps = ''
""".replace("%(usual)s", _VALUES)


class Migration(migrations.Migration):
    dependencies = [("advocates", "0031_set_up_and_pilot")]
    operations = [migrations.RunSQL(_SAY_HOW_IT_GOES, migrations.RunSQL.noop)]
