"""The advocates app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdvocatesConfig(AppConfig):
    """Accounts, advocates, the catalogue, the ledger and tiers."""

    name = "advocates"

    def ready(self) -> None:
        """Make verbs, pages and nightly work known; set a new tenant's program up."""
        from advocacy.events import bus
        from advocacy.messaging.last_words import keep_nothing_of
        from advocacy.messaging.links import register_purpose
        from advocacy.messaging.wording import kinds
        from advocacy.records.held import register_keeper
        from advocacy.records.resource import declare_verbs, register
        from advocacy.records.undoing import declare_undo, leads_back
        from advocacy.tenancy.sweeps import register_schedule
        from advocates import by_link, registration
        from advocates.candidates.resource import DISMISSALS
        from advocates.enablement.resource import ENABLEMENT
        from advocates.erasure_requests.farewell import MAIL as FAREWELL
        from advocates.erasure_requests.resource import ERASURE_REQUESTS
        from advocates.erasure_requests.services import on_erased
        from advocates.joining.invitations import PURPOSE, close_answered
        from advocates.joining.letter_kind import KIND
        from advocates.joining.lifecycle import INVITATION
        from advocates.joining.resource import NOMINATIONS
        from advocates.joining.services import close_erased, close_overtaken
        from advocates.moments.resource import MOMENTS
        from advocates.overrides.nightly import recalculate_nightly
        from advocates.overrides.resource import OVERRIDES
        from advocates.overrides.services import end_with_membership
        from advocates.people.lifecycle import ENROLMENT
        from advocates.people.renewals import remind_of_endings
        from advocates.pilot.resource import PILOT_VOICES
        from advocates.pilot.services import PURPOSE as PILOT_PURPOSE
        from advocates.pool.mails import PURPOSE as POOL_LINK
        from advocates.pool.resource import POOL_PLACES
        from advocates.pool.services import leave_for_program, leave_with_data
        from advocates.presences.resource import PRESENCES
        from advocates.program.services import set_up_new_tenant
        from advocates.recruiting.resource import RECRUITMENT
        from advocates.scoring.services import evaluate_nightly
        from advocates.segments.held import KEEPER
        from advocates.segments.resource import SEGMENTS
        from advocates.signals.resource import SIGNALS
        from advocates.strategy.resource import STRATEGY_SHEETS
        from advocates.touches.resource import TOUCHES
        from advocates.verbs import VERBS

        bus.declare(VERBS)
        keep_nothing_of(FAREWELL)
        by_link.register()
        kinds.register(KIND)
        declare_verbs(ENROLMENT)
        declare_verbs(INVITATION)
        leads_back("nomination.return", "nominations:return")
        leads_back("nomination.accept", "nominations:accept")
        declare_undo(
            "program_invitation.resend", _("took the second invitation back before it left")
        )
        bus.subscribe(
            "tenant.created",
            set_up_new_tenant,
            order=10,
            why="a new tenant starts with a policy, a catalogue and tiers",
        )
        register_schedule(
            "tiers",
            recalculate_nightly,
            hour=1,
            why="who fell short or got a seat overnight stands where they belong (TIER-3)",
        )
        register_schedule(
            "scores",
            evaluate_nightly,
            hour=1,
            why="strength and score follow what is known, and candidates come back (IDN-1, REL-1)",
        )
        register_schedule(
            "consents",
            remind_of_endings,
            hour=6,
            why="who looks after somebody hears once of a consent that ends (ADV-4)",
        )
        for verb in ("advocate.enrolled", "advocate.advanced"):
            bus.subscribe(
                verb,
                close_overtaken,
                order=10,
                why="somebody moved on by hand leaves no open nomination behind",
            )
            bus.subscribe(
                verb,
                close_answered,
                order=11,
                why="an answer given to a colleague closes the invitation",
            )
        bus.subscribe(
            "advocate.erased",
            close_erased,
            order=10,
            why="an open nomination or invitation ends with the person's data (GDPR-1)",
        )
        bus.subscribe(
            "advocate.erased",
            on_erased,
            order=15,
            why="who asked to be erased has been, whoever did it (PRT-1.d)",
        )
        bus.subscribe(
            "advocate.retired",
            end_with_membership,
            order=10,
            why="a tier set by hand is of the program, and ends with it (TIER-5)",
        )
        bus.subscribe(
            "advocate.enrolled",
            leave_for_program,
            order=20,
            why="who is in the program is in the community pool no more (TIER-9)",
        )
        bus.subscribe(
            "advocate.erased",
            leave_with_data,
            order=20,
            why="nobody writes to who was erased (GDPR-1)",
        )
        register_keeper(KEEPER)
        register_purpose(PURPOSE, "invitation/")
        register_purpose(PILOT_PURPOSE, "pilot/")
        register_purpose(POOL_LINK, "pool/")
        registration.register()
        register(NOMINATIONS)
        register(SIGNALS)
        register(MOMENTS)
        register(ERASURE_REQUESTS)
        register(TOUCHES)
        register(PRESENCES)
        register(DISMISSALS)
        register(STRATEGY_SHEETS)
        register(PILOT_VOICES)
        register(ENABLEMENT)
        register(OVERRIDES)
        register(SEGMENTS)
        register(POOL_PLACES)
        register(RECRUITMENT)
