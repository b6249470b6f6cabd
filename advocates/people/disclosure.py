"""Who is told an advocate's name (VIS-1); every app asks here before it names somebody.

Members who may open advocates anyway (the program, CSMs, marketing, executives) read names. For
everybody else a message says *this advocate*, whatever the disclosure: where it allows a name, the
requests app shows it on the request's page, and records that it did.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from advocates.people.choices import Disclosure


def disclosure_of(advocate: Advocate) -> str:
    """The rule for one advocate: their own, else the account's, else *after acceptance*."""
    return advocate.disclosure or advocate.account.disclosure or Disclosure.AFTER_ACCEPTANCE


def is_disclosed_by(rule: Disclosure, path: str) -> Q:
    """:func:`disclosure_of` in a statement; ``path`` leads to the advocate."""
    own, account = f"{path}__disclosure", f"{path}__account__disclosure"
    rules = ["", rule] if rule == Disclosure.AFTER_ACCEPTANCE else [rule]
    return Q(**{own: rule}) | Q(**{own: "", f"{account}__in": rules})


def discloses_after_acceptance(advocate: Advocate) -> bool:
    """Whether a yes shows the requester who it is."""
    return disclosure_of(advocate) != Disclosure.NEVER


def sees_everybody(viewer: Membership) -> bool:
    """Whether a member may open advocates anyway. Roles change: who was told of an advocate's
    answers as a CSM is not written to about them as a colleague in sales.
    """
    return viewer.can("advocates.view")


def knows(actor: Actor, advocate: Advocate) -> bool:
    """Whether what is said to an actor may name an advocate and tell what is in their diary.

    True of the program's own jobs, whose words colleagues read, and of the person themself.
    """
    if actor.kind == "advocate":
        return actor.id == advocate.pk
    return actor.membership is None or sees_everybody(actor.membership)


def called(actor: Actor, advocate: Advocate) -> str:
    """How a message to an actor refers to an advocate, at the beginning of a sentence."""
    return advocate.name if knows(actor, advocate) else _("This advocate")
