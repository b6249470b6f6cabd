"""What the advocates app tells the event log, in the words of a timeline (AUD-1)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "account.created": _("added the account"),
    "account.updated": _("changed the account"),
    "account.held": _("put the account on hold"),
    "account.hold_lifted": _("lifted the hold"),
    "account.revenue_recorded": _("recorded a change of the contract"),
    "account.identified": _("recorded an id in another system"),
    "account.unidentified": _("removed an id in another system"),
    "advocate.created": _("added the person"),
    "advocate.updated": _("changed the person's record"),
    "advocate.moved": _("moved the person to another account"),
    "advocate.exported": _("took a copy of everything held about the person"),
    "advocate.merged": _("merged another record into the person's"),
    "account.merged": _("merged another record into the account's"),
    "advocate.outcome_added": _("added an outcome"),
    "advocate.outcome_removed": _("removed an outcome"),
    "advocate.consent_given": _("recorded a consent"),
    "advocate.consent_updated": _("corrected a consent"),
    "advocate.consent_withdrawn": _("recorded that a consent was withdrawn"),
    "advocate.written_to": _("wrote to the person"),
    "program_invitation.sent": _("invited the person into the program"),
    "program_invitation.sent_again": _("sent the invitation again"),
    "onboarding.ticked": _("ticked a first step"),
    "onboarding.unticked": _("took the tick of a first step back"),
    "preferences.saved": _("changed the preferences"),
    "tier.changed": _("changed tier"),
    "program.set_up": _("set the program up"),
    "policy.updated": _("changed the guardrails"),
    "activity_type.updated": _("changed an activity type"),
}
