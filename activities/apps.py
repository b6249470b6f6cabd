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
        from activities import content
        from activities.activities import beside
        from activities.activities.leaving import (
            ask_whether_held_stands,
            ask_whether_it_stands,
            call_off_erased,
        )
        from activities.activities.resource import ACTIVITIES
        from activities.activities.services import take_place_after_all
        from activities.activities.unscheduled import LETTER
        from activities.activities.work import WORK
        from activities.distribution.numbers import DISTRIBUTION
        from activities.duties import services as duties
        from activities.duties.lifecycle import DUTY
        from activities.duties.resource import DUTIES
        from activities.duties.services import on_moved
        from activities.feedback import panel
        from activities.feedback import services as feedback
        from activities.feedback.resource import FEEDBACKS
        from activities.letter_kinds import KINDS
        from activities.playbooks.resources import PLAYBOOK_STEPS, PLAYBOOK_TEXTS
        from activities.playbooks.seeds import seed_new_tenant
        from activities.set_up.resource import SET_UPS
        from activities.settings import CONTENT
        from activities.slot_checks import asking
        from activities.slot_checks.resource import SLOT_CHECKS
        from activities.slot_checks.services import on_moved as settle
        from advocacy.events import presentation
        from advocacy.messaging.links import register_purpose
        from advocacy.messaging.wording import kinds
        from advocacy.messaging.work_links.presses import finish_by_link
        from advocacy.records.resource import declare_verbs, register
        from advocacy.records.undoing import also_takes_back, declare_undo, leads_back
        from advocacy.search.palette import Deed, register_deeds
        from advocacy.tenancy import stuck
        from advocacy.tenancy.sweeps import register_sweep
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
        content.register_all()
        register(SLOT_CHECKS)
        register(FEEDBACKS)
        panel.register()
        kinds.register(*KINDS, LETTER)
        finish_by_link("duty", DUTY, {"finish": duties.finish_duty}, "duty", duties.permit_duty)
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
        declare_undo("activity.tell_waiting", _("took back what was told them before it left"))
        leads_back("activity.tell_waiting", "activities:tell-waiting")
        declare_undo("asset.tell_standing", _("took back what was told them before it left"))
        leads_back("asset.tell_standing", "assets:tell-standing")
        also_takes_back("activity.cancel", take_place_after_all)
        leads_back("activity.cancel", "activities:cancel")
        beside.register()
        presentation.name_consequences(
            "activity.planned",
            "activity.accepted",
            "loop.due",
            "loop.reopened",
            "slot_check.handed_on",
            "slot_check.settled",
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
        register_deeds(
            Deed(_("Log something that happened"), "notebook", "activities:log", "activities.log"),
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
