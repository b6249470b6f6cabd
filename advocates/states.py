"""Enumerations of the advocates' room, and which moves between states are legal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Lifecycle(models.TextChoices):
    """Where an account stands; only customers can have eligible advocates (ACC-1)."""

    PROSPECT = "prospect", _("Prospect")
    CUSTOMER = "customer", _("Customer")
    FORMER = "former", _("Former customer")


class Segment(models.TextChoices):
    """Size of an account, from its number of employees unless set (ACC-1)."""

    ENTERPRISE = "enterprise", _("Enterprise")
    MID_MARKET = "mid_market", _("Mid-market")
    SMB = "smb", _("Small business")


#: The least employees of each segment, largest first (ACC-1).
SEGMENT_FROM = {Segment.ENTERPRISE: 1000, Segment.MID_MARKET: 100, Segment.SMB: 0}


def segment_of(employees: int | None) -> str:
    """The segment that follows from a number of employees; nothing for an unknown one (ACC-1)."""
    if employees is None:
        return ""
    return next(segment.value for segment, least in SEGMENT_FROM.items() if employees >= least)


class Region(models.TextChoices):
    """Sales region, from the country unless set."""

    NORTH_AMERICA = "na", _("North America")
    LATIN_AMERICA = "latam", _("Latin America")
    EMEA = "emea", _("Europe, Middle East and Africa")
    ASIA_PACIFIC = "apac", _("Asia-Pacific")


class Seniority(models.TextChoices):
    """How senior a person is (ADV-1)."""

    EXECUTIVE = "executive", _("Executive")
    MANAGER = "manager", _("Manager")
    PRACTITIONER = "practitioner", _("Practitioner")


class AdvocateStatus(models.TextChoices):
    """Where a person stands on the way into, in, and out of the program (ADV-1)."""

    CANDIDATE = "candidate", _("Candidate")
    NOMINATED = "nominated", _("Nominated")
    QUALIFIED = "qualified", _("Qualified")
    CULTIVATING = "cultivating", _("Cultivating")
    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    DECLINED = "declined", _("Declined")
    ALUMNI = "alumni", _("Alumni")


#: Enrolled people count for tiers; everybody else holds no tier (TIER-1).
ENROLLED = frozenset({AdvocateStatus.ACTIVE, AdvocateStatus.PAUSED})

#: Legal moves of an advocate's status (ENR-1); a person can be enrolled by hand from any
#: state before it.
STATUS_MOVES: dict[str, frozenset[str]] = {
    AdvocateStatus.CANDIDATE: frozenset(
        {AdvocateStatus.NOMINATED, AdvocateStatus.QUALIFIED, AdvocateStatus.ACTIVE}
    ),
    AdvocateStatus.NOMINATED: frozenset(
        {
            AdvocateStatus.CANDIDATE,
            AdvocateStatus.QUALIFIED,
            AdvocateStatus.ACTIVE,
            # Only for somebody who was in the program before.
            AdvocateStatus.ALUMNI,
        }
    ),
    AdvocateStatus.QUALIFIED: frozenset(
        {AdvocateStatus.CULTIVATING, AdvocateStatus.INVITED, AdvocateStatus.ACTIVE}
    ),
    AdvocateStatus.CULTIVATING: frozenset({AdvocateStatus.INVITED, AdvocateStatus.ACTIVE}),
    # Back to qualified when the invitation is withdrawn.
    AdvocateStatus.INVITED: frozenset(
        {AdvocateStatus.ACTIVE, AdvocateStatus.DECLINED, AdvocateStatus.QUALIFIED}
    ),
    AdvocateStatus.ACTIVE: frozenset({AdvocateStatus.PAUSED, AdvocateStatus.ALUMNI}),
    AdvocateStatus.PAUSED: frozenset({AdvocateStatus.ACTIVE, AdvocateStatus.ALUMNI}),
    AdvocateStatus.DECLINED: frozenset({AdvocateStatus.CANDIDATE}),
    AdvocateStatus.ALUMNI: frozenset({AdvocateStatus.ACTIVE, AdvocateStatus.NOMINATED}),
}


#: A declined invitation is final for so long (ENR-1).
DECLINE_IS_FINAL_DAYS = 180


class NominationState(models.TextChoices):
    """Life of a nomination (IDN-2)."""

    SUBMITTED = "submitted", _("To be decided")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class NominationOrigin(models.TextChoices):
    """Who proposed a person for the program (IDN-2)."""

    COLLEAGUE = "colleague", _("A colleague")
    SELF = "self", _("The person themselves")


class InvitationState(models.TextChoices):
    """Life of an invitation into the program (ENR-1)."""

    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Touch(models.TextChoices):
    """What cultivates a relationship before the invitation (ENR-1)."""

    EXECUTIVE_OUTREACH = "executive_outreach", _("An executive reached out")
    PREVIEW = "preview", _("They saw something new before others")
    COMMUNITY_INVITATION = "community_invitation", _("They were invited to the community")
    VISIT = "visit", _("A visit or a personal conversation")


class Readiness(models.TextChoices):
    """How far a person would go, whatever the status (ADV-1)."""

    ACTIVE = "active", _("Helps unasked")
    WILLING = "willing", _("Willing when asked")
    POTENTIAL = "potential", _("Easy entry only")
    NOT_A_FIT = "not_a_fit", _("Never to be asked")


class Disclosure(models.TextChoices):
    """When sales may see who a reference is (VIS-1)."""

    NAMED = "named", _("Always")
    AFTER_ACCEPTANCE = "after_acceptance", _("After acceptance")
    NEVER = "never", _("Never")


class ReferenceFrequency(models.TextChoices):
    """How often an advocate takes a reference call, of either type (ADV-2)."""

    MONTHLY = "monthly", _("Once a month at most")
    QUARTERLY = "quarterly", _("Once a quarter at most")
    TWICE_A_YEAR = "twice_a_year", _("Twice a year at most")
    NONE = "none", _("No fixed distance")


REFERENCE_GAP_DAYS: dict[str, int] = {
    ReferenceFrequency.MONTHLY: 30,
    ReferenceFrequency.QUARTERLY: 91,
    ReferenceFrequency.TWICE_A_YEAR: 182,
    ReferenceFrequency.NONE: 0,
}


class Comfort(models.TextChoices):
    """Kinds of exposure an advocate is comfortable with (ADV-2)."""

    PRIVATE_CALL = "private_call", _("A private call")
    WRITTEN_QUOTE = "written_quote", _("A written quote")
    LOGO = "logo", _("Our logo shown")
    RECORDED_VIDEO = "recorded_video", _("A recorded video")
    PUBLIC_STAGE = "public_stage", _("A public stage")


class ConsentUse(models.TextChoices):
    """What a consent covers; ``employer`` is the employer's approval (ADV-4)."""

    REFERENCE_POOL = "reference_pool", _("Being asked for references")
    QUOTE = "quote", _("Quotes")
    LOGO = "logo", _("Logo")
    VIDEO = "video", _("Video")
    EMAIL = "email", _("E-mail")
    EMPLOYER = "employer", _("Employer's approval")


