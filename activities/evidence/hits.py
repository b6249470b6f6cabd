"""A hit: where it is from, whether it may be shared, how fresh it is (EVD-1.b)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from activities.assets.choices import SECTIONS
from activities.assets.leave import missing_of, without_leave
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.assets.naming import title_of
from activities.assets.times import fresh_since, is_fresh
from activities.evidence.languages import STOP_WORDS
from activities.evidence.models import Passage
from activities.evidence.terms import words_in
from advocates.models import Outcome
from advocates.people.choices import ConsentUse
from advocates.people.leave import leave_of

_SHORT = 2
#: Words that many companies are called by, folded.
_LEGAL_FORMS = frozenset(
    [
        "aktiengesellschaft",
        "association",
        "company",
        "corporation",
        "cooperative",
        "foundation",
        "gesellschaft",
        "group",
        "holding",
        "holdings",
        "inc",
        "incorporated",
        "international",
        "limited",
        "llc",
        "ltd",
        "ltda",
        "mbh",
        "gmbh",
        "kgaa",
        "ohg",
        "partners",
        "persero",
        "plc",
        "sdn",
        "bhd",
        "services",
        "solutions",
        "systems",
        "tbk",
    ]
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers, and what it is of; exactly one of ``asset`` and ``outcome``.

    ``why_not`` is empty where it may be shared. ``score`` is 1 for the best answer.
    """

    passage: Passage
    pieces: list[tuple[str, bool]]
    score: float
    asset: Asset | None
    outcome: Outcome | None
    title: str
    source: str
    part: str
    why_not: str
    is_fresh: bool

    @property
    def is_shareable(self) -> bool:
        """Whether it may be shown outside."""
        return not self.why_not

    @property
    def kind(self) -> str:
        """``outcome``, or the kind of content."""
        return self.asset.kind if self.asset else "outcome"

    @property
    def consent(self) -> str:
        """The same in words."""
        if self.is_shareable:
            return _("May be shared")
        return _("May not be shared: %(why)s") % {"why": self.why_not}


def hit_of_asset(
    asset: Asset, passage: Passage, pieces: list[tuple[str, bool]], score: float, *, inside: bool
) -> Hit:
    """Whose it is, is told to who may open advocates (``inside``); the others read who speaks as it
    was approved (VIS-1).
    """
    parts = [str(asset.get_kind_display()), asset.attribution]
    if inside and asset.advocate.account.name not in asset.attribution:
        parts.append(asset.advocate.account.name)
    return Hit(
        passage=passage,
        pieces=pieces,
        score=score,
        asset=asset,
        outcome=None,
        title=asset.title if inside else title_of(asset),
        source=" · ".join(filter(None, parts)),
        part=str(SECTIONS.get(passage.part, "")),
        why_not=_why_not(asset),
        is_fresh=is_fresh(asset),
    )


def hit_of_outcome(
    outcome: Outcome,
    passage: Passage,
    pieces: list[tuple[str, bool]],
    score: float,
    *,
    inside: bool,
    shared: Collection[str] = (),
) -> Hit:
    """To who may not open advocates, a customer; of an industry where several share it (VIS-1)."""
    company = outcome.advocate.account
    if inside:
        source = f"{outcome.advocate.name}, {company.name}"
    elif company.industry in shared:
        source = _("A customer in %(industry)s") % {"industry": company.industry}
    else:
        source = _("A customer")
    return Hit(
        passage=passage,
        pieces=pieces,
        score=score,
        asset=None,
        outcome=outcome,
        title=str(outcome),
        source=_("Result · %(who)s") % {"who": source},
        part="",
        why_not=_outcome_why_not(outcome),
        is_fresh=outcome.created_at >= fresh_since(),
    )


def _why_not(asset: Asset) -> str:
    why = []
    if asset.state != AssetState.PUBLISHED:
        why.append(_("it is “%(state)s”.") % {"state": asset.get_state_display()})
    why += missing_of(asset)
    if not why and asset.held_since is not None:
        why.append(_("what it rests on had ended; look at its page."))
    return " ".join(why)


def _outcome_why_not(outcome: Outcome) -> str:
    why = []
    if not outcome.may_be_quoted:
        why.append(_("it is not marked as something that may be quoted."))
    leave = leave_of(outcome.advocate)
    if not leave.given(ConsentUse.QUOTE):
        why.append(without_leave(leave, ConsentUse.QUOTE))
    return " ".join(why)


def tells_who(outcome: Outcome, text: str) -> bool:
    """Whether words of an outcome name the person or the company: then they are for those alone
    who may open advocates (VIS-1).
    """
    said = words_in(text)
    account = outcome.advocate.account
    company = words_in(account.name)
    telling = [*words_in(outcome.advocate.name), *company, *words_in(account.domain)[:1]]
    common = _LEGAL_FORMS.union(*STOP_WORDS.values())
    names = {word for word in telling if len(word) > _SHORT and word not in common}
    return bool(names & set(said)) or _follow_each_other(company, said)


def _follow_each_other(words: list[str], said: list[str]) -> bool:
    long = len(words)
    return bool(long) and any(said[at : at + long] == words for at in range(len(said) - long + 1))
