"""What is written or filmed: testimonials, videos, case studies, articles, reviews, logos."""

from django.utils.translation import gettext_lazy as _

from activities.playbooks.choices import Anchor, TextKind
from activities.playbooks.usual import story_texts as texts
from activities.playbooks.usual.seed import PlaybookSeed, StepSeed, TextSeed
from advocates.responsibilities.steps import Step

_DRAFT_AGREED = StepSeed(
    "approved",
    _("The advocate has approved the exact text, and their company where it is named"),
    Step.PRODUCE,
    Anchor.COMPLETED,
    10,
)
_LINK = StepSeed(
    "link", _("Send the advocate the link once it is out"), Step.PUBLISH, Anchor.COMPLETED, 20
)
_CUT = StepSeed(
    "cut",
    _("The advocate and their company have seen and approved the cut"),
    Step.PRODUCE,
    Anchor.COMPLETED,
    10,
)
_RECORDING = TextSeed(
    "recording",
    TextKind.RECORDING,
    _("Recording: test, day, upload"),
    texts.RECORDING,
)

STORIES = (
    PlaybookSeed(
        ("testimonial",),
        (
            StepSeed(
                "prompts",
                _("Send two or three prompts, or a draft to change"),
                Step.PRODUCE,
                Anchor.ACCEPTED,
                1,
            ),
            _DRAFT_AGREED,
            _LINK,
        ),
        (TextSeed("prompts", TextKind.PROMPTS, _("Prompts for a testimonial"), texts.PROMPTS),),
    ),
    PlaybookSeed(
        ("video_clip",),
        (
            StepSeed(
                "question",
                _("Send the one question, with the tips for light and sound"),
                Step.PRODUCE,
                Anchor.ACCEPTED,
                1,
            ),
            _CUT,
        ),
        (TextSeed("prompts", TextKind.PROMPTS, _("A clip on their own phone"), texts.CLIP),),
    ),
    PlaybookSeed(
        ("video_testimonial",),
        (
            StepSeed(
                "questions",
                _("Agree on three questions, and on what is not asked"),
                Step.PREPARE,
                Anchor.BOOKED,
                -5,
            ),
            StepSeed(
                "rehearsal",
                _("Go through it once for ten minutes, camera on"),
                Step.RUN,
                Anchor.BOOKED,
                -2,
            ),
            _CUT,
            _LINK,
        ),
        (
            TextSeed("interview", TextKind.INTERVIEW, _("Interview for a video"), texts.VIDEO),
            _RECORDING,
        ),
    ),
    PlaybookSeed(
        ("review",),
        (
            StepSeed(
                "link",
                _("Send the link to the site; no words of ours, no reward"),
                Step.RUN,
                Anchor.ACCEPTED,
                1,
            ),
            StepSeed(
                "stuck",
                _("Ask kindly, once, whether the site let them in"),
                Step.RUN,
                Anchor.ACCEPTED,
                7,
            ),
        ),
        (TextSeed("prompts", TextKind.PROMPTS, _("What may be said about reviews"), texts.REVIEW),),
    ),
    PlaybookSeed(
        ("case_study",),
        (
            StepSeed(
                "scope",
                _("Agree what the story is about, and whom at their company it needs"),
                Step.PREPARE,
                Anchor.ACCEPTED,
                3,
            ),
            StepSeed(
                "outline",
                _("Write the outline: what was, what changed, by how much, what is next"),
                Step.PRODUCE,
                Anchor.ACCEPTED,
                5,
            ),
            StepSeed(
                "outline_approved",
                _("The customer has approved the outline; only then is anything written"),
                Step.PRODUCE,
                Anchor.ACCEPTED,
                10,
            ),
            StepSeed(
                "guide",
                _("Send the interview guide, and ask for the numbers beforehand"),
                Step.PRODUCE,
                Anchor.BOOKED,
                -3,
            ),
            StepSeed(
                "interview",
                _("The interview is recorded, or its questions are answered in writing"),
                Step.RUN,
                Anchor.ACCEPTED,
                15,
            ),
            StepSeed(
                "draft",
                _("The draft is with the advocate, numbers marked"),
                Step.PRODUCE,
                Anchor.COMPLETED,
                7,
            ),
            StepSeed(
                "review",
                _("Their changes are in, and both know which"),
                Step.PRODUCE,
                Anchor.COMPLETED,
                12,
            ),
            StepSeed(
                "approved",
                _("Advocate, press office and lawyers have approved the final text"),
                Step.PRODUCE,
                Anchor.COMPLETED,
                15,
            ),
            StepSeed(
                "final_edit",
                _("The final edit is done: it is word for word what was approved"),
                Step.PRODUCE,
                Anchor.COMPLETED,
                17,
            ),
            _LINK,
        ),
        (
            TextSeed("interview", TextKind.INTERVIEW, _("Interview for a case study"), texts.CASE),
            TextSeed(
                "objections", TextKind.OBJECTIONS, _("When a company hesitates"), texts.HESITATES
            ),
        ),
    ),
    PlaybookSeed(
        ("guest_article",),
        (
            StepSeed(
                "outline",
                _("Agree on topic, reader and outline in half an hour"),
                Step.PREPARE,
                Anchor.ACCEPTED,
                3,
            ),
            StepSeed(
                "editor",
                _("Offer an editor: they talk, somebody of ours writes it down"),
                Step.PRODUCE,
                Anchor.ACCEPTED,
                5,
            ),
            _DRAFT_AGREED,
            _LINK,
        ),
        (TextSeed("prompts", TextKind.PROMPTS, _("Finding the article"), texts.ARTICLE),),
    ),
    PlaybookSeed(
        ("logo_use",),
        (
            StepSeed(
                "files",
                _("Get the logo and the rules for it from their brand people"),
                Step.PRODUCE,
                Anchor.ACCEPTED,
                5,
            ),
            StepSeed(
                "show",
                _("Show them where it stands before it goes live"),
                Step.PUBLISH,
                Anchor.ACCEPTED,
                10,
            ),
        ),
    ),
    PlaybookSeed(
        ("social_share",),
        (
            StepSeed(
                "words",
                _("Send the link with two sentences they may throw away"),
                Step.RUN,
                Anchor.ACCEPTED,
                1,
            ),
            StepSeed("answer", _("Answer their post from ours"), Step.PUBLISH, Anchor.COMPLETED, 1),
        ),
    ),
    PlaybookSeed(
        ("co_marketing",),
        (
            StepSeed(
                "brief",
                _("One page both sides sign: goal, pieces, dates, who pays, who approves"),
                Step.PREPARE,
                Anchor.ACCEPTED,
                5,
            ),
            StepSeed(
                "marketing",
                _("Bring their marketing and ours together"),
                Step.PRODUCE,
                Anchor.ACCEPTED,
                7,
            ),
            _DRAFT_AGREED,
            StepSeed(
                "numbers",
                _("Share the numbers of it with them"),
                Step.PUBLISH,
                Anchor.COMPLETED,
                30,
            ),
        ),
    ),
)
