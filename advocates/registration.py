"""Where the app shows: the navigation, the settings, the styles of its states and events."""

from django.utils.translation import gettext_lazy as _

from advocacy.events import presentation
from advocacy.search.palette import Deed, Findable, register_deeds, register_findables
from advocacy.tenant_settings import families
from advocacy.web import navigation, settings_cards, status_styles
from advocacy.web.queue import register_work
from advocacy.web.settings_cards import PROGRAM, Card
from advocacy.web.status_styles import StatusStyle
from advocates import panels
from advocates.accounts.cards import moments
from advocates.accounts.selectors import account_names
from advocates.candidates.panels import account_card, relationship_card, score_card
from advocates.joining.selectors import invitation_names, way_in
from advocates.joining.settings import RECRUITING
from advocates.models import Account, Advocate
from advocates.onboarding.pages import first_steps_card
from advocates.panels import Panel
from advocates.people import deeds, next_steps
from advocates.people.renewals import WORK as RENEWAL
from advocates.people.selectors import advocate_names
from advocates.program.settings import CAPACITY
from advocates.program.tiers.settings import TIERS_FAMILY
from advocates.scoring.settings import SCORES
from advocates.segments import lists
from advocates.sponsors.panels import sponsor_card
from advocates.sponsors.settings import CARE
from advocates.sponsors.work import SPONSOR, SPONSOR_LATE, UNSPONSORED


def register() -> None:
    """Called once, when the application is ready."""
    lists.register()
    families.register(TIERS_FAMILY, RECRUITING, SCORES, CARE, CAPACITY)
    register_work(SPONSOR, SPONSOR_LATE, UNSPONSORED, RENEWAL)
    navigation.register(
        navigation.NavItem("advocates", _("Advocates"), "users", "advocates:list", "advocates.view")
    )
    for card in (
        Card(
            "activity-types",
            _("What may be asked for"),
            _("Kinds of activity: on or off, effort, limits, what they need and earn."),
            "list-check",
            "settings-activity-types",
            "settings.rules",
            PROGRAM,
        ),
        Card(
            "protection",
            _("What protects an advocate"),
            _("How often, how much, when to rest: the rules in plain words."),
            "shield-heart",
            "protection",
            "settings.view",
            PROGRAM,
        ),
        Card(
            "who-does-what",
            _("Who does what"),
            _("A responsible role for each kind of activity and step; whose program it is."),
            "users-group",
            "who-does-what",
            "settings.view",
            PROGRAM,
        ),
        Card(
            "enablement",
            _("Enablement"),
            _("What colleagues should know before they nominate or ask; who has read it."),
            "book",
            "enablement:list",
            "enablement.view",
            PROGRAM,
        ),
    ):
        settings_cards.register(card)
    status_styles.register(
        {
            "customer": StatusStyle("success", "building-store"),
            "prospect": StatusStyle("info", "building"),
            "former": StatusStyle("neutral", "door-exit"),
            "qualified": StatusStyle("info", "user-check"),
            "cultivating": StatusStyle("info", "plant-2"),
            "alumni": StatusStyle("neutral", "door-exit"),
            "voided": StatusStyle("neutral", "eraser"),
            "strategic": StatusStyle("info", "building-fortress"),
            "returned": StatusStyle("warning", "arrow-back-up"),
        }
    )
    presentation.name_subjects(
        "advocates.account", account_names, url_name="accounts:detail", action="accounts.view"
    )
    presentation.name_subjects(
        "advocates.advocate", advocate_names, url_name="advocates:detail", action="advocates.view"
    )
    presentation.name_subjects("advocates.programinvitation", invitation_names)
    panels.register(
        Panel(
            "advocate",
            "way-in",
            _("On the way in"),
            "advocates/nominations/panel.html",
            way_in,
            "advocates.view",
            order=10,
        )
    )
    panels.register(
        Panel(
            "advocate",
            "first-steps",
            _("First steps together"),
            "advocates/onboarding/panel.html",
            first_steps_card,
            "advocates.view",
            order=15,
        )
    )
    panels.register(
        Panel(
            "advocate",
            "score",
            _("What makes a candidate"),
            "advocates/candidates/panel.html",
            score_card,
            "advocates.view",
            order=5,
        )
    )
    panels.register(
        Panel(
            "advocate",
            "relationship",
            _("Our relationship"),
            "advocates/candidates/relationship.html",
            relationship_card,
            "touches.view",
            order=6,
        )
    )
    panels.register(
        Panel(
            "advocate",
            "sponsor",
            _("Executive sponsor"),
            "advocates/sponsors/card.html",
            sponsor_card,
            "touches.view",
            order=7,
        )
    )
    panels.register(
        Panel(
            "account",
            "relationship",
            _("Our relationship"),
            "advocates/candidates/account.html",
            account_card,
            "touches.view",
            order=15,
        )
    )
    panels.register(
        Panel(
            "account",
            "moments",
            _("Moments"),
            "advocates/moments_panel.html",
            moments,
            "moments.view",
            order=40,
        )
    )
    deeds.register()
    next_steps.register()
    register_findables(
        Findable(
            "advocate",
            _("People"),
            "user",
            "advocates.view",
            "advocates:detail",
            lambda _member: Advocate.objects.select_related("account").order_by(
                "last_name", "first_name", "id"
            ),
            title=lambda person: person.name,
            detail=lambda person: " · ".join(
                part for part in (person.job_title, person.account.name) if part
            ),
        ),
        Findable(
            "account",
            _("Accounts"),
            "building",
            "accounts.view",
            "accounts:detail",
            lambda _member: Account.objects.order_by("name", "id"),
            title=str,
            detail=lambda account: account.industry,
        ),
    )
    register_deeds(
        Deed(_("Nominate somebody"), "user-up", "nominations:new", "nominations.submit"),
        Deed(_("Record a touch"), "message-heart", "touches:new", "touches.edit"),
        Deed(_("Add a person"), "user-plus", "advocates:new", "advocates.edit"),
        Deed(_("Add an account"), "building", "accounts:new", "accounts.edit"),
        Deed(_("What protects an advocate"), "shield-heart", "protection", "settings.view"),
        Deed(_("Strategic accounts"), "building-fortress", "accounts:strategic", "today.view"),
    )
    presentation.name_consequences("tier.")
    presentation.declare_verb_styles(
        {
            "account.": ("building", "neutral"),
            "account.held": ("hand-stop", "warning"),
            "account.hold_lifted": ("player-play", "success"),
            "advocate.": ("user", "neutral"),
            "advocate.outcome_added": ("trending-up", "success"),
            "advocate.consent_given": ("writing-sign", "success"),
            "advocate.consent_withdrawn": ("ban", "warning"),
            "advocate.written_to": ("mail", "neutral"),
            "program_invitation.": ("mail", "info"),
            "onboarding.": ("list-check", "neutral"),
            "preferences.": ("adjustments", "neutral"),
            "tier.": ("stairs-up", "info"),
            "policy.": ("shield-check", "neutral"),
            "activity_type.": ("list-check", "neutral"),
        }
    )
