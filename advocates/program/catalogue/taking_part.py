"""Kinds of activity in which an advocate lends a name, joins in or says what they think (CAT-1)."""

from django.utils.translation import gettext_lazy as _

from advocates.people.choices import Comfort, Importance
from advocates.program.catalogue.choices import Effort, Reach, TierCredit
from advocates.program.catalogue.type_seed import EMPLOYER, LEGAL, TypeSeed

TAKING_PART: tuple[TypeSeed, ...] = (
    TypeSeed(
        "reference_list",
        _("Reference list"),
        _(
            "Your company is named as a reference in a tender. Often nobody calls; it counts only "
            "when somebody does."
        ),
        Importance.NICE,
        Effort.LOW,
        (15, 15),
        1,
        TierCredit.CALLED,
        at_once=3,
        needs_comfort=(Comfort.LOGO,),
        default_approvals=(EMPLOYER,),
        gives_back=_(
            "You decide each time anew whether you are asked, and you are known to be worth asking."
        ),
    ),
    TypeSeed(
        "logo_use",
        _("Logo use"),
        _("We may show your company's logo as a customer, until you take the permission back."),
        Importance.IMPORTANT,
        Effort.LOW,
        (10, 10),
        0,
        TierCredit.NO,
        at_once=1,
        needs_comfort=(Comfort.LOGO,),
        default_approvals=(EMPLOYER,),
        produces="logo",
        gives_back=_("Your company is seen among others that do this well."),
    ),
    TypeSeed(
        "event_attendance",
        _("Event attendance"),
        _("You come to one of our events and meet other customers and guests."),
        Importance.NICE,
        Effort.LOW,
        (60, 1440),
        0,
        TierCredit.NO,
        per_year=4,
        gives_back=_("You meet peers, and the people who build what you use."),
        reach=Reach.REGIONAL,
    ),
    TypeSeed(
        "advisory_board",
        _("Advisory board"),
        _(
            "A seat for twelve months with a session of two to three hours each quarter. You hear "
            "what became of your advice."
        ),
        Importance.NICE,
        Effort.HIGH,
        (480, 720),
        2,
        TierCredit.TERM,
        at_once=1,
        produces="feedback",
        gives_back=_(
            "Your word counts where the direction is decided, among peers whom you would not "
            "meet otherwise."
        ),
    ),
    TypeSeed(
        "beta_test",
        _("Beta test"),
        _("You try something new before it is released and tell us what works and what does not."),
        Importance.NICE,
        Effort.MODERATE,
        (60, 240),
        1,
        TierCredit.YES,
        at_once=2,
        produces="feedback",
        gives_back=_("You see what is coming before others do, and can still change it."),
    ),
    TypeSeed(
        "community_contribution",
        _("Community contribution"),
        _("You answer a question, share a tip or join a discussion in the community."),
        Importance.NICE,
        Effort.LOW,
        (5, 15),
        0,
        TierCredit.NO,
        gives_back=_("Your answer helps many, and stays under your name."),
    ),
    TypeSeed(
        "community_leadership",
        _("Community leadership"),
        _("You lead a group or help to moderate the community for a term of twelve months."),
        Importance.NICE,
        Effort.HIGH,
        (480, 1440),
        1,
        TierCredit.TERM,
        at_once=1,
        gives_back=_("You shape a group of peers in your field, and are known in it."),
    ),
    TypeSeed(
        "product_feedback",
        _("Product feedback"),
        _("A short conversation or a form about how the product serves you."),
        Importance.NICE,
        Effort.LOW,
        (15, 30),
        0,
        TierCredit.NO,
        per_year=4,
        produces="feedback",
        gives_back=_(
            "You talk to the people who decide what is built next, and hear what became of it."
        ),
    ),
    TypeSeed(
        "social_share",
        _("Social share"),
        _("You share or comment on something of ours, in your own words, where you like."),
        Importance.NICE,
        Effort.LOW,
        (5, 5),
        0,
        TierCredit.NO,
        produces="link",
        gives_back=_("Your own readers see what you have achieved."),
    ),
    TypeSeed(
        "survey",
        _("Survey"),
        _("A few questions that take ten minutes; you hear what they led to."),
        Importance.NICE,
        Effort.LOW,
        (10, 10),
        0,
        TierCredit.NO,
        per_year=4,
        gives_back=_("You hear what came out of it, and how others answered."),
    ),
    TypeSeed(
        "co_marketing",
        _("Joint marketing"),
        _(
            "Your company and ours tell a story together: a campaign, a booth, a press release, "
            "with a plan that both sides agree on."
        ),
        Importance.NICE,
        Effort.HIGH,
        (240, 480),
        1,
        TierCredit.YES,
        per_year=1,
        needs_comfort=(Comfort.LOGO,),
        default_approvals=(LEGAL, EMPLOYER),
        produces="document",
        gives_back=_("Your company is seen by an audience that is not yet its own."),
    ),
)
