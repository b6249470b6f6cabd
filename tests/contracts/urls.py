"""What every address of the product answers to whom. One line per URL name (ID-2).

    "people": page("settings.people", GET + POST),
    "people-role": page("settings.people", pk=Membership),
    "people-deactivate": page("settings.people", POST, pk=Membership),
    "join": page(LINK, GET + POST, secret=link("join", Invitation)),

The first argument is an action of the permission matrix, the same one the view declares, or

    ``MEMBER``     any member of the tenant, whatever the role
    ``SIGNED_IN``  anybody with an account, outside a tenant
    ``LINK``       whoever holds the personal link
    ``PUBLIC``     anybody

Methods default to GET. A keyword argument is a part of the address: a model (a sample row's key,
made by its factory in the tenant), a function called inside the tenant's scope, or a value; the
tenant's slug is filled in by itself. ``narrowed=True`` says that the role alone is not enough (a
CSM's own accounts): an allowed role may then get 403 or 404 for the sample. ``counted=False``
leaves a GET page out of the query counts, ``axed=False`` out of the accessibility run (it answers
a file, a fragment or a redirect). ``may_answer`` names a status of 500 and above that is no fault.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from activities.activities.models import Activity
from activities.asset_approvals.models import AssetApproval
from activities.assets.models import Asset, AssetVersion
from activities.duties.models import Duty
from activities.feedback.models import Feedback
from activities.loops.models import LoopDuty
from activities.set_up.models import SetUp
from activities.slot_checks.models import SlotCheck
from activities.transcripts.models import Transcript
from advocacy.files.models import StoredFile
from advocacy.identity import account_mail
from advocacy.identity.models import AccountMail, AccountMailPurpose, Invitation
from advocacy.messaging.links import create_link, secret_of
from advocacy.messaging.models import OutgoingMail
from advocacy.records.resource import Resource, registered
from advocacy.rest.models import ApiToken
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import Absence, Holiday, Membership, StuckWork, Tenant
from advocacy.tenancy.roles import Role
from advocates.models import (
    Account,
    AccountIdentifier,
    ActivityType,
    Advocate,
    Consent,
    Material,
    Moment,
    Nomination,
    Outcome,
    Participation,
    PilotVoice,
    PoolMembership,
    ProgramInvitation,
    SavedSegment,
)
from benefits.catalogue.models import Benefit
from benefits.points.models import PointEntry
from benefits.sales_thanks.models import SalesThanks
from benefits.thanks.models import ThankYou
from imports.models import ImportFile, ImportRun
from reporting.models import CapacityCheck, ChatConnection, News
from requests.models import (
    Approval,
    Ask,
    AskReply,
    AskSlot,
    Briefing,
    Opportunity,
    Request,
    Share,
)
from tests.factories.tenancy import MembershipFactory

PUBLIC, LINK, SIGNED_IN, MEMBER = "public", "link", "signed-in", "any member"
GET: tuple[str, ...] = ("get",)
POST: tuple[str, ...] = ("post",)


@dataclass(frozen=True)
class Declared:
    """One line of :data:`PAGES`."""

    access: str
    methods: Sequence[str] = GET
    kwargs: dict[str, Any] = field(default_factory=dict)
    narrowed: bool = False
    counted: bool = True
    axed: bool = True
    may_answer: tuple[int, ...] = ()


def page(
    access: str,
    methods: Sequence[str] = GET,
    *,
    narrowed: bool = False,
    counted: bool = True,
    axed: bool = True,
    may_answer: tuple[int, ...] = (),
    **kwargs: Any,
) -> Declared:
    """Declare an address; see the top of this file."""
    return Declared(access, methods, kwargs, narrowed, counted, axed, may_answer)


def link(purpose: str, model: type[TenantModel]) -> Callable[[], str]:
    """The secret of a personal link to a sample row."""

    def make() -> str:
        from datetime import timedelta

        from advocacy import clock
        from tests.contracts.samples import sample

        made = create_link(
            purpose=purpose,
            subject_id=sample(model).pk,
            expires_at=clock.now() + timedelta(days=1),
        )
        return secret_of(made)

    return make


def behind_asset_link() -> UUID:
    """The key of a file of the piece that the newest link is about."""
    from advocacy.messaging.models import PersonalLink
    from tests.factories.files import StoredFileFactory

    made = PersonalLink.objects.filter(purpose="asset").latest("created_at", "pk")
    return StoredFileFactory.create(subject_id=made.subject_id).pk  # type: ignore[no-any-return]


def with_file(**kwargs: Any) -> UUID:
    """The key of a piece that is a file; in whatever state, with its leave."""
    from tests.factories.files import TONE_SHA256, StoredFileFactory

    pk = asset_in(file_sha256=TONE_SHA256, **kwargs)()
    StoredFileFactory.create(subject_id=pk)
    return pk


def _link_to(purpose: str, pk: UUID) -> str:
    from datetime import timedelta

    from advocacy import clock

    until = clock.now() + timedelta(days=1)
    return secret_of(create_link(purpose=purpose, subject_id=pk, expires_at=until))


def approval_of_file() -> str:
    """The link of somebody who is asked about a piece that is a file."""
    from tests.factories.assets import AssetApprovalFactory

    asset = Asset.objects.get(pk=with_file(confirmed=True))
    return _link_to("asset-approval", AssetApprovalFactory.create(asset=asset).pk)


def share_of_file() -> str:
    """The link under which such a piece is shared."""
    from tests.factories.shares import ShareFactory

    asset = Asset.objects.get(pk=with_file(published=True))
    return _link_to("share", ShareFactory.create(asset=asset).pk)


def failed_mail() -> UUID:
    """A mail that may be sent again."""
    from tests.factories.messaging import OutgoingMailFactory

    return OutgoingMailFactory.create(state="failed").pk  # type: ignore[no-any-return]


def sent_mail() -> UUID:
    """A mail that may come back."""
    from tests.factories.messaging import OutgoingMailFactory

    return OutgoingMailFactory.create(state="sent").pk  # type: ignore[no-any-return]


def sign_in_secret() -> str:
    """The secret of a link that signs somebody in."""
    email = MembershipFactory.create(role=Role.SALES).user.email
    account_mail.request_account_mail(
        email=email, purpose=AccountMailPurpose.SIGN_IN, language="en"
    )
    return account_mail.secret_of(AccountMail.objects.get(user__email=email))


def accepted_activity(**changes: Any) -> UUID:
    """The key of an activity somebody said yes to, or of one in another state."""
    from tests.contracts.samples import sample

    activity = sample(Activity)
    Activity.objects.filter(pk=activity.pk).update(**{"state": "accepted", **changes})
    return activity.pk


def missed_activity() -> UUID:
    """The key of an activity whose booked time is over."""
    from datetime import timedelta

    from advocacy import clock

    now = clock.now()
    return accepted_activity(
        state="scheduled", starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1)
    )


def completed_activity() -> UUID:
    """The key of an activity that happened."""
    from advocacy import clock

    now = clock.now()
    return accepted_activity(state="completed", happened_at=now, completed_at=now)


def referral() -> UUID:
    """The key of a referral that happened and waits to qualify."""
    pk = completed_activity()
    activity = Activity.objects.get(pk=pk)
    ActivityType.objects.filter(pk=activity.activity_type_id).update(tier_credit="qualified")
    Participation.objects.filter(pk=activity.participation_id).update(counts_for_tier=False)
    return pk


def posted_review() -> UUID:
    """The key of a review that was written, and may be posted by now."""
    pk = completed_activity()
    activity = Activity.objects.get(pk=pk)
    ActivityType.objects.filter(pk=activity.activity_type_id).update(produces="link")
    return pk


def unscheduled_activity() -> UUID:
    """The key of what somebody said yes to long ago, and has no time yet."""
    from datetime import timedelta

    from activities.duties.models import Duty
    from advocacy import clock

    long_ago = clock.now() - timedelta(days=30)
    pk = accepted_activity(accepted_at=long_ago)
    Duty.objects.get_or_create(
        activity_id=pk, step="schedule", item=None, task="", defaults={"due_at": long_ago}
    )
    return pk


def done_duty() -> UUID:
    """The key of a duty that somebody did."""
    from tests.factories.activities import DoneDutyFactory

    return DoneDutyFactory.create().pk  # type: ignore[no-any-return]


def grant_out() -> UUID:
    """A benefit that was delivered, and can come back."""
    from tests.factories.giving import GrantFactory

    return GrantFactory.create(state="delivered").pk  # type: ignore[no-any-return]


def step_left_out() -> UUID:
    """A step of a playbook that is left out."""
    from tests.factories.playbooks import PlaybookStepFactory

    return PlaybookStepFactory.create(state="left_out").pk  # type: ignore[no-any-return]


def text_left_out() -> UUID:
    """A text of a playbook that is left out."""
    from tests.factories.playbooks import PlaybookTextFactory

    return PlaybookTextFactory.create(state="left_out").pk  # type: ignore[no-any-return]


def low_feedback() -> UUID:
    """The key of a low rating that nobody has looked into."""
    from tests.factories.activities import LowFeedbackFactory

    return LowFeedbackFactory.create().pk  # type: ignore[no-any-return]


def asset_in(**kwargs: Any) -> Callable[[], UUID]:
    """A piece of content in a state, with the leave that publishing it takes."""

    def make() -> UUID:
        from advocacy import clock
        from tests.factories.assets import AssetFactory

        asset = AssetFactory(**kwargs)
        today = clock.today(asset.tenant.zone)
        Consent.objects.create(advocate=asset.advocate, use="quote", given_on=today)
        return asset.pk  # type: ignore[no-any-return]

    return make


def placement_done() -> UUID:
    """The key of a placement that is there."""
    from advocacy import clock
    from tests.factories.assets import PlacementFactory

    return PlacementFactory(state="done", done_at=clock.now()).pk  # type: ignore[no-any-return]


def repurposing_dropped() -> UUID:
    """The key of a planned piece that was left out."""
    from tests.factories.assets import RepurposingFactory

    return RepurposingFactory(state="dropped").pk  # type: ignore[no-any-return]


def slug_of_gallery() -> str:
    """The tenant's slug, with the gallery on and something in it to choose from."""
    from activities.distribution.numbers import DISTRIBUTION
    from advocacy.tenancy.actors import Actor
    from advocacy.tenant_settings.services import change_settings
    from tests.factories.advocates import AccountTagFactory

    change_settings(actor=Actor.system("test"), family=DISTRIBUTION, values={"gallery_on": True})
    asset = Asset.objects.get(pk=asset_in(published=True)())
    AccountTagFactory(account=asset.advocate.account)
    return own_slug()


