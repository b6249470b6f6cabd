"""Which rule a request falls under, and whether an approval covers it (REQ-3.b)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from advocacy.web import formatting as words
from advocates.accounts.policy import may_show_company, needs_employer_by_policy, shows_company
from advocates.models import Account, ActivityType
from requests.approvals.lifecycle import ApprovalState
from requests.models import Approval, ApprovalRule, Opportunity, Request


def rule_for(kind: ActivityType, deal: Opportunity | None) -> ApprovalRule | None:
    """The first rule in use that fits decides."""
    rules = ApprovalRule.objects.filter(is_on=True).select_related("activity_type", "tenant")
    return next((rule for rule in rules if fits(rule, kind, deal)), None)


def fits(rule: ApprovalRule, kind: ActivityType, deal: Opportunity | None) -> bool:
    """Whether everything a rule says is true of a request of this type for this deal."""
    return (
        rule.activity_type_id in (None, kind.pk)
        and (rule.min_amount is None or _reaches(deal, rule.min_amount, currency_of(rule)))
        and (not rule.on_policy or bool(deal and deal.account and is_bound(deal.account, kind)))
    )


def currency_of(rule: ApprovalRule) -> str:
    """In which its amount is meant."""
    return rule.currency or rule.tenant.currency


def is_bound(account: Account, kind: ActivityType) -> bool:
    """Whether what a company allows stands in the way of this, or wants somebody's leave."""
    if account.advocacy_allowed is False:
        return True
    if account.speaking_needs_approval and needs_employer_by_policy(kind):
        return True
    in_public = shows_company(kind) or may_show_company(kind)
    return account.public_mention_allowed is False and in_public


def covers(approval: Approval, request: Request) -> bool:
    """Whether a given approval holds for the request as it is now: the same type and deal, for no
    more money. More than was approved, or in another currency, is asked again.
    """
    return approval.state == ApprovalState.APPROVED and is_within(approval, request)


def is_within(approval: Approval, request: Request) -> bool:
    """Whether a request is no more than what was asked about: its type, its deal, no more money."""
    deal = request.opportunity
    if (
        approval.activity_type_id != request.activity_type_id  # type: ignore[attr-defined]
        or approval.opportunity_id != request.opportunity_id  # type: ignore[attr-defined]
    ):
        return False
    if deal is None or deal.amount is None:
        return True
    return (
        approval.amount is not None
        and approval.currency == deal.currency
        and deal.amount <= approval.amount
    )


def rule_words(rule: ApprovalRule) -> str:
    """What a rule asks for, in words."""
    parts = []
    if rule.min_amount is not None:
        amount = words.money(rule.min_amount, currency_of(rule))
        parts.append(_("the deal is worth %(amount)s or more") % {"amount": amount})
    if rule.on_policy:
        parts.append(_("the company's policy speaks against it"))
    if rule.activity_type is not None:
        parts.insert(0, _("it is “%(type)s”") % {"type": rule.activity_type})
    return _(" and ").join(parts) if parts else _("every request is approved first")


def needed_words(kind: ActivityType, deal: Opportunity | None) -> str:
    """That somebody approves it first, before it is handed in; nothing where nobody has to."""
    rule = rule_for(kind, deal)
    if rule is None:
        return ""
    text = _("Before anybody is asked, %(role)s approves this: %(why)s.")
    role = rule.get_approver_role_display()
    return text % {"role": role, "why": rule_words(rule)}


def _reaches(deal: Opportunity | None, least: Decimal, currency: str) -> bool:
    """What cannot be compared counts as big: somebody looks at it rather than nobody."""
    if deal is None or deal.amount is None:
        return False
    return deal.currency != currency or deal.amount >= least