class TagKind(models.TextChoices):
    """Kinds of the tenant's vocabulary."""

    PRODUCT = "product", _("Product")
    USE_CASE = "use_case", _("Use case")
    TOPIC = "topic", _("Topic")
    COMPETITOR = "competitor", _("Competitor")


class Importance(models.TextChoices):
    """How soon a maturing program needs an activity type (ACT-3)."""

    MUST = "must", _("Must have")
    IMPORTANT = "important", _("Important")
    NICE = "nice", _("Nice to have")


class Effort(models.TextChoices):
    """What an activity asks of the advocate."""

    LOW = "low", _("Low effort")
    MODERATE = "moderate", _("Moderate effort")
    HIGH = "high", _("High effort")


class TierCredit(models.TextChoices):
    """When a completed activity counts towards tiers (spec.md, section 5)."""

    YES = "yes", _("When completed")
    QUALIFIED = "qualified", _("When qualified")
    CALLED = "called", _("When called")
    TERM = "term", _("Once a term")
    NO = "no", _("Never")


class Rewards(models.TextChoices):
    """Whether benefits may be tied to an activity type (BEN-4)."""

    YES = "yes", _("Allowed")
    TENANT = "tenant", _("As the program decides")
    NEVER = "never", _("Never")


class Origin(models.TextChoices):
    """How a participation came about. Only asked ones take units and obey the guard (CAP-1)."""

    ASKED = "asked", _("Asked")
    VOLUNTEERED = "volunteered", _("Volunteered")
    OUTSIDE = "outside", _("Outside the program")
    IMPORTED = "imported", _("Imported history")


