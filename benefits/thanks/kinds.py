"""The letters of thanks as texts that a tenant may write anew (MSG-1.a, THX-3.a)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from advocacy.messaging.wording.kinds import Field, Kind
from advocacy.tenancy.models import Membership
from benefits.thanks.choices import ThankYouKind
from benefits.thanks.drafts import values_of
from benefits.thanks.selectors import visible_thank_yous
from benefits.thanks.words.languages import LETTERS, ours

FIELDS = (
    Field("first name", "first_name", _("Their first name"), "Ana"),
    Field(
        "what they did",
        "what",
        _("What they did, as it follows “thank you for”"),
        _("the reference call with Example Ltd"),
    ),
    Field("how long", "time", _("How long it took them"), _("35 minutes"), known=False),
    Field("for whom", "whom", _("For which company"), "Example Ltd", known=False),
    Field(
        "what came of it",
        "came_of_it",
        _("What came of it, in a sentence"),
        _("Example Ltd has decided for us since, and you had a part in it."),
        known=False,
    ),
    Field(
        "promise to tell",
        "promise",
        _("That they will hear what comes of it; only while nobody knows"),
        _("I will let you know what comes of it."),
        known=False,
    ),
    Field("sender", "sender", _("Who signs"), _("Priya Nair"), known=False),
    Field("company", "company", _("Your company"), _("Your company")),
    Field("own line", "own", _("Where the personal line goes"), sort="own line", kept=True),
)


def latest(letter: str, member: Membership, language: str) -> Mapping[str, Any] | None:
    """The values of the last such letter that a member may see, for the preview."""
    rows = visible_thank_yous(member)
    if letter in ThankYouKind.values:
        rows = rows.filter(kind=letter)
    elif letter != "outcome":
        rows = rows.filter(kind=ThankYouKind.PERSONAL, effort=letter)
    row = rows.order_by("-due_at", "-id").first()
    return values_of(row.activity, row.owner, language) if row else None


def sample(language: str) -> Mapping[str, Any]:
    """Values in the letter's language."""
    phrases, whom = LETTERS[language], "Example Ltd"
    return {
        "what": phrases.what("reference_call", "", whom),
        "time": phrases.time(35),
        "came_of_it": phrases.outcome("won", whom),
        "promise": phrases.promise,
    }


def _letter(name: str, title: Any, when: Any) -> Kind:
    ours_of, latest_of = partial(ours, name), partial(latest, name)
    return Kind(f"thanks-{name}", title, when, FIELDS, ours_of, sample=sample, latest=latest_of)


KINDS = (
    _letter("low", _("Thank-you, low effort"), _("After something small.")),
    _letter("moderate", _("Thank-you, moderate effort"), _("After a call or a testimonial.")),
    _letter("high", _("Thank-you, high effort"), _("After a talk or a case study.")),
    _letter("executive", _("Executive note"), _("Beside the thank-you after high effort.")),
    _letter("automatic", _("Automatic thank-you"), _("At once, after surveys and shares.")),
    _letter("apology", _("Apology"), _("When a prospect did not come.")),
    _letter("outcome", _("What came of it"), _("When there is something to tell.")),
)
