"""Kinds of activity in which an advocate tells others: references, stories, stages (CAT-1)."""

from django.utils.translation import gettext_lazy as _

from advocates.people.choices import Comfort, Importance
from advocates.program.catalogue.choices import Effort, Rewards, TierCredit
from advocates.program.catalogue.type_seed import (
    ADVOCATE,
    EMPLOYER,
    EMPLOYER_IF_POLICY,
    LEGAL,
    PR,
    PR_IF_NAMED,
    TypeSeed,
)

SPEAKING_UP: tuple[TypeSeed, ...] = (
    TypeSeed(
        "short_reference_call",
        _("Short reference call"),
        _(
            "A quarter of an hour on the phone with one prospect who has a question or two. You "
            "get them beforehand; nothing is recorded."
        ),
        Importance.MUST,
        Effort.LOW,
        (15, 20),
        1,
        TierCredit.YES,
        is_reference=True,
        needs_comfort=(Comfort.PRIVATE_CALL,),
        gives_back=_(
            "A few minutes with a peer who is where you once were, and who will remember it. You "
            "hear what they decided."
        ),
    ),
    TypeSeed(
        "reference_call",
        _("Reference call"),
        _(
            "A private call with one prospect who has questions like the ones you once had. You "
            "get their questions beforehand; nothing is recorded."
        ),
        Importance.MUST,
        Effort.MODERATE,
        (30, 45),
        1,
        TierCredit.YES,
        is_reference=True,
        needs_comfort=(Comfort.PRIVATE_CALL,),
        gives_back=_(
            "You compare notes with a peer who is where you once were, and you may ask them as "
            "much as they ask you. You hear what they decided."
        ),
    ),
    TypeSeed(
        "executive_reference_call",
        _("Executive reference call"),
        _(
            "A private conversation between you and a prospect's executive about the decision, "
            "its risks and what came of it. You get their questions beforehand."
        ),
        Importance.MUST,
        Effort.HIGH,
        (60, 90),
        1,
        TierCredit.YES,
        is_reference=True,
        needs_comfort=(Comfort.PRIVATE_CALL,),
        gives_back=_(
            "A conversation among equals with an executive who faces the decision you made, and "
            "a contact that is yours to keep. You hear what they decided."
        ),
    ),
    TypeSeed(
        "testimonial",
        _("Testimonial"),
        _(
            "A few honest sentences about one topic, in your own words or edited from a draft. "
            "Nothing is published before you have approved the exact text."
        ),
        Importance.MUST,
        Effort.LOW,
        (15, 30),
        1,
        TierCredit.YES,
        per_year=3,
        per_detail_per_year=1,
        needs_comfort=(Comfort.WRITTEN_QUOTE,),
        default_approvals=(ADVOCATE, PR_IF_NAMED),
        produces="quote",
        gives_back=_(
            "Your result becomes visible under your name, in words you approved, and you may "
            "use them yourself."
        ),
    ),
    TypeSeed(
        "video_clip",
        _("Video clip"),
        _(
            "Half a minute recorded on your own phone or computer, whenever it suits you. You see "
            "the clip before anybody else does."
        ),
        Importance.NICE,
        Effort.LOW,
        (5, 5),
        0,
        TierCredit.NO,
        per_year=2,
        needs_comfort=(Comfort.RECORDED_VIDEO,),
        default_approvals=(ADVOCATE,),
        produces="video",
        gives_back=_("You get the finished clip, to use it yourself wherever you like."),
    ),
    TypeSeed(
        "video_testimonial",
        _("Video testimonial"),
        _(
            "A short recorded interview with questions you know beforehand. It is cut for you, "
            "and you approve the final version."
        ),
        Importance.IMPORTANT,
        Effort.MODERATE,
        (30, 30),
        1,
        TierCredit.YES,
        per_year=1,
        needs_comfort=(Comfort.RECORDED_VIDEO,),
        default_approvals=(ADVOCATE, PR),
        produces="video",
        gives_back=_("You get the finished film, to use it yourself wherever you like."),
    ),
    TypeSeed(
        "review",
        _("Review"),
        _(
            "Your honest review on an independent site, good or bad; a rating alone takes five to "
            "ten minutes. A review is never rewarded."
        ),
        Importance.MUST,
        Effort.LOW,
        (20, 30),
        1,
        TierCredit.NO,
        rewards=Rewards.NEVER,
        per_detail_per_year=1,
        produces="link",
    ),
    TypeSeed(
        "case_study",
        _("Case study"),
        _(
            "An interview of thirty to sixty minutes, then your corrections to the written story, "
            "and the approvals your company needs."
        ),
        Importance.IMPORTANT,
        Effort.HIGH,
        (120, 240),
        1,
        TierCredit.YES,
        per_year=1,
        warn_gap_days=730,
        needs_comfort=(Comfort.WRITTEN_QUOTE, Comfort.LOGO),
        default_approvals=(ADVOCATE, LEGAL, PR),
        produces="document",
        gives_back=_(
            "Your team's result is written up properly and made visible, with your names on it "
            "if you like, and you may use the text yourself."
        ),
    ),
    TypeSeed(
        "referral",
        _("Referral"),
        _(
            "You introduce somebody who may have the same need. You see what became of it at any "
            "time."
        ),
        Importance.IMPORTANT,
        Effort.MODERATE,
        (15, 30),
        0,
        TierCredit.QUALIFIED,
        rewards=Rewards.TENANT,
        produces="referral",
        gives_back=_(
            "Somebody you know gets help from people you trust, and you hear how it went."
        ),
    ),
    TypeSeed(
        "speaking",
        _("Speaking"),
        _(
            "You tell your story on a stage, yours or ours. We help with slides, rehearsal and "
            "travel."
        ),
        Importance.IMPORTANT,
        Effort.HIGH,
        (120, 480),
        1,
        TierCredit.YES,
        per_year=4,
        needs_comfort=(Comfort.PUBLIC_STAGE,),
        default_approvals=(EMPLOYER,),
        produces="recording",
        gives_back=_(
            "A stage for your own story, help with the talk if you want it, and an audience of "
            "people with your questions."
        ),
    ),
    TypeSeed(
        "customer_panel",
        _("Customer panel"),
        _(
            "You answer questions in a webinar, a podcast or an interview with the press, usually "
            "with others. You know the questions beforehand."
        ),
        Importance.IMPORTANT,
        Effort.MODERATE,
        (60, 120),
        1,
        TierCredit.YES,
        per_year=4,
        needs_comfort=(Comfort.PUBLIC_STAGE,),
        default_approvals=(EMPLOYER_IF_POLICY,),
        produces="recording",
        gives_back=_(
            "You meet peers from other companies on and around the panel, and your view is heard."
        ),
    ),
    TypeSeed(
        "guest_article",
        _("Guest article"),
        _(
            "An article under your name about something you know well. We can draft it from a "
            "conversation; you decide what is printed."
        ),
        Importance.IMPORTANT,
        Effort.MODERATE,
        (120, 120),
        1,
        TierCredit.YES,
        per_year=2,
        needs_comfort=(Comfort.WRITTEN_QUOTE,),
        default_approvals=(ADVOCATE,),
        produces="document",
        gives_back=_("Your expertise in print under your own name, with an editor's help."),
    ),
    TypeSeed(
        "site_visit",
        _("Site visit"),
        _("A prospect visits you and sees how you work. We prepare the agenda with you."),
        Importance.NICE,
        Effort.HIGH,
        (120, 240),
        1,
        TierCredit.YES,
        per_year=2,
        needs_comfort=(Comfort.PRIVATE_CALL,),
        default_approvals=(EMPLOYER,),
        gives_back=_(
            "You show what your team has built to people who can appreciate it, and hear how "
            "they work."
        ),
    ),
)
