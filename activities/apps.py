"""The activities app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.events import bus
from advocacy.web import navigation


class ActivitiesConfig(AppConfig):
    """What advocates do, from planned to completed."""

    name = "activities"

    def ready(self) -> None:
        """Make activities known, and add the navigation item."""
        from activities.activities import beside
        from activities.activities.leaving import (
            ask_whether_held_stands,
            ask_whether_it_stands,
            call_off_erased,
        )
        from activities.activities.resource import ACTIVITIES
        from activities.activities.services import take_place_after_all
        from activities.activities.work import WORK
        from activities.asset_approvals import mails as approval_mails
        from activities.asset_approvals.reminding import remind
        from activities.asset_approvals.resource import ASSET_APPROVALS
        from activities.assets import mails as asset_mails
        from activities.assets import openings, publishing, uses
        from activities.assets.resource import ASSET_VERSIONS, ASSETS
        from activities.distribution import planning
        from activities.distribution.numbers import DISTRIBUTION
        from activities.distribution.resource import PLACEMENTS, REPURPOSINGS
        from activities.distribution.selectors import placed
        from activities.duties import services as duties
        from activities.duties.lifecycle import DUTY
        from activities.duties.resource import DUTIES
        from activities.duties.services import on_moved
        from activities.evidence import indexing
        from activities.feedback import panel
        from activities.feedback import services as feedback
        from activities.feedback.resource import FEEDBACKS
        from activities.gallery.proof import faults
        from activities.letter_kinds import KINDS
        from activities.playbooks.resources import PLAYBOOK_STEPS, PLAYBOOK_TEXTS
        from activities.playbooks.seeds import seed_new_tenant
        from activities.set_up.resource import SET_UPS
        from activities.settings import CONTENT
        from activities.slot_checks import asking
        from activities.slot_checks.resource import SLOT_CHECKS
        from activities.slot_checks.services import on_moved as settle
        from activities.transcripts import card
        from activities.transcripts.choosing import take_draft_back
        from activities.transcripts.resource import PROPOSALS as TRANSCRIPT_PROPOSALS
        from activities.transcripts.resource import TRANSCRIPTS
        from advocacy.events import presentation
        from advocacy.events.further import register_check
        from advocacy.messaging.links import register_purpose
        from advocacy.messaging.wording import kinds
        from advocacy.messaging.work_links.presses import finish_by_link
        from advocacy.records.resource import declare_verbs, register
        from advocacy.records.undoing import also_takes_back, leads_back
        from advocacy.search.palette import (
            Deed,
            Elsewhere,
            Findable,
            register_deeds,
            register_elsewhere,
            register_findables,
        )
        from advocacy.tenancy import stuck
        from advocacy.tenancy.sweeps import register_schedule, register_sweep
        from advocacy.tenant_settings import families
        from advocacy.web import settings_cards
        from advocacy.web.queue import register_work
        from advocates.accounts.holds import HOLDING

        register(ACTIVITIES)
        register(DUTIES)
        register(SET_UPS)
        register(PLAYBOOK_STEPS)
        register(PLAYBOOK_TEXTS)
        settings_cards.register(
            settings_cards.Card(
                "playbooks",
                _("Playbooks"),
                _("What is to be done for each kind of activity, and the texts that help."),
                "list-check",
                "playbook-steps:playbooks",
                "playbooks.view",
            )
        )
        register(SLOT_CHECKS)
        register(FEEDBACKS)
        panel.register()
        kinds.register(*KINDS)
        finish_by_link("duty", DUTY, {"finish": duties.finish_duty}, "duty", duties.permit_duty)
        register(ASSETS)
        register(ASSET_APPROVALS)
        register(PLACEMENTS)
        uses.register("placements", placed)
        register(REPURPOSINGS)
        register(ASSET_VERSIONS)
        register_check(faults)
        register(TRANSCRIPTS)
        register(TRANSCRIPT_PROPOSALS)
        card.register()
        register_purpose(asset_mails.PURPOSE, "asset/")
        register_purpose(approval_mails.PURPOSE, "asset-approval/")
        register_schedule(
            "asset-leave",
            publishing.look_nightly,
            hour=0,
            why="a piece whose leave ended with yesterday is out of the library (ADV-4)",
        )
        register_schedule(
            "asset-approvals",
            remind,
            hour=8,
            why="whoever has not decided about a text is reminded before it is due (APR-1)",
        )
        register_schedule(
            "evidence",
            indexing.index_missing,
            hour=1,
            why="what was written past the services is found by evidence search as well (EVD-1)",
        )
        register_purpose(asking.PURPOSE, "happened/")
        register_purpose(asking.REQUESTER_PURPOSE, "happened/")
        register_purpose(feedback.PURPOSE, "feedback/")
        stuck.name_work(asking.ASKING, _("Question whether a slot took place"))
        stuck.name_work(asking.WEIGHING, _("End of the question whether a slot took place"))
        register_sweep(
            asking.SWEEP,
            "tenants_with_slots_over",
            asking.sweep_slot_checks,
            why="after a booked slot both sides are asked whether it took place (ACT-4)",
        )
        also_takes_back("activity.cancel", take_place_after_all)
        also_takes_back("transcript_proposal.choose", take_draft_back)
        leads_back("activity.cancel", "activities:cancel")
        beside.register()
        presentation.name_consequences(
            "activity.planned",
            "activity.accepted",
            "loop.due",
            "loop.reopened",
            "slot_check.handed_on",
            "slot_check.settled",
            "asset.begun",
            "asset.approved",
            "asset.held",
            "asset.let_go",
            "asset_approval.asked",
            "placement.planned",
            "repurposing.planned",
        )
        declare_verbs(
            None,
            {
                "activity.imported": (_("brought along from before"), "history", "neutral"),
                "activity.corrected": (_("corrected what was brought along"), "point", "neutral"),
            },
        )
        # Not in the manifest: Today shows this work among the requests.
        register_work(*WORK)
        families.register(CONTENT, DISTRIBUTION)
        register_findables(
            Findable(
                "asset",
                _("Content"),
                "file-text",
                "assets.view",
                "assets:detail",
                lambda member: ASSETS.listed(member).order_by("title", "id"),
                title=str,
                detail=lambda row: f"{row.get_kind_display()} · {row.get_state_display()}",
            )
        )
        register_deeds(
            Deed(_("Begin a piece of content"), "file-plus", "assets:new", "assets.edit"),
            Deed(_("Log something that happened"), "notebook", "activities:log", "activities.log"),
        )
        register_elsewhere(
            Elsewhere(
                _("Search evidence for “%(text)s”"), "zoom-question", "evidence", "assets.view"
            )
        )
        navigation.register(
            navigation.NavItem(
                "evidence", _("Evidence"), "zoom-question", "evidence", "assets.view"
            )
        )
        navigation.register(
            navigation.NavItem("content", _("Content"), "file-text", "assets:list", "assets.view")
        )
        navigation.register(
            navigation.NavItem(
                "activities",
                _("Activities"),
                "calendar-event",
                "activities:list",
                "activities.view",
            )
        )
        for verb in ("advocate.consent_given", "advocate.consent_withdrawn"):
            bus.subscribe(
                verb,
                publishing.on_leave,
                order=40,
                why="what rests on a leave leaves the library with it, and comes back (ADV-4)",
            )
        for verb in ("asset.begun", "asset.changed", "asset.rewritten"):
            bus.subscribe(
                verb,
                indexing.on_asset,
                order=80,
                why="evidence search finds a text as it stands (EVD-1)",
            )
        bus.subscribe(
            "advocate.outcome_added",
            indexing.on_outcome,
            order=80,
            why="evidence search finds what was reached (EVD-1, ADV-3)",
        )
        bus.subscribe(
            "advocate.erased",
            indexing.on_erased,
            order=80,
            why="nothing of somebody whose data is erased is found any more (GDPR-1)",
        )
        bus.subscribe(
            "asset.published",
            planning.on_published,
            order=40,
            why="where it goes and what is made of it is planned (DIST-1)",
        )
        bus.subscribe(
            "activity.completed",
            openings.on_completed,
            order=70,
            why="what was done for a piece of content opens its draft (ACT-2)",
        )
        bus.subscribe(
            "activity.voided",
            openings.on_voided,
            order=70,
            why="what never happened leaves no draft behind (TIER-7)",
        )
        bus.subscribe(
            "advocate.erased",
            openings.on_erased,
            order=40,
            why="nothing of somebody whose data is erased is shown any more (GDPR-1)",
        )
        for verb in (
            *("activity.accepted", "activity.scheduled", "activity.unscheduled"),
            "activity.postponed",
            *("activity.completed", "activity.qualified", "activity.voided"),
            *("activity.declined", "activity.cancelled", "activity.no_show"),
        ):
            bus.subscribe(
                verb,
                on_moved,
                order=60,
                why="who prepares, briefs, records and publishes follows the activity (RSP-1)",
            )
        for verb in (
            *("activity.scheduled", "activity.unscheduled", "activity.postponed"),
            *("activity.completed", "activity.cancelled", "activity.declined", "activity.no_show"),
        ):
            bus.subscribe(
                verb,
                settle,
                order=20,
                why="what is asked about a slot is settled by whatever becomes of it (ACT-4)",
            )
        bus.subscribe(
            "activity.completed",
            feedback.on_completed,
            order=40,
            why="both sides are asked how it was (FUL-3)",
        )
        bus.subscribe(
            "activity.voided",
            feedback.on_voided,
            order=40,
            why="nobody is asked how it was that had not happened (TIER-7)",
        )
        for verb in ("advocate.paused", "advocate.retired"):
            bus.subscribe(
                verb,
                ask_whether_it_stands,
                order=40,
                why="whoever is in charge is asked whether a booked activity still takes place",
            )
        bus.subscribe(
            "tenant.created",
            seed_new_tenant,
            order=60,
            why="every kind of activity starts with a playbook (PLB-1)",
        )
        bus.subscribe(
            "advocate.erased",
            call_off_erased,
            order=30,
            why="what was booked with somebody whose data is erased is called off (GDPR-1)",
        )
        for verb in HOLDING:
            bus.subscribe(
                verb,
                ask_whether_held_stands,
                order=40,
                why="the owner of a held account is asked whether a booked activity still takes"
                " place (ACC-2)",
            )
