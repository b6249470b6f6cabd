"""How each kind of activity goes, step by step, as its page tells the advocate (CAT-1)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_CALL = (
    _("You say whether it suits you, and when. A no is fine."),
    _("You get the questions and learn who will be on the call."),
    _("You talk, just the two sides. Nothing is recorded, and you answer only what you like."),
    _("We thank you, and tell you what they decided."),
)

GOING: Mapping[str, tuple[str | Promise, ...]] = {
    "short_reference_call": _CALL,
    "reference_call": (
        _CALL[0],
        _("You get the questions in writing, and a short call with us beforehand if you want one."),
        *_CALL[2:],
    ),
    "executive_reference_call": (
        _CALL[0],
        _("We talk for a quarter of an hour: who they are, what they decide, what is off limits."),
        *_CALL[2:],
    ),
    "testimonial": (
        _("You tell us in a few lines or on the phone what changed for you."),
        _("We write a draft; you change every word you like."),
        _("You approve the exact text, and your company does if it is named."),
        _("It is published, and you get the link."),
    ),
    "video_clip": (
        _("You get one question and a tip or two for light and sound."),
        _("You record two or three minutes on your phone and send them."),
        _("You see the cut and approve it before anybody else sees it."),
    ),
    "video_testimonial": (
        _("We agree on three questions and a time."),
        _("We record a talk of half an hour, by video or at your place."),
        _("You see the cut, and you and your company approve it."),
        _("It is published, and the film is yours to use."),
    ),
    "review": (
        _("You get a link to the site; we neither see nor change what you write."),
        _("You sign in there and answer its questions, in your own words, good and bad."),
        _("The site checks that you are a customer and publishes it."),
    ),
    "case_study": (
        _("We agree what the story is about and whom at your company it needs."),
        _("We interview you for half an hour to an hour."),
        _("You get the draft and correct it, numbers first."),
        _("You, your press office and your lawyers approve the final text."),
        _("It is published, and you get it to use yourself."),
    ),
    "referral": (
        _("You think of somebody who has the problem you had."),
        _("You ask them whether an introduction would be welcome."),
        _("You introduce us in a short mail; the rest is ours."),
        _("We tell you how it went, and thank you."),
    ),
    "speaking": (
        _("We agree on the event, the topic and the length."),
        _("Your employer says yes, where that is needed."),
        _("You prepare; we help with slides and a rehearsal if you like."),
        _("You speak. Travel and stay are arranged for you."),
        _("You get the recording, where there is one."),
    ),
    "customer_panel": (
        _("You learn the topic, the others on the panel and the questions."),
        _("We meet for a quarter of an hour to get to know each other."),
        _("You take part, in the room or by video."),
        _("You approve the recording where one is published."),
    ),
    "guest_article": (
        _("We agree on a topic and where it will appear."),
        _("You write, or talk and we write it down."),
        _("An editor helps; you approve the final text."),
        _("It appears under your name."),
    ),
    "site_visit": (
        _("We agree on a day, who comes, and what they may see."),
        _("Your employer says yes."),
        _("The guests come; you show and tell, we keep the time."),
        _("We thank you and your colleagues, and tell you what came of it."),
    ),
    "reference_list": (
        _("You and your employer agree to be named."),
        _("We name your company in a tender, and tell you in which."),
        _("Should somebody want to call, we ask you first, each time."),
    ),
    "logo_use": (
        _("You tell us who at your company decides about the logo, or say yes yourself."),
        _("You send the logo and what must be observed."),
        _("We show you where it stands. You can take the permission back at any time."),
    ),
    "event_attendance": (
        _("You get the invitation with program and guests."),
        _("You say yes, and we arrange the ticket."),
        _("You come, listen, and meet whom you like."),
    ),
    "advisory_board": (
        _("You learn who sits on the board and what it is asked for, and agree to twelve months."),
        _("Each quarter you get something to read, a week ahead."),
        _("You meet for two to three hours and say what you think."),
        _("You hear what became of your advice."),
    ),
    "beta_test": (
        _("You learn what is new, what may break, and how long it lasts."),
        _("We set it up beside what you work with."),
        _("You use it and tell us what you find, in a few short talks."),
        _("You hear what was changed because of you."),
    ),
    "community_contribution": (
        _("You see a question that you know the answer to."),
        _("You write a few lines, under your own name."),
    ),
    "community_leadership": (
        _("We agree what you lead: a group, a topic, moderation, and for how long."),
        _("You get what you need for it, and somebody of ours to call."),
        _("You plan, invite and moderate, a few hours a month."),
        _("After a year you decide whether you go on."),
    ),
    "product_feedback": (
        _("You learn what it is about and what you need to look at."),
        _("We talk for a quarter of an hour to half an hour, or you write."),
        _("You hear what was decided, also where it was not what you wished for."),
    ),
    "social_share": (
        _("You get the link and two lines as a suggestion."),
        _("You post it in your own words, if you like it."),
    ),
    "survey": (
        _("You get a link; the questions fit on a phone."),
        _("You answer what you like and leave out the rest."),
        _("You hear what came out of it."),
    ),
    "co_marketing": (
        _("We agree on the message, the audience and who does what."),
        _("Lawyers and press offices of both sides say yes."),
        _("We produce it together; you approve what bears your name."),
        _("It runs, and you get the numbers."),
    ),
}


def going_of(code: str) -> str:
    """The steps of a type in the language of the moment, one a line."""
    return "\n".join(str(step) for step in GOING.get(code, ()))