def published_piece() -> UUID:
    """The key of a piece that the log says was published."""
    from activities.assets.services import publish_asset
    from advocacy.tenancy.actors import Actor

    asset = Asset.objects.get(pk=asset_in(approved=True)())
    publish_asset(actor=Actor.system("test"), asset=asset)
    return asset.pk


def transcript_spoken() -> UUID:
    """A transcript in which two people speak."""
    from tests.factories.transcripts import TranscriptSpeakerFactory

    transcript = TranscriptSpeakerFactory().transcript
    TranscriptSpeakerFactory(transcript=transcript)
    return transcript.pk  # type: ignore[no-any-return]


def planned_approval() -> UUID:
    """A step whose turn has not come."""
    from tests.factories.assets import AssetApprovalFactory

    return AssetApprovalFactory(state="planned", asset__state="draft").pk  # type: ignore[no-any-return]


def held_thanks() -> UUID:
    """The key of a colleague's thanks that were held back."""
    from tests.factories.benefits import HeldThanksFactory

    return HeldThanksFactory.create().pk  # type: ignore[no-any-return]


def rule_off() -> UUID:
    """A routing rule that is switched off."""
    from tests.factories.routing import RoutingRuleFactory

    return RoutingRuleFactory.create(state="off").pk  # type: ignore[no-any-return]


def cost_out() -> UUID:
    """The key of a cost that was taken out."""
    from tests.factories.measuring import CostFactory

    return CostFactory.create(state="removed").pk  # type: ignore[no-any-return]


