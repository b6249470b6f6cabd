"""Letters of thanks in English."""

from benefits.thanks.words.phrases import Phrases

ENGLISH = Phrases(
    done={
        "short_reference_call": "the short call",
        "reference_call": "the reference call",
        "executive_reference_call": "the executive reference call",
        "testimonial": "your testimonial",
        "video_testimonial": "your video testimonial",
        "review": "your review",
        "case_study": "your story for the case study",
        "referral": "your referral",
        "speaking": "your talk",
        "customer_panel": "your part in the panel",
        "guest_article": "your article",
        "site_visit": "opening your doors for the site visit",
        "reference_list": "standing by as a reference",
        "logo_use": "letting us show your logo",
        "event_attendance": "joining us",
        "advisory_board": "your work on the advisory board",
        "beta_test": "testing the beta",
        "community_contribution": "your contribution to the community",
        "community_leadership": "leading in the community",
        "product_feedback": "your feedback on the product",
        "social_share": "sharing our news",
        "survey": "answering our survey",
        "co_marketing": "the campaign we made together",
    },
    other="the {name}",
    joints={
        "short_reference_call": "with",
        "reference_call": "with",
        "executive_reference_call": "with",
        "site_visit": "with",
        "review": "on",
        "referral": "of",
        "speaking": "at",
        "customer_panel": "at",
        "event_attendance": "at",
        "guest_article": "for",
        "reference_list": "for",
    },
    minutes="{count} minutes",
    hours="{count} hours",
    won="They have decided for us since, and you had a part in it.",
    won_whom="{whom} has decided for us since, and you had a part in it.",
    lost=(
        "In the end they chose another way, for reasons that had nothing to do with you. Your"
        " honest word counted all the same."
    ),
    promise="I will let you know what comes of it.",
    out={
        "published": "It is published now.",
        "recorded": "The recording is there now.",
        "released": "What you tried out and told us about is released now.",
        "posted": "It is posted now, and can be read.",
    },
    seen_at="You can see it here: {url}",
)
