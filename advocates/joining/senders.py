"""From whom an invitation comes: by the candidate's score, from the right level (ENR-1.c)."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.tenancy.text import has_words
from advocacy.tenant_settings.reading import current
from advocates.joining.numbers import Recruiting
from advocates.models import Advocate, AdvocateScore

#: Who invites everybody else; an admin runs the program where nobody else does.
_PROGRAM = frozenset({Role.CSM, Role.PROGRAM_MANAGER, Role.ADMIN})
_MOST_EXECUTIVES = 50


@dataclass(frozen=True, slots=True)
class Senders:
    """Who may write: of the right level, and those who need a reason. ``score`` says why."""

    score: int
    from_executive: bool
    right: list[Membership] = field(default_factory=list)
    others: list[Membership] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """Which level is the right one, and why."""
        numbers = {"score": self.score, "least": current(Recruiting).executive_from}
        if self.from_executive and not self.right:
            return (
                _(
                    "Score %(score)d: from %(least)d on an executive invites, and no executive has"
                    " joined your team here yet."
                )
                % numbers
            )
        if self.from_executive:
            return _("Score %(score)d: from %(least)d on an executive invites.") % numbers
        return (
            _("Score %(score)d, below %(least)d: who looks after them or runs the program invites.")
            % numbers
        )


def needs_executive(advocate: Advocate) -> bool:
    """Whether the candidate's score asks for an executive's letter; no score is none."""
    return _score(advocate) >= current(Recruiting).executive_from


def senders_for(advocate: Advocate, member: Membership) -> Senders:
    """In whose name ``member`` can invite somebody. The executive who stands behind them and the
    account's owner come first.
    """
    score = _score(advocate)
    from_executive = score >= current(Recruiting).executive_from
    near = [advocate.executive_sponsor, advocate.account.owner, member]
    found = {each.pk: each for each in near if each is not None and each.is_active}
    if from_executive:
        executives = Membership.objects.select_related("user").filter(
            role=Role.EXECUTIVE, is_active=True
        )
        for each in executives.order_by("user__name", "pk")[:_MOST_EXECUTIVES]:
            found.setdefault(each.pk, each)
    right = [each for each in found.values() if _is_right(each, from_executive)]
    others = [each for each in found.values() if not _is_right(each, from_executive)]
    return Senders(score, from_executive, right, others)


def require_sender(advocate: Advocate, sender: Membership, reason: str) -> None:
    """Raise ``DomainError`` at ``sender`` for a colleague who left, at ``level_reason`` for one of
    another level without a reason (ENR-1.c).
    """
    if not sender.is_active:
        problem = _("Choose a colleague who is still here.")
        raise DomainError(problem, fields={"sender": problem})
    if _is_right(sender, needs_executive(advocate)) or has_words(reason):
        return
    problem = senders_for(advocate, sender).sentence + " " + _("Say why somebody else does.")
    raise DomainError(problem, code="wrong_level", fields={"level_reason": problem})


def _is_right(sender: Membership, from_executive: bool) -> bool:
    return sender.role == Role.EXECUTIVE if from_executive else sender.role in _PROGRAM


def _score(advocate: Advocate) -> int:
    found = AdvocateScore.objects.filter(advocate=advocate).values_list("score", flat=True)
    return int(found.first() or 0)
