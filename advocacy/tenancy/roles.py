"""Roles and the permission matrix: who may do what, in one place (ID-2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A staff member's one role in a tenant."""

    PROGRAM_MANAGER = "program_manager", _("Program manager")
    SALES = "sales", _("Sales")
    CSM = "csm", _("Customer success")
    MARKETING = "marketing", _("Marketing")
    PRODUCT = "product", _("Product")
    EXECUTIVE = "executive", _("Executive")
    APPROVER = "approver", _("Approver")
    ADMIN = "admin", _("Admin")


_PM, _SALES, _CSM = Role.PROGRAM_MANAGER, Role.SALES, Role.CSM
_MARKETING, _EXEC, _APPROVER, _ADMIN = (
    Role.MARKETING,
    Role.EXECUTIVE,
    Role.APPROVER,
    Role.ADMIN,
)
_EVERYONE = frozenset(Role)
_PROGRAM = frozenset({_PM, _ADMIN})

#: Action → roles that may. A page, an endpoint and a button all ask here, by way of
#: ``Membership.can``. Where a role may only for its *own* records (a CSM's own accounts, a
#: requester's own requests) the service narrows further and says so.
MATRIX: dict[str, frozenset[str]] = {
    "today.view": _EVERYONE,
    "profile.edit": _EVERYONE,
    # One's own; an admin everybody's (ID-1).
    "absences.view": _EVERYONE,
    "absences.edit": _EVERYONE,
    # Accounts and advocates: never sales, who see a reference only as disclosure allows (VIS-1).
    "accounts.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "accounts.edit": _PROGRAM | {_CSM},
    "advocates.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "advocates.edit": _PROGRAM | {_CSM},
    "advocates.enrol": _PROGRAM,
    "advocates.export": _PROGRAM,
    # Neither can be undone (GDPR-1, ADV-1).
    "advocates.erase": _PROGRAM,
    "records.merge": _PROGRAM,
    # A CSM nominates and invites at own accounts only (IDN-2, ENR-1).
    "nominations.submit": _PROGRAM | {_CSM, _MARKETING},
    "nominations.decide": _PROGRAM,
    "advocates.invite": _PROGRAM | {_CSM},
    # A filter shows nobody what their lists do not show (SEG-1).
    "segments.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "segments.edit": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "signals.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "signals.edit": _PROGRAM | {_CSM},
    # What was between us and a customer; a CSM's own accounts, an executive's own word (REL-1).
    "touches.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "touches.edit": _PROGRAM | {_CSM, _EXEC},
    # Who stands among the candidates (IDN-1); a CSM at own accounts only.
    "candidates.dismiss": _PROGRAM | {_CSM},
    # Who hears from us without being in the program (TIER-9); a CSM at own accounts only.
    "pool.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "pool.edit": _PROGRAM | {_CSM},
    "moments.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "moments.edit": _PROGRAM | {_CSM},
    # A note asks for nothing, so an executive may write one anywhere (MOM-1).
    "moments.celebrate": _PROGRAM | {_CSM, _EXEC},
    "tiers.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    # Past what the calculation says (TIER-5).
    "tiers.override": _PROGRAM,
    # Requests
    "opportunities.view": _PROGRAM | {_SALES, _CSM, _MARKETING},
    "opportunities.edit": _PROGRAM,
    "requests.view": _PROGRAM | {_SALES, _CSM, _MARKETING},
    "requests.submit": _PROGRAM | {_SALES, _CSM, _MARKETING},
    "requests.triage": _PROGRAM,
    "requests.match": _PROGRAM | {_CSM},
    # Who could help, without names (BRW-1); what is asked for against who can be asked (MAT-5).
    "references.browse": _PROGRAM | {_SALES, _CSM, _MARKETING},
    "supply.view": _PROGRAM | {_MARKETING},
    # Only the program manager, and a CSM for own accounts, sends asks (ID-2).
    "asks.send": _PROGRAM | {_CSM},
    "asks.answer_for": _PROGRAM | {_CSM},
    # Whoever is named decides about a request before anybody is asked (REQ-3.b); the services leave
    # each their own.
    "approvals.view": _EVERYONE,
    "approvals.decide": _EVERYONE,
    # Activities
    "activities.view": _PROGRAM | {_CSM, _MARKETING},
    "activities.log": _PROGRAM | {_CSM, _MARKETING},
    "activities.complete": _PROGRAM | {_CSM},
    "activities.void": _PROGRAM,
    # Whoever asked for it says whether it happened and how it was; others' are read by who may
    # open activities (ACT-4, FUL-3).
    "slot_checks.view": _PROGRAM | {_SALES, _CSM, _MARKETING},
    "slot_checks.answer": _PROGRAM | {_SALES, _CSM, _MARKETING},
    "feedback.view": _PROGRAM | {_SALES, _CSM, _MARKETING},
    "feedback.give": _PROGRAM | {_SALES, _CSM, _MARKETING},
    "feedback.handle": _PROGRAM,
    # Content: everybody reads the library and what they were named to approve; a CSM works on what
    # is of own accounts (AST-1, APR-1).
    "assets.view": _EVERYONE,
    "assets.edit": _PROGRAM | {_CSM, _MARKETING},
    # In a deal; taken back by whoever shared it, the deal's owner or the program (AST-2.b).
    "shares.view": _PROGRAM | {_SALES, _CSM, _MARKETING},
    "shares.edit": _PROGRAM | {_SALES, _CSM, _MARKETING},
    # Where pieces go and what is made of recordings names whose they are (DIST-1, VIS-1).
    "placements.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    # What was said in calls: never sales, who would learn whose words they are (TRN-1, VIS-1).
    "transcripts.view": _PROGRAM | {_CSM, _MARKETING},
    "transcripts.edit": _PROGRAM | {_CSM, _MARKETING},
    "asset_approvals.view": _EVERYONE,
    "asset_approvals.decide": _EVERYONE,
    # Thanks
    "thanks.view": _PROGRAM | {_CSM, _EXEC},
    "thanks.send": _PROGRAM | {_CSM, _EXEC},
    # Everybody's thank-yous; the others see and send their own and their accounts'.
    "thanks.manage": _PROGRAM,
    # Who asked for a call adds their own; others read what stands beside their thanks (THX-5).
    "sales_thanks.view": _PROGRAM | {_SALES, _CSM, _MARKETING, _EXEC},
    "sales_thanks.write": _PROGRAM | {_SALES, _CSM, _MARKETING},
    # What comes back to advocates (BEN-1 to BEN-5); a CSM gives at own accounts only.
    "benefits.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "benefits.edit": _PROGRAM | {_MARKETING},
    "grants.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "grants.edit": _PROGRAM | {_CSM, _MARKETING},
    # Beyond what the catalogue, the policy or the budget allows by itself.
    "grants.approve": _PROGRAM,
    "budgets.view": _PROGRAM | {_MARKETING, _EXEC},
    "budgets.edit": _PROGRAM,
    "entitlements.edit": _PROGRAM,
    # What everybody gave and got, in money (BEN-6); of one person whoever sees what was given.
    "balances.view": _PROGRAM | {_EXEC},
    # Points, where the tenant wants them (BEN-7): given and taken back by hand; badges and shop.
    "points.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "points.edit": _PROGRAM,
    "shop.edit": _PROGRAM | {_MARKETING},
    # Spotlights and awards, with the leave of whom they are about (BEN-8).
    "recognition.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    "recognition.edit": _PROGRAM | {_MARKETING},
    # What is promised against what there is (BEN-10).
    "commitments.view": _PROGRAM | {_EXEC},
    # Numbers about the program; everybody's own work stands on Today.
    "metrics.view": _PROGRAM | {_CSM, _MARKETING, _EXEC},
    # What the program is to deals, without who gave it (MET-3, VIS-1).
    "impact.view": _PROGRAM | {_SALES, _CSM, _MARKETING, _EXEC},
    "goals.view": _PROGRAM | {_SALES, _CSM, _MARKETING, _EXEC},
    "goals.edit": _PROGRAM,
    # Also what people cost, so for few (COST-1).
    "costs.view": _PROGRAM | {_EXEC},
    "costs.edit": _PROGRAM,
    # One page for those who answer for the program (REP-1).
    "report.view": _PROGRAM | {_EXEC},
    # The tenant's own past under other guardrails: whoever answers for them (SIM-1).
    "simulations.view": _PROGRAM | {_EXEC},
    # What a customer's people gave, for a business review; a CSM's own accounts (REP-1.f, VIS-1).
    "account_sheets.view": _PROGRAM | {_CSM, _EXEC},
    "rates.view": _PROGRAM | {_EXEC},
    "rates.edit": _PROGRAM,
    # Whose step it is, is for everybody to see; the services leave each their own (RSP-1).
    "duties.view": _EVERYONE,
    "duties.edit": _EVERYONE,
    # How each kind of activity is run; the program writes it (PLB-1).
    "playbooks.view": _EVERYONE,
    # What colleagues should know; the program writes it (ENB-1).
    "enablement.view": _EVERYONE,
    # Settings
    "settings.view": _EVERYONE,
    "settings.rules": _PROGRAM,
    # What blocks rather than warns: there is no way past it but to change it (CAP-5).
    "settings.guardrails": frozenset({_ADMIN}),
    "settings.people": frozenset({_ADMIN}),
    # A token acts as any colleague, so whoever makes one could be anybody.
    "settings.tokens": frozenset({_ADMIN}),
    "imports.run": _PROGRAM,
    "audit.view": _PROGRAM,
    "mail.retry": _PROGRAM,
}


def allowed(role: str, action: str) -> bool:
    """Whether a role may do an action; an action missing from the matrix is a programming error."""
    try:
        return role in MATRIX[action]
    except KeyError:
        raise LookupError(f"{action!r} is not in the permission matrix") from None
