"""What a piece of content is, and the parts of a case study (AST-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssetKind(models.TextChoices):
    """What it is (AST-1)."""

    CASE_STUDY = "case_study", _("Case study")
    QUOTE = "quote", _("Quote")
    VIDEO = "video", _("Video")
    REVIEW_LINK = "review_link", _("Link to a review")
    RECORDING = "recording", _("Recording")
    ARTICLE = "article", _("Article")
    LOGO = "logo", _("Logo")


#: The parts of a case study, in their order: column → heading (AST-1.f).
SECTIONS = {
    "background": _("Background"),
    "why_us": _("Why us"),
    "implementation": _("Implementation"),
    "results": _("Results"),
    "lessons": _("Lessons"),
    "future_plans": _("Future plans"),
    "quote": _("Quote"),
}

#: What lies elsewhere; only its link stands here.
LINKED = frozenset(
    {
        AssetKind.VIDEO,
        AssetKind.REVIEW_LINK,
        AssetKind.RECORDING,
        AssetKind.LOGO,
    }
)

#: Somebody speaks for us in their own words: what the check for testimonials looks at (AST-1.e).
TESTIMONIALS = frozenset({AssetKind.QUOTE, AssetKind.VIDEO})


class Finding(models.TextChoices):
    """What the check wants of a piece, and what it says where that is not there (AST-1.e)."""

    SPECIFIC = "specific", _("It stays general: say what was done or changed, not that it is good.")
    QUANTIFIED = "quantified", _("No number: say by how much, how many or how fast.")
    NAMED = "named", _("Nobody is named: say who speaks, with role and company.")
    CONTEXT = "context", _("No context: say who they are, or how it was before.")
    COMPLETE = "complete", _("Parts of the case study are empty.")
    RESULT = "result", _("The results hold no measured number.")
    CUSTOMER = "customer", _("The customer is not named.")


#: The same where it is there.
FULFILLED = {
    Finding.SPECIFIC: _("Specific: it says what was done or changed."),
    Finding.QUANTIFIED: _("Quantified: there is a number in it."),
    Finding.NAMED: _("Named: it says who speaks."),
    Finding.CONTEXT: _("In context: it says who they are, or how it was before."),
    Finding.COMPLETE: _("Complete: every part is written."),
    Finding.RESULT: _("A measured result."),
    Finding.CUSTOMER: _("The customer is named."),
}