def goal_given_up() -> UUID:
    """The key of a goal that is not pursued any more."""
    from tests.factories.measuring import GoalFactory

    return GoalFactory.create(state="given_up").pk  # type: ignore[no-any-return]


def answered_voice() -> UUID:
    """The key of an answer about the pilot that waits for a decision."""
    from tests.factories.set_up import AnsweredVoiceFactory

    return AnsweredVoiceFactory.create().pk  # type: ignore[no-any-return]


def due_duty() -> UUID:
    """The key of a duty with something to tell."""
    from advocacy import clock
    from tests.contracts.samples import sample

    duty = sample(LoopDuty)
    LoopDuty.objects.filter(pk=duty.pk).update(due_at=clock.now(), news="They bought")
    return duty.pk


def qualified_person() -> UUID:
    """The key of somebody who may be invited."""
    from tests.contracts.samples import sample

    person = sample(Advocate)
    Advocate.objects.filter(pk=person.pk).update(status="qualified")
    return person.pk


def candidate_person() -> UUID:
    """The key of a candidate."""
    from tests.contracts.samples import sample

    person = sample(Advocate)
    Advocate.objects.filter(pk=person.pk).update(status="candidate")
    return person.pk


def offered_place() -> UUID:
    """The key of a place in the pool that waits for an answer."""
    from tests.factories.pool import OfferedFactory

    return OfferedFactory.create().pk  # type: ignore[no-any-return]


def promoter() -> UUID:
    """The key of somebody who may be offered the community pool."""
    from tests.factories.pool import PromoterFactory

    return PromoterFactory.create().pk  # type: ignore[no-any-return]


def declined_person() -> UUID:
    """The key of somebody whose no is not final any more."""
    from tests.contracts.samples import sample

    person = sample(Advocate)
    Advocate.objects.filter(pk=person.pk).update(status="declined", declined_at=None)
    return person.pk


def invited_person() -> UUID:
    """The key of somebody with an open invitation."""
    from tests.contracts.samples import sample

    return sample(ProgramInvitation).advocate_id  # type: ignore[attr-defined,no-any-return]


def portal_link() -> str:
    """The secret of an advocate's own page, in a program that is set up."""
    from tests.factories.advocates import ProgramPolicyFactory

    ProgramPolicyFactory.create()
    return link("portal", Advocate)()


def points_link() -> str:
    """The same where the tenant has points."""
    from tests.support.points import points_on

    points_on()
    return portal_link()


def volunteer_link() -> str:
    """The secret of the page on which somebody who is not in the program offers to help."""
    from datetime import timedelta

    from advocacy import clock
    from tests.contracts.samples import sample

    person = sample(Advocate)
    Advocate.objects.filter(pk=person.pk).update(status="candidate")
    MembershipFactory.create(role=Role.PROGRAM_MANAGER)
    made = create_link(
        purpose="volunteer",
        subject_id=person.pk,
        expires_at=clock.now() + timedelta(days=1),
    )
    return secret_of(made)


def question_link() -> str:
    """The secret of the page on which a requester answers a question."""
    from datetime import timedelta

    from advocacy import clock
    from tests.contracts.samples import sample

    row = sample(Request)
    Request.objects.filter(pk=row.pk).update(state="needs_info", state_reason="Which modules?")
    made = create_link(
        purpose="request-info",
        subject_id=row.pk,
        expires_at=clock.now() + timedelta(days=1),
    )
    return secret_of(made)


def briefing_link() -> str:
    """The personal link of somebody who said yes, with what they read before the call."""
    from datetime import timedelta

    from advocacy import clock
    from tests.factories.activities import ActivityFactory
    from tests.factories.briefings import BriefingFactory

    activity = ActivityFactory.create(state="accepted")
    row = BriefingFactory.create(
        side="advocate",
        ask__state="accepted",
        ask__advocate=activity.advocate,  # type: ignore[attr-defined]
        ask__participation=activity.participation,  # type: ignore[attr-defined]
        ask__activity=activity,
    )
    made = create_link(
        purpose="ask",
        subject_id=row.ask_id,  # type: ignore[attr-defined]
        expires_at=clock.now() + timedelta(days=7),
    )
    return secret_of(made)


def proposed_ask() -> UUID:
    """The key of an ask that waits for its account's owner; nobody owns it, so the program says."""
    from tests.contracts.samples import sample

    ask = sample(Ask)
    Ask.objects.filter(pk=ask.pk).update(
        state="proposed", is_sent=False, say_of=MembershipFactory.create(role=Role.CSM)
    )
    return ask.pk


def text_put_back() -> UUID:
    """A tenant's own text of a mail, while ours goes out."""
    from tests.factories.messaging import MailTemplateFactory

    return MailTemplateFactory.create(state="put_back").pk  # type: ignore[no-any-return]


def executive_note() -> UUID:
    """A note that an executive owes."""
    from tests.contracts.samples import sample

    thank_you = sample(ThankYou)
    ThankYou.objects.filter(pk=thank_you.pk).update(kind="executive")
    return thank_you.pk


def work_link_secret() -> str:
    """The secret of the page that finishes a moment of a colleague's Today."""
    from advocacy.messaging.work_links.making import work_link
    from tests.contracts.samples import sample

    moment = sample(Moment)
    owner = MembershipFactory.create(role=Role.CSM)
    Account.objects.filter(pk=moment.account_id).update(owner=owner)  # type: ignore[attr-defined]
    made = work_link("moment", moment.pk, owner)
    assert made is not None
    return secret_of(made)


def say_link() -> str:
    """The secret of the page on which an account's owner has a say."""
    from datetime import timedelta

    from advocacy import clock

    made = create_link(
        purpose="ask-say", subject_id=proposed_ask(), expires_at=clock.now() + timedelta(days=1)
    )
    return secret_of(made)


def booking_link() -> str:
    """The secret of the page on which a prospect picks a time that was offered."""
    from tests.contracts.samples import sample

    slot = sample(AskSlot)
    accepted_activity()
    Ask.objects.filter(pk=slot.ask_id).update(  # type: ignore[attr-defined]
        state="accepted", activity=sample(Activity)
    )
    AskSlot.objects.filter(pk=slot.pk).update(offered=True)
    return link("booking", Ask)()


