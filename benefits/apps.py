"""The benefits app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BenefitsConfig(AppConfig):
    """Thank-yous and what advocates get back."""

    name = "benefits"

    def ready(self) -> None:
        """Make thank-yous known, follow activities, and remind in time."""
        from activities.loops.services import untell
        from advocacy.events import bus, presentation
        from advocacy.messaging.wording import kinds
        from advocacy.records.resource import declare_verbs, register
        from advocacy.records.undoing import also_takes_back, declare_undo, leads_back, undone
        from advocacy.search.palette import Deed, register_deeds
        from advocacy.tenancy import stuck
        from advocacy.tenancy.sweeps import register_schedule, register_sweep
        from advocacy.tenant_settings import families
        from advocacy.web import navigation
        from advocacy.web.queue import register_work
        from advocates.promises import register_guard
        from benefits.balance import cards as balance_cards
        from benefits.balance import services as balances
        from benefits.balance.resource import VALUE_BALANCES
        from benefits.budgets.resource import BUDGETS
        from benefits.catalogue.resource import BENEFITS
        from benefits.commitments.shortages import SEATS, within_what_there_is
        from benefits.entitlements.granting import (
            grant_nightly,
            on_account_changed,
            on_tier_changed,
            set_up_new_tenant,
        )
        from benefits.entitlements.resource import ENTITLEMENTS
        from benefits.fitting import cards as fitting_cards
        from benefits.grants import presentation as grants
        from benefits.grants.resource import GRANTS
        from benefits.grants.services import cancel_erased
        from benefits.points import earning
        from benefits.points import presentation as points
        from benefits.points.badges.resource import BADGES
        from benefits.points.badges.seeds import set_up_new_tenant as set_up_badges
        from benefits.points.resource import BALANCES, POINTS
        from benefits.points.settings import POINT_SETTINGS
        from benefits.points.shop.resource import SHOP_ITEMS
        from benefits.recognition import services as recognition
        from benefits.recognition.resource import RECOGNITIONS
        from benefits.sales_thanks import beside as beside_sales
        from benefits.sales_thanks import services as sales_thanks
        from benefits.sales_thanks.resource import SALES_THANKS_RESOURCE
        from benefits.settings import APPRECIATION
        from benefits.thanks import (
            beside,
            by_link,
            news,
            opening,
            piece_card,
            reminders,
            selectors,
            services,
            work,
        )
        from benefits.thanks.kinds import KINDS
        from benefits.thanks.lifecycle import THANK_YOU

        kinds.register(*KINDS)
        register_guard(within_what_there_is)
        declare_verbs(
            THANK_YOU,
            {
                "thank_you.opened": (_("opened a thank-you"), "heart", "info"),
                "thank_you.reminded": (_("reminded of a thank-you"), "bell", "neutral"),
            },
        )
        presentation.name_consequences("thank_you.opened")
        also_takes_back("thank_you.send", services.unsend_thank_you)
        leads_back("thank_you.send", "thanks:detail")
        declare_undo("loop.tell", _("took back what was told before it left"))
        also_takes_back("loop.tell", untell)
        leads_back("loop.tell", "thanks:tell")
        presentation.name_subjects(
            "benefits.thankyou",
            selectors.thank_you_names,
            url_name="thanks:detail",
            action="thanks.view",
        )
        navigation.register(
            navigation.NavItem(
                "thanks", _("Thanks"), "heart-handshake", "thanks:desk", "thanks.view"
            )
        )
        navigation.register(
            navigation.NavItem("benefits", _("Benefits"), "gift", "grants:list", "grants.view")
        )
        register_work(*work.WORK)
        for resource in (GRANTS, BENEFITS, BUDGETS, ENTITLEMENTS, VALUE_BALANCES, RECOGNITIONS):
            register(resource)
        for resource in (POINTS, BALANCES, BADGES, SHOP_ITEMS):
            register(resource)
        for verb in ("advocate.consent_withdrawn", "advocate.erased", "advocate.retired"):
            bus.subscribe(
                verb,
                recognition.on_person,
                order=20,
                why="what is on the wall is taken down with the leave it rests on (BEN-8)",
            )
        bus.subscribe(
            "account.updated",
            recognition.on_account,
            order=20,
            why="what names a company is taken down when its policy forbids it (BEN-8)",
        )
        register_schedule(
            "recognition",
            recognition.end_nightly,
            hour=1,
            why="what is on the wall is taken down when the leave for it expires (BEN-8)",
        )
        piece_card.register()
        grants.register()
        fitting_cards.register_cards()
        balance_cards.register_cards()
        points.register()
        bus.subscribe(
            "tenant.created",
            set_up_new_tenant,
            order=20,
            why="a new tenant starts with a catalogue of benefits (BEN-1)",
        )
        bus.subscribe(
            "advocate.erased",
            cancel_erased,
            order=20,
            why="nothing is sent to who is not known any more (GDPR-1)",
        )
        bus.subscribe(
            "tier.changed",
            on_tier_changed,
            order=20,
            why="a tier's entitlements are granted on entry and end on leaving (TIER-6)",
        )
        bus.subscribe(
            "account.updated",
            on_account_changed,
            order=20,
            why="what belongs to a tier differs by the size of the company (SEG-1)",
        )
        register_schedule(
            "entitlements",
            grant_nightly,
            hour=2,
            why="what a tier brings each period is granted when the period begins (BEN-2)",
        )
        register_schedule(
            "balances",
            balances.evaluate_nightly,
            hour=3,
            why="what grew too old to count leaves the balance of giving and getting (BEN-6)",
        )
        for verb in (
            "activity.completed",
            "activity.voided",
            "grant.delivered",
            "grant.returned",
            "thank_you.sent",
            "thank_you.reopened",
            undone("thank_you.send"),
        ):
            bus.subscribe(
                verb,
                balances.follow,
                order=80,
                why="the balance of giving and getting says what is so now (BEN-6)",
            )
        bus.subscribe(
            "advocate.merged",
            balances.on_merged,
            order=80,
            why="what two records gave and got is one's now (BEN-6)",
        )
        bus.subscribe(
            "settings.changed",
            balances.on_settings_changed,
            order=80,
            why="by other numbers everybody stands elsewhere (BEN-6)",
        )
        beside.register()
        by_link.register()
        register(SALES_THANKS_RESOURCE)
        beside_sales.register()
        register_deeds(
            Deed(_("Thank an advocate"), "heart-plus", "sales-thanks:new", "sales_thanks.write")
        )
        families.register(APPRECIATION)
        families.register(POINT_SETTINGS)
        for verb, handler, why in (
            ("tenant.created", set_up_badges, "a new tenant starts with badges (BEN-7)"),
            ("activity.completed", earning.earn, "what somebody did earns points (BEN-7)"),
            (
                "activity.voided",
                earning.take_back_voided,
                "what never happened earned nothing (BEN-7)",
            ),
            *(
                (verb, earning.give_back_refused, "what is not given costs no points (BEN-7)")
                for verb in ("grant.cancelled", "grant.returned")
            ),
            ("advocate.merged", earning.follow_merge, "points of both are theirs (BEN-7)"),
        ):
            bus.subscribe(verb, handler, order=30, why=why)
        families.register_caution("tiers", SEATS)
        for verb, handler, why in (
            (
                "activity.completed",
                opening.open_thank_yous,
                "a completed activity earns a thank-you within 24 hours (THX-1)",
            ),
            (
                "activity.no_show",
                opening.open_apology,
                "a prospect's no-show earns an apology (ACT-4)",
            ),
            (
                "activity.voided",
                opening.void_unsent,
                "an activity that never happened is not thanked for (TIER-7)",
            ),
            (
                "advocate.erased",
                opening.void_erased,
                "nobody is left to thank whose data is erased (GDPR-1)",
            ),
            ("mail.sent", sales_thanks.on_mail, "a colleague's thanks have gone (THX-5)"),
            ("mail.failed", sales_thanks.on_mail, "a colleague's thanks did not arrive (THX-5)"),
            (
                "activity.voided",
                sales_thanks.on_gone,
                "nobody thanks for what never happened (TIER-7)",
            ),
            ("advocate.erased", sales_thanks.on_gone, "nobody is left to thank (GDPR-1)"),
            ("mail.failed", services.on_mail_failed, "a bounced thank-you is still owed (THX-2)"),
            ("mail.failed", news.on_mail_failed, "news that came back was told to nobody (AST-3)"),
        ):
            bus.subscribe(verb, handler, order=10, why=why)
        stuck.name_work(reminders.WORK, _("Reminder of a thank-you"))
        register_sweep(
            reminders.SWEEP,
            "tenants_with_due_reminders",
            reminders.sweep_reminders,
            why="reminders of thank-yous go out in time (THX-2)",
        )
