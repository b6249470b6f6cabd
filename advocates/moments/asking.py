"""Which ask fits a moment, and that a review is asked for at neutral ones only (MOM-1)."""

from django.utils.translation import gettext as _

from advocacy.tenancy.errors import DomainError
from advocates.moments.models import MomentKind

#: Tenure or use reached, a release adopted: nothing that makes a review kinder than it would be.
NEUTRAL = frozenset({MomentKind.TENURE, MomentKind.USAGE, MomentKind.RELEASE})


def require_neutral(kind: str) -> None:
    """Whoever asks for a review after a moment asks here first (MOM-1.d).

    Raises ``DomainError`` after a success, a renewal, praise, a solved support case, or anything
    else that is not known to be neutral.
    """
    if kind not in NEUTRAL:
        neutral = ", ".join(str(each.label) for each in MomentKind if each in NEUTRAL)
        raise DomainError(
            _("A review is asked for at neutral moments only: %(kinds)s.") % {"kinds": neutral},
            code="not_neutral",
            fields={"kind": _("Choose one of: %(kinds)s.") % {"kinds": neutral}},
        )


def review_words(kind: str, account: str) -> str:
    """The suggestion to ask for a review; raises as :func:`require_neutral`."""
    require_neutral(kind)
    return _("Ask %(name)s for a review of what they use.") % {"name": account}


def suggestion(kind: str, account: str) -> str:
    """The ask or nomination that fits (MOM-1.b)."""
    if kind in NEUTRAL:
        return review_words(kind, account)
    return {
        MomentKind.ONBOARDED: _("Whom at %(name)s would you nominate?"),
        MomentKind.OUTCOME: _("Ask %(name)s for a testimonial: what changed, in one number?"),
        MomentKind.REVIEW: _("Ask %(name)s for a testimonial: what would they tell a peer?"),
        MomentKind.RENEWAL: _("Whom at %(name)s would you nominate?"),
    }[MomentKind(kind)] % {"name": account}