def own_slug() -> str:
    """The slug of the open scope's tenant."""
    from advocacy.tenancy.scope import current_tenant_id

    return Tenant.objects.get(pk=current_tenant_id()).slug


def type_code() -> str:
    """The code of an activity type."""
    from tests.contracts.samples import sample

    return sample(ActivityType).code  # type: ignore[attr-defined,no-any-return]


#: For an address whose row need not exist.
anything = uuid7()

PAGES: dict[str, Declared] = {
    # --- advocacy.urls: health, development -------------------------------------------------
    "healthz": page(PUBLIC, axed=False, may_answer=(503,)),
    "search": page(MEMBER),
    "evidence": page("assets.view"),
    "navigation-counts": page(MEMBER, axed=False),
    # --- people: sign-in, members, settings -------------------------------------------------
    "home": page(SIGNED_IN, axed=False),
    "sign-in": page(PUBLIC, GET + POST),
    "sign-in-link": page(PUBLIC, GET + POST),
    "sign-in-link-sent": page(PUBLIC),
    "sign-in-with-link": page(PUBLIC, GET + POST, secret=sign_in_secret),
    "sign-in-code": page(PUBLIC, GET + POST, axed=False),
    "sign-out": page(PUBLIC, POST),
    "password-reset": page(PUBLIC, GET + POST),
    "password-reset-sent": page(PUBLIC),
    "password-reset-done": page(PUBLIC),
    "password-reset-confirm": page(PUBLIC, GET + POST, uidb64="MA", token="a-b"),
    "settings": page("settings.view"),
    "profile": page("profile.edit", GET + POST),
    "profile-password": page("profile.edit", GET + POST),
    "second-factor": page("profile.edit"),
    "second-factor-start": page("profile.edit", POST),
    "second-factor-confirm": page("profile.edit", GET + POST, axed=False),
    "second-factor-codes": page("profile.edit", GET + POST, axed=False),
    "second-factor-off": page("profile.edit", GET + POST, axed=False),
    "enablement:team": page("settings.rules"),
    "enablement:offered": page(MEMBER, audience="sales"),
    "enablement:complete": page(MEMBER, POST, pk=Material),
    "protection": page("settings.view"),
    "setup": page("settings.rules"),
    "setup-types": page("settings.rules", POST),
    "setup-switch-on": page("settings.rules", POST, pk=ActivityType),
    "setup-go-on": page("settings.rules", GET + POST),
    "pilot-voices:ask": page("settings.rules", GET + POST),
    "pilot-voices:decide": page("settings.rules", GET + POST, pk=answered_voice),
    "portal-pilot": page(LINK, GET + POST, secret=link("pilot", PilotVoice)),
    "who-does-what": page("settings.view"),
    "program": page("settings.rules", GET + POST),
    "responsibilities": page("settings.rules", GET + POST),
    "type-responsibilities": page("settings.rules", GET + POST, code=type_code),
    "settings-families": page("settings.rules"),
    "settings-family": page("settings.rules", GET + POST, family="appreciation"),
    "settings-calendar": page("settings.rules", GET + POST),
    "holiday-add": page("settings.rules", GET + POST),
    "holiday-remove": page("settings.rules", POST, pk=Holiday),
    "audit": page("audit.view", GET + POST),
    "people": page("settings.people", GET + POST),
    "people-invite": page("settings.people", GET + POST),
    "invitation-resend": page("settings.people", POST, pk=Invitation),
    "invitation-revoke": page("settings.people", POST, pk=Invitation),
    "person": page("settings.people", pk=Membership),
    "people-role": page("settings.people", GET + POST, pk=Membership),
    "people-deactivate": page("settings.people", POST, pk=Membership),
    "people-reactivate": page("settings.people", POST, pk=Membership),
    "people-deactivate-many": page("settings.people", POST),
    "people-reactivate-many": page("settings.people", POST),
    "join": page(LINK, GET + POST, secret=link("join", Invitation)),
    # --- mailroom: the mail log -------------------------------------------------------------
    "mail-log": page("audit.view", GET + POST),
    "mail-entry": page("audit.view", pk=OutgoingMail),
    "undo": page(MEMBER, POST),
    "mail-returned": page("mail.retry", POST, pk=sent_mail),
    "mail-retry": page("mail.retry", POST, pk=failed_mail),
    "stuck": page("audit.view", GET + POST),
    "mail-retry-many": page("mail.retry", POST),
    "stuck-retry-many": page("mail.retry", POST),
    "stuck-retry": page("mail.retry", POST, pk=StuckWork),
    # --- rest: tokens, the description of the interface (endpoints.py has the interface) ------
    "tokens": page("settings.tokens", GET + POST),
    "token-new": page("settings.tokens", GET + POST),
    "token-revoke-many": page("settings.tokens", POST),
    "token-revoke": page("settings.tokens", POST, pk=ApiToken),
    "api:schema": page(PUBLIC, axed=False),
    "api:docs": page(PUBLIC, axed=False),
    # --- advocates: accounts, advocates, tiers ----------------------------------------------
    "advocates:list": page("advocates.view", GET + POST),
    "advocates:candidates": page("advocates.view", GET + POST),
    "advocates:pipeline": page("advocates.view"),
    "advocates:nominate-many": page("nominations.submit", POST),
    "advocates:dismiss-many": page("candidates.dismiss", POST),
    "advocates:score": page("advocates.view", pk=Advocate),
    "advocates:everybody": page("advocates.view", GET + POST),
    "advocates:enrol-many": page("advocates.enrol", POST),
    "advocates:pause-many": page("advocates.enrol", POST),
    "advocates:resume-many": page("advocates.enrol", POST),
    "advocates:new": page("advocates.edit", GET + POST),
    "advocates:detail": page("advocates.view", pk=Advocate),
    "advocates:edit": page("advocates.edit", GET + POST, pk=Advocate, narrowed=True),
    "advocates:write": page("advocates.edit", GET + POST, pk=Advocate, narrowed=True),
    "advocates:sponsor": page("advocates.edit", GET + POST, pk=Advocate, narrowed=True),
    "advocates:sheet": page("advocates.view", pk=Advocate),
    "advocates:held": page("advocates.export", pk=Advocate),
    "advocates:held-file": page("advocates.export", POST, pk=Advocate),
    "advocates:erase": page("advocates.erase", GET + POST, pk=Advocate),
    "advocates:merge": page("records.merge", GET + POST, pk=Advocate),
    "advocates:merge-with": page("records.merge", GET + POST, pk=Advocate, other=Advocate),
    "advocates:enrol": page("advocates.enrol", GET + POST, pk=Advocate),
    "advocates:pause": page("advocates.enrol", POST, pk=Advocate),
    "advocates:resume": page("advocates.enrol", POST, pk=Advocate),
    "advocates:retire": page("advocates.enrol", GET + POST, pk=Advocate),
    "advocates:tick": page("advocates.edit", POST, pk=Advocate, step="welcome", narrowed=True),
    "advocates:untick": page("advocates.edit", POST, pk=Advocate, step="welcome", narrowed=True),
    "advocates:preferences": page("advocates.edit", GET + POST, pk=Advocate, narrowed=True),
    "advocates:outcome-new": page("advocates.edit", GET + POST, pk=Advocate, narrowed=True),
    "advocates:outcome-remove": page(
        "advocates.edit", POST, pk=Advocate, outcome=Outcome, narrowed=True
    ),
    "advocates:consent-new": page("advocates.edit", GET + POST, pk=Advocate, narrowed=True),
    "advocates:consent-withdraw": page(
        "advocates.edit", POST, pk=Advocate, consent=Consent, narrowed=True
    ),
    "accounts:list": page("accounts.view", GET + POST),
    "accounts:owner-many": page("accounts.edit", POST),
    "accounts:hold-many": page("accounts.edit", POST),
    "accounts:lift-many": page("accounts.edit", POST),
    "accounts:new": page("accounts.edit", GET + POST),
    "accounts:detail": page("accounts.view", pk=Account),
    "accounts:edit": page("accounts.edit", GET + POST, pk=Account, narrowed=True),
    "accounts:strategic": page(MEMBER),
    "accounts:merge": page("records.merge", GET + POST, pk=Account),
    "accounts:merge-with": page("records.merge", GET + POST, pk=Account, other=Account),
    "accounts:hold": page("accounts.edit", GET + POST, pk=Account, narrowed=True),
    "accounts:hold-lift": page("accounts.edit", POST, pk=Account, narrowed=True),
    "accounts:revenue-new": page("accounts.edit", GET + POST, pk=Account, narrowed=True),
    "accounts:identifier-new": page("accounts.edit", GET + POST, pk=Account, narrowed=True),
    "accounts:identifier-remove": page(
        "accounts.edit", POST, pk=Account, identifier=AccountIdentifier, narrowed=True
    ),
    "tiers": page("tiers.view"),
    "import": page("imports.run", GET + POST),
    "import-sample": page("imports.run", axed=False),
    "imports": page("imports.run", GET + POST),
    "import-discard-many": page("imports.run", POST),
    "import-run": page("imports.run", GET + POST, pk=ImportRun),
    "import-columns": page("imports.run", POST, pk=ImportRun),
    "import-start": page("imports.run", POST, pk=ImportRun),
    "import-cancel": page("imports.run", POST, pk=ImportRun),
    "import-retry": page("imports.run", POST, pk=ImportRun),
    "import-discard": page("imports.run", POST, pk=ImportRun),
    "import-errors": page("imports.run", pk=ImportRun, axed=False),
    "import-kind": page("imports.run", POST, pk=ImportFile),
    "import-encoding": page("imports.run", POST, pk=ImportFile),
    "import-rejected": page("imports.run", pk=ImportFile, axed=False),
    "settings-activity-types": page("settings.rules"),
    "activity-type-recruitment": page("settings.rules", GET + POST, pk=ActivityType),
    "activity-type-new": page("settings.rules", GET + POST),
    "activity-type": page("settings.rules", GET + POST, pk=ActivityType),
    "pool:agree": page("pool.edit", GET + POST, pk=offered_place),
    "pool:invite": page("pool.edit", GET + POST, pk=PoolMembership),
    "pool:offer": page("pool.edit", GET + POST, pk=promoter),
    "recruitment:preview": page("advocates.invite", POST, narrowed=True),
    "nominations:list": page("nominations.submit", GET + POST),
    "nominations:to-decide": page("nominations.decide", GET + POST),
    "nominations:all": page("nominations.decide", GET + POST),
    "nominations:new": page("nominations.submit", GET + POST),
    "nominations:criteria": page("nominations.submit", axed=False),
    "nominations:detail": page("nominations.submit", pk=Nomination, narrowed=True),
    "nominations:accept": page("nominations.decide", GET + POST, pk=Nomination),
    "nominations:return": page("nominations.decide", GET + POST, pk=Nomination),
    "nominations:withdraw": page("nominations.submit", POST, pk=Nomination, narrowed=True),
    "nominations:acknowledge": page("nominations.submit", POST, pk=Nomination, narrowed=True),
    "nominations:cultivate": page("advocates.invite", GET + POST, pk=qualified_person),
    "nominations:qualify": page("nominations.decide", GET + POST, pk=candidate_person),
    "nominations:set-back": page("advocates.invite", GET + POST, pk=qualified_person),
    "nominations:decline": page("advocates.invite", GET + POST, pk=invited_person),
    "nominations:reconsider": page("advocates.invite", POST, pk=declined_person),
    "nominations:invite-preview": page("advocates.invite", POST, pk=qualified_person),
    "nominations:invite": page("advocates.invite", GET + POST, pk=qualified_person),
    "nominations:invite-again": page("advocates.invite", POST, pk=invited_person),
    "nominations:invite-withdraw": page("advocates.invite", POST, pk=invited_person),
    # --- activities -------------------------------------------------------------------------
    "activities:list": page("activities.view", GET + POST),
    "activities:log": page("activities.log", GET + POST),
    "activities:offer": page("activities.log", GET + POST),
    "activities:detail": page("activities.view", pk=Activity),
    "activities:accept": page("activities.complete", POST, pk=Activity),
    "activities:schedule": page("activities.complete", GET + POST, pk=accepted_activity),
    "activities:complete": page("activities.complete", GET + POST, pk=accepted_activity),
    "activities:no-show": page("activities.complete", GET + POST, pk=missed_activity),
    "activities:decline": page("activities.complete", GET + POST, pk=Activity),
    "activities:cancel": page("activities.complete", GET + POST, pk=Activity),
    "activities:come-out": page("activities.complete", GET + POST, pk=posted_review),
    "activities:qualify": page("activities.complete", POST, pk=referral),
    "activities:void": page("activities.void", GET + POST, pk=completed_activity),
    # Whose it is, the account's owner, and the program.
    # One's own, but for the program and the others who may open activities.
    "slot-checks:list": page("slot_checks.view", GET + POST),
    "slot-checks:detail": page("slot_checks.view", pk=SlotCheck, narrowed=True),
    "slot-checks:answer": page(
        "slot_checks.answer",
        GET + POST,
        pk=SlotCheck,
        narrowed=True,
        counted=False,
        axed=False,
    ),
    "happened": page(LINK, GET + POST, secret=link("happened", SlotCheck)),
    "feedback:list": page("feedback.view", GET + POST),
    "feedback:detail": page("feedback.view", pk=Feedback, narrowed=True),
    "feedback:give": page(
        "feedback.give", GET + POST, pk=Feedback, narrowed=True, counted=False, axed=False
    ),
    "feedback:handle": page("feedback.handle", GET + POST, pk=low_feedback),
    "feedback": page(LINK, GET + POST, secret=link("feedback", Feedback)),
    "sales-thanks:list": page("sales_thanks.view", GET + POST),
    "sales-thanks:new": page("sales_thanks.write", GET + POST),
    "sales-thanks:detail": page("sales_thanks.view", pk=SalesThanks, narrowed=True),
    "sales-thanks:hold": page("thanks.send", POST, pk=SalesThanks, narrowed=True),
    "sales-thanks:hold-many": page("thanks.send", POST),
    "sales-thanks:let-go": page("thanks.send", POST, pk=held_thanks, narrowed=True),
    "sales-thanks:take-back": page("sales_thanks.write", POST, pk=SalesThanks, narrowed=True),
    "duties:list": page("duties.view", GET + POST),
    "duties:detail": page("duties.view", pk=Duty, narrowed=True),
    "duties:finish": page("duties.edit", POST, pk=Duty, narrowed=True),
    "duties:reopen": page("duties.edit", POST, pk=done_duty, narrowed=True),
    "duties:hand-over": page("duties.edit", GET + POST, pk=Duty, narrowed=True),
    # --- requests: opportunities, requests, matching, asks ----------------------------------
    "settings-stages": page("settings.rules", GET + POST),
    "requests:list": page("requests.view", GET + POST),
    "requests:mine": page("requests.view", GET + POST),
    "requests:all": page("requests.view", GET + POST),
    "requests:new": page("requests.submit", GET + POST),
    # Every open request is matched: its statements grow with them.
    "requests:allocation": page("requests.triage", GET + POST, counted=False),
    "requests:browse": page("references.browse"),
    "requests:supply": page("supply.view"),
    "requests:case-subjects": page("assets.edit"),
    "requests:forecasts": page("requests.triage"),
    "requests:opportunities": page("requests.submit", axed=False),
    "requests:detail": page("requests.view", pk=Request, narrowed=True),
    "requests:edit": page("requests.submit", GET + POST, pk=Request, narrowed=True),
    "requests:submit": page("requests.submit", POST, pk=Request, narrowed=True),
    "requests:take-up-many": page("requests.triage", POST),
    "requests:assign-many": page("requests.triage", POST),
    "requests:review": page("requests.triage", POST, pk=Request),
    "requests:reopen": page("requests.triage", GET + POST, pk=Request),
    "requests:assign": page("requests.triage", GET + POST, pk=Request),
    "requests:ask-for-info": page("requests.triage", GET + POST, pk=Request),
    "requests:give-info": page("requests.submit", GET + POST, pk=Request, narrowed=True),
    "requests:decline": page("requests.triage", GET + POST, pk=Request),
    "requests:cancel": page("requests.submit", GET + POST, pk=Request, narrowed=True),
    "requests:accept-fewer": page("requests.submit", POST, pk=Request, narrowed=True),
    "requests:answered-by-content": page("requests.submit", POST, pk=Request, narrowed=True),
    "requests:close": page("requests.submit", GET + POST, pk=Request, narrowed=True),
    "requests:time-zone": page("requests.submit", GET + POST, pk=Request, narrowed=True),
    "requests:totals": page("requests.match", pk=Request),
    "requests:match": page("requests.match", pk=Request, advocate=Advocate),
    "requests:why-not": page("requests.match", pk=Request, axed=False),
    "requests:draft": page(
        "asks.send", GET + POST, pk=Request, narrowed=True, counted=False, axed=False
    ),
    "requests:ask-person": page("asks.send", pk=Advocate, narrowed=True, counted=False),
    "requests:say": page("asks.send", GET + POST, pk=proposed_ask, narrowed=True),
    "requests:withdraw": page("asks.send", POST, pk=Ask, narrowed=True),
    "requests:answer-for": page("asks.answer_for", GET + POST, pk=Ask, narrowed=True),
    "requests:reveal": page("requests.view", POST, pk=Ask, narrowed=True),
    "requests:schedule": page("requests.view", GET + POST, pk=Ask, narrowed=True),
    "requests:pick": page("requests.view", POST, pk=Ask, slot=AskSlot, narrowed=True),
    "requests:undo-booking": page("requests.view", POST, pk=Ask, narrowed=True),
    "requests:ask-for-times": page("requests.view", POST, pk=Ask, narrowed=True),
    "requests:let-them-choose": page("requests.view", GET + POST, pk=Ask, narrowed=True),
    "requests:general-weights": page("settings.rules"),
    "requests:weights": page("settings.rules"),
    "requests:type-weights": page("settings.rules", GET + POST, code=type_code),
    "requests:reset-weights": page("settings.rules", POST, code=type_code),
    "ask": page(LINK, GET + POST, secret=link("ask", Ask)),
    "set-ups:edit": page("activities.complete", GET + POST, pk=SetUp, narrowed=True),
    "ask-briefing": page(LINK, secret=briefing_link),
    "briefings:detail": page("requests.view", pk=Briefing, narrowed=True),
    "briefings:edit": page("requests.submit", GET + POST, pk=Briefing, narrowed=True),
    "briefings:confirm": page("requests.view", POST, pk=Briefing, narrowed=True),
    "ask-say": page(LINK, GET + POST, secret=say_link),
    "booking": page(LINK, GET + POST, secret=booking_link),
    "approval": page(LINK, GET + POST, secret=link("approval", Approval)),
    "asset": page(LINK, GET + POST, secret=link("asset", Asset)),
    "asset-approval": page(LINK, GET + POST, secret=link("asset-approval", AssetApproval)),
    # Files: bytes, and how far they are for scripts.
    "asset-files": page("assets.edit", POST, pk=Asset),
    "asset-file": page("assets.view", counted=False, axed=False, pk=StoredFile, narrowed=True),
    "asset-file-upload": page("assets.edit", GET + POST, axed=False, pk=StoredFile, narrowed=True),
    "asset-file-remove": page("assets.edit", POST, pk=StoredFile, narrowed=True),
    "link-files": page(LINK, POST, secret=link("asset", Asset)),
    "link-file": page(LINK, axed=False, secret=link("asset", Asset), pk=behind_asset_link),
    "link-file-upload": page(
        LINK, GET + POST, axed=False, secret=link("asset", Asset), pk=behind_asset_link
    ),
    "link-file-remove": page(LINK, POST, secret=link("asset", Asset), pk=behind_asset_link),
    "link-approval-file": page(LINK, axed=False, secret=approval_of_file),
    "share-file": page(LINK, axed=False, secret=share_of_file),
    # Whoever shared it, the deal's owner, the program.
    "share": page(LINK, GET + POST, secret=link("share", Share)),
    "shares:revoke": page("shares.edit", POST, pk=Share, narrowed=True),
    "shares:revoke-many": page("shares.edit", POST, narrowed=True),
    "assets:detail": page("assets.view", pk=Asset, narrowed=True),
    "assets:confirm": page("assets.edit", GET + POST, pk=asset_in(state="review")),
    "assets:take-back": page("assets.edit", POST, pk=asset_in(state="review")),
    "assets:publish": page("assets.edit", GET + POST, pk=asset_in(approved=True)),
    "assets:revive": page("assets.edit", POST, pk=asset_in(state="retired")),
    "transcripts:speakers": page("transcripts.edit", GET + POST, pk=transcript_spoken),
    "transcripts:remove": page("transcripts.edit", POST, pk=Transcript),
    "asset-versions:detail": page("assets.view", pk=AssetVersion, narrowed=True),
    "asset-approvals:detail": page("asset_approvals.view", pk=AssetApproval, narrowed=True),
    "asset-approvals:edit": page("assets.edit", GET + POST, pk=planned_approval),
    # Only whoever was named.
    "asset-approvals:approve": page(
        "asset_approvals.decide",
        GET + POST,
        pk=AssetApproval,
        narrowed=True,
        counted=False,
        axed=False,
    ),
    "asset-approvals:refuse": page(
        "asset_approvals.decide",
        GET + POST,
        pk=AssetApproval,
        narrowed=True,
        counted=False,
        axed=False,
    ),
    "asset-approvals:hand-over": page(
        "asset_approvals.decide",
        GET + POST,
        pk=AssetApproval,
        narrowed=True,
        counted=False,
        axed=False,
    ),
    "assets:tell-standing": page(
        "assets.edit", GET + POST, pk=asset_in(confirmed=True), narrowed=True
    ),
    "activities:tell-waiting": page(
        "activities.view", GET + POST, pk=unscheduled_activity, narrowed=True
    ),
    "assets:leave-gallery": page("assets.edit", POST, pk=asset_in(published=True)),
    "assets:join-gallery": page("assets.edit", POST, pk=asset_in(published=True, in_gallery=False)),
    "placements:reopen": page("assets.edit", POST, pk=placement_done),
    "repurposings:reopen": page("assets.edit", POST, pk=repurposing_dropped),
    "gallery": page(PUBLIC, slug=slug_of_gallery),
    "gallery-json": page(PUBLIC, axed=False, slug=slug_of_gallery),
    "gallery-rss": page(PUBLIC, axed=False, slug=slug_of_gallery),
    "gallery-piece": page(PUBLIC, slug=slug_of_gallery, pk=asset_in(published=True)),
    "gallery-file": page(
        PUBLIC, axed=False, slug=slug_of_gallery, pk=lambda: with_file(published=True)
    ),
    "proof": page(PUBLIC, slug=own_slug, pk=published_piece),
    "approvals:detail": page("approvals.view", pk=Approval, narrowed=True),
    "approvals:approve": page("approvals.decide", POST, pk=Approval, narrowed=True),
    # Only whoever was named, so nobody the counts come as.
    "approvals:refuse": page(
        "approvals.decide", GET + POST, pk=Approval, narrowed=True, counted=False, axed=False
    ),
    "request-answer": page(LINK, GET + POST, secret=question_link),
    # --- reporting --------------------------------------------------------------------------
    "today": page("today.view"),
    "today-snooze": page("today.view", GET + POST),
    "today-wake": page("today.view", POST),
    "today-hand-over": page("thanks.send", GET + POST),
    "capacity": page("metrics.view"),
    "capacity-look": page("requests.triage", POST),
    "capacity-note": page("requests.triage", POST, pk=CapacityCheck),
    "impact": page("impact.view"),
    "metrics": page("impact.view"),
    "metric": page("impact.view", GET + POST, code="influenced_revenue"),
    "report": page("report.view"),
    "account-sheet": page("account_sheets.view", pk=Account, narrowed=True),
    "report-mail": page("report.view", POST),
    "simulator": page("simulations.view"),
    "simulator-asks": page("simulations.view", GET + POST),
    "simulator-requests": page("simulations.view", GET + POST),
    "news": page("today.view"),
    "news-read": page("today.view", POST),
    # Only one's own.
    "news-open": page("today.view", POST, pk=News, narrowed=True),
    # --- benefits: thank-yous ---------------------------------------------------------------
    "thanks:desk": page("thanks.view"),
    "thanks:list": page("thanks.view", GET + POST),
    "thanks:thanked-many": page("thanks.send", POST),
    "thanks:hand-over-many": page("thanks.send", POST),
    "thanks:detail": page("thanks.view", GET + POST, pk=ThankYou, narrowed=True),
    "thanks:preview": page("thanks.view", POST, pk=ThankYou, narrowed=True),
    "thanks:thanked": page("thanks.send", GET + POST, pk=ThankYou, narrowed=True),
    "thanks:take": page("thanks.send", POST, pk=ThankYou, narrowed=True),
    "thanks:prepare": page("thanks.send", POST, pk=executive_note, narrowed=True),
    "thanks:sign": page("thanks.send", POST, pk=executive_note, narrowed=True),
    # --- mails: texts of one's own, and what a mail finishes ----------------------------------
    "mail-templates:preview": page("settings.rules", POST),
    "mail-templates:use-again": page("settings.rules", POST, pk=text_put_back),
    "work-link": page(LINK, GET + POST, secret=work_link_secret),
    "thanks:tell": page("thanks.send", GET + POST, pk=due_duty, narrowed=True),
    # --- portal: what advocates see ---------------------------------------------------------
    "what-is-involved": page(PUBLIC, slug=own_slug, code=type_code),
    "portal-sign-in": page(PUBLIC, GET + POST, slug=own_slug),
    "portal-send": page("advocates.edit", POST, pk=Advocate),
    "portal-end-links": page("advocates.edit", POST, pk=Advocate),
    "portal-data": page(LINK, POST, secret=portal_link),
    "portal-end": page(LINK, POST, secret=portal_link),
    "portal-erasure": page(LINK, POST, secret=portal_link),
    "portal-home": page(LINK, secret=portal_link),
    "portal-own-page": page(LINK, GET + POST, secret=portal_link),
    "portal-exchange": page(LINK, GET + POST, secret=portal_link),
    "portal-exchange-file": page(LINK, axed=False, secret=portal_link),
    "portal-preferences": page(LINK, GET + POST, secret=portal_link),
    "portal-points": page(LINK, GET + POST, secret=points_link),
    "portal-wall": page(LINK, GET + POST, secret=portal_link),
    "portal-protection": page(LINK, secret=portal_link),
    "portal-overview": page(LINK, GET + POST, secret=portal_link),
    "portal-pause": page(LINK, POST, secret=portal_link),
    "portal-volunteer": page(LINK, GET + POST, secret=volunteer_link),
    "portal-pool": page(LINK, GET + POST, secret=link("pool", PoolMembership)),
    "portal-invitation": page(LINK, GET + POST, secret=link("invitation", ProgramInvitation)),
    "absences:edit": page("absences.edit", GET + POST, pk=Absence, narrowed=True, counted=False),
    "absences:call-off": page("absences.edit", POST, pk=Absence, narrowed=True),
    "ask-replies:detail": page("asks.answer_for", pk=AskReply, narrowed=True),
    "ask-replies:settle": page("asks.answer_for", POST, pk=AskReply, narrowed=True),
    "chats:detail": page("profile.edit", pk=ChatConnection, narrowed=True, counted=False),
    "chats:try-again": page("profile.edit", POST, pk=ChatConnection, narrowed=True),
    "chats:disconnect": page("profile.edit", POST, pk=ChatConnection, narrowed=True),
    "segments:edit": page("segments.edit", GET + POST, pk=SavedSegment, narrowed=True),
    "segments:retire": page("segments.edit", POST, pk=SavedSegment, narrowed=True),
    "opportunities:untouched": page("opportunities.view"),
    "opportunities:lift-gate": page("requests.triage", GET + POST, pk=Opportunity),
    "playbook-steps:playbooks": page("playbooks.view"),
    "playbook-steps:playbook": page("playbooks.view", pk=ActivityType),
    "playbook-steps:take-up": page("settings.rules", POST, pk=step_left_out),
    "playbook-texts:take-up": page("settings.rules", POST, pk=text_left_out),
    "routing-rules:switch-on": page("settings.rules", POST, pk=rule_off),
    "routing-rules:switch-on-many": page("settings.rules", POST),
    # --- benefits: only what was delivered comes back ----------------------------------------
    "grants:return": page("grants.edit", GET + POST, pk=grant_out),
    "points:reverse": page("points.edit", GET + POST, pk=PointEntry),
    "entitlements:usual": page("entitlements.edit", GET + POST),
    "grants:commitments": page("commitments.view"),
    "grants:promises": page("commitments.view", pk=Benefit),
    # --- reporting: today, search, impact ---------------------------------------------------
    "costs:put-back": page("costs.edit", POST, pk=cost_out),
    "costs:put-back-many": page("costs.edit", POST),
    "goals:take-up": page("goals.edit", POST, pk=goal_given_up),
    "goals:take-up-many": page("goals.edit", POST),
    "goals:ambitions": page("goals.edit", POST),
    "rates:import": page("rates.edit", GET + POST),
}


def pages_of(resource: Resource) -> dict[str, Declared]:
    """The lines of a resource made with the kit. What each role may is said again, independently,
    in its :class:`tests.kit.resource.ResourceCase`.
    """
    model = resource.model
    found = {"list": page(resource.view, GET + POST), "detail": page(resource.view, pk=model)}
    if resource.create:
        found["new"] = page(resource.edit, GET + POST)
    if resource.update:
        found["edit"] = page(resource.edit, GET + POST, pk=model)
    for move in resource.moves:
        methods = GET + POST if move.fields else POST
        found[move.name.replace("_", "-")] = page(move.may, methods, pk=model)
        if move.is_for_many:
            found[move.many_name] = page(move.may, POST)
    return {f"{resource.name}:{name}": declared for name, declared in found.items()}


for _resource in registered():
    # What stands above is an exception and wins.
    PAGES = pages_of(_resource) | PAGES