class UnitState(models.TextChoices):
    """Life of a participation in the ledger."""

    OPEN = "open", _("Open")
    COMPLETED = "completed", _("Completed")
    RELEASED = "released", _("Released")
    VOIDED = "voided", _("Voided")


class ReleaseReason(models.TextChoices):
    """Why an open participation gave its unit back (CAP-1)."""

    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Not answered")
    LATER = "later", _("Another time")
    SOMEONE_ELSE = "someone_else", _("Somebody else")
    FILLED = "filled", _("Already filled")
    CANCELLED = "cancelled", _("Cancelled")
    ADVOCATE_NO_SHOW = "advocate_no_show", _("Advocate did not come")


class GuardMode(models.TextChoices):
    """What a guardrail does when it is reached (CAP-5)."""

    BLOCK = "block", _("Block")
    WARN = "warn", _("Warn")


class ImportState(models.TextChoices):
    """Where an import stands (IMP-1)."""

    UPLOADED = "uploaded", _("Columns to confirm")
    QUEUED = "queued", _("Waiting for its turn")
    RUNNING = "running", _("Under way")
    CHECKED = "checked", _("Checked, not imported")
    DONE = "done", _("Imported")
    CANCELLED = "cancelled", _("Stopped")
    FAILED = "failed", _("Did not finish")
    REFUSED = "refused", _("Cannot be read")


class ImportPhase(models.TextChoices):
    """What a worker does with an import. The two walks are the same but for the ending."""

    READ = "read", _("Reading")
    CHECK = "check", _("Check")
    IMPORT = "import", _("Import")


#: A worker has something to do with these.
IMPORT_AT_WORK = frozenset({ImportState.QUEUED, ImportState.RUNNING})
#: Nothing comes after these.
IMPORT_ENDED = frozenset({ImportState.DONE, ImportState.CANCELLED})

#: Legal moves of an import.
IMPORT_MOVES: dict[str, frozenset[str]] = {
    ImportState.UPLOADED: frozenset({ImportState.QUEUED}),
    # On to uploaded when the files are read; back to it when a check is stopped, and to look at
    # the columns once more.
    ImportState.QUEUED: frozenset(
        {ImportState.RUNNING, ImportState.UPLOADED, ImportState.CANCELLED, ImportState.FAILED}
    ),
    ImportState.RUNNING: frozenset(
        {
            ImportState.CHECKED,
            ImportState.DONE,
            ImportState.UPLOADED,
            ImportState.CANCELLED,
            ImportState.FAILED,
            ImportState.REFUSED,
        }
    ),
    ImportState.CHECKED: frozenset({ImportState.QUEUED, ImportState.UPLOADED}),
    # A failed check goes back to its columns; a failed import goes on, or stays as it is.
    ImportState.FAILED: frozenset(
        {ImportState.QUEUED, ImportState.UPLOADED, ImportState.CANCELLED}
    ),
    ImportState.DONE: frozenset(),
    ImportState.CANCELLED: frozenset(),
    # One of the files cannot be read: it is put right and uploaded anew.
    ImportState.REFUSED: frozenset(),
}
