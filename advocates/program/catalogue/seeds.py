"""The activity catalogue a new tenant starts with (CAT-1, ACT-3)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocates.people.choices import Comfort, Importance
from advocates.program.catalogue.choices import Effort, Rewards, TierCredit

_ADVOCATE, _LEGAL, _EMPLOYER, _PR = "advocate", "legal", "employer", "customer_pr"

#: Asked for only under a condition: when the person is named, when the account's policy says so.
_PR_IF_NAMED, _EMPLOYER_IF_POLICY = "customer_pr_if_named", "employer_if_policy"

_CALL, _QUOTE, _LOGO = Comfort.PRIVATE_CALL, Comfort.WRITTEN_QUOTE, Comfort.LOGO

_VIDEO, _STAGE = Comfort.RECORDED_VIDEO, Comfort.PUBLIC_STAGE


@dataclass(frozen=True, slots=True)
class TypeSeed:
    """One row of the catalogue. Where the specification gives minutes without an upper end
    ("120+", "varies", "ongoing"), ``minutes`` is a working figure the tenant can change.
    """

    code: str
    name: str | Promise
    description: str | Promise
    importance: Importance
    effort: Effort
    minutes: tuple[int, int]
    units: int
    tier_credit: TierCredit
    rewards: Rewards = Rewards.YES
    per_year: int | None = None
    per_detail_per_year: int | None = None
    at_once: int | None = None
    warn_gap_days: int | None = None
    is_reference: bool = False
    needs_comfort: tuple[Comfort, ...] = ()
    default_approvals: tuple[str, ...] = ()
    produces: str = ""


CATALOGUE: tuple[TypeSeed, ...] = (
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
        needs_comfort=(_CALL,),
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
        needs_comfort=(_CALL,),
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
        needs_comfort=(_QUOTE,),
        default_approvals=(_ADVOCATE, _PR_IF_NAMED),
        produces="quote",
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
        needs_comfort=(_VIDEO,),
        default_approvals=(_ADVOCATE,),
        produces="video",
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
        needs_comfort=(_VIDEO,),
        default_approvals=(_ADVOCATE, _PR),
        produces="video",
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
        needs_comfort=(_QUOTE, _LOGO),
        default_approvals=(_ADVOCATE, _LEGAL, _PR),
        produces="document",
    ),
    TypeSeed(
        "referral",
        _("Referral"),
        _(
            "You introduce somebody who may have the same need. You see what became of it at any "
            "time."
        ),
        Importance.IMPORTANT,
        Effort.LOW,
        (15, 30),
        0,
        TierCredit.QUALIFIED,
        rewards=Rewards.TENANT,
        produces="referral",
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
        needs_comfort=(_STAGE,),
        default_approvals=(_EMPLOYER,),
        produces="recording",
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
        needs_comfort=(_STAGE,),
        default_approvals=(_EMPLOYER_IF_POLICY,),
        produces="recording",
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
        needs_comfort=(_QUOTE,),
        default_approvals=(_ADVOCATE,),
        produces="document",
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
        needs_comfort=(_CALL,),
        default_approvals=(_EMPLOYER,),
    ),
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
        needs_comfort=(_LOGO,),
        default_approvals=(_EMPLOYER,),
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
        needs_comfort=(_LOGO,),
        default_approvals=(_EMPLOYER,),
        produces="logo",
    ),
    TypeSeed(
        "event_attendance",
        _("Event attendance"),
        _("You come to one of our events and meet other customers and guests."),
        Importance.NICE,
        Effort.LOW,
        (120, 480),
        0,
        TierCredit.NO,
        per_year=4,
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
        needs_comfort=(_LOGO,),
        default_approvals=(_LEGAL, _EMPLOYER),
        produces="document",
    ),
)

#: On from the first day: what a young program runs. The rest is switched on later (ACT-3).
ON_AT_FIRST = frozenset({Importance.MUST, Importance.IMPORTANT})
