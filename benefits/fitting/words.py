"""Why a benefit is suggested, in a line (BEN-9.a)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from advocates.models import Preference
from advocates.program.catalogue.choices import Effort
from benefits.catalogue.choices import TIER_CODES, Category
from benefits.fitting.points import PREFERRED, Reason
from benefits.fitting.ranking import Deed, Suggestion, shared_words

_WORDS: Mapping[Reason, str | Promise] = {
    Reason.LIKED: gettext_lazy("prefers %(likes)s"),
    Reason.NOT_LATELY: gettext_lazy("nothing of it in the last year"),
    Reason.INTEREST: gettext_lazy("cares about %(interest)s"),
    Reason.EFFORT: gettext_lazy("fits %(effort)s"),
    Reason.TIER: gettext_lazy("meant for %(tier)s"),
    Reason.RATED_WELL: gettext_lazy("liked %(category)s before"),
    Reason.INSTEAD: gettext_lazy("prefers gifts, and their company allows none"),
    Reason.ALWAYS_RIGHT: gettext_lazy("recognition is right for everybody"),
    Reason.RATED_BADLY: gettext_lazy("did not like %(category)s before"),
    Reason.APPROVAL: gettext_lazy("somebody has to approve it"),
    Reason.UNCLEAR: gettext_lazy("nobody knows yet whether their company allows it"),
}


def reason_words(
    found: Suggestion, *, interests: frozenset[str] = frozenset(), deed: Deed | None = None
) -> list[str]:
    """Each reason by itself."""
    kind = found.kind
    values = {
        "likes": str(Preference.Appreciation(PREFERRED[kind.category]).label).lower(),
        "interest": ", ".join(shared_words(kind, interests)),
        "effort": str(Effort(deed.effort).label).lower() if deed else "",
        "tier": ", ".join(str(dict(TIER_CODES)[code]) for code in kind.tiers),
        "category": str(Category(kind.category).label).lower(),
    }
    return [str(_WORDS[each]) % values for each in found.reasons]


def in_a_line(parts: list[str]) -> str:
    """ "Prefers recognition; nothing of it in the last year"."""
    return str(capfirst("; ".join(parts)))
