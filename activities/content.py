"""Content makes itself known: its resources, what comes due by itself, what follows what (AST-1,
DIST-1, EVD-1, TRN-1).
"""

from django.utils.translation import gettext_lazy as _

from activities.asset_approvals import mails as approval_mails
from activities.asset_approvals.reminding import remind
from activities.asset_approvals.resource import ASSET_APPROVALS
from activities.asset_files.attaching import HOME
from activities.asset_files.verifying import faults as file_faults
from activities.assets import duties, openings, publishing, uses
from activities.assets import mails as asset_mails
from activities.assets.resource import ASSET_VERSIONS, ASSETS
from activities.distribution import planning
from activities.distribution.resource import PLACEMENTS, REPURPOSINGS
from activities.distribution.selectors import placed
from activities.evidence import indexing
from activities.gallery.proof import faults
from activities.transcripts import card
from activities.transcripts.choosing import take_draft_back
from activities.transcripts.resource import PROPOSALS as TRANSCRIPT_PROPOSALS
from activities.transcripts.resource import TRANSCRIPTS
from advocacy.events import bus, presentation
from advocacy.events.further import register_check
from advocacy.files import homes
from advocacy.messaging.links import register_purpose
from advocacy.records.resource import register
from advocacy.records.undoing import also_takes_back
from advocacy.search.palette import (
    Deed,
    Elsewhere,
    Findable,
    register_deeds,
    register_elsewhere,
    register_findables,
)
from advocacy.tenancy.sweeps import register_schedule
from advocacy.web import navigation


def register_all() -> None:
    """Called once, when the application is ready."""
    register(ASSETS)
    register(ASSET_APPROVALS)
    register(PLACEMENTS)
    uses.register("placements", placed)
    register(REPURPOSINGS)
    register(ASSET_VERSIONS)
    register_check(faults)
    register_check(file_faults)
    homes.register(HOME)
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
    also_takes_back("transcript_proposal.choose", take_draft_back)
    presentation.name_consequences(
        "asset.begun",
        "asset.approved",
        "asset.held",
        "asset.let_go",
        "asset_approval.asked",
        "placement.planned",
        "repurposing.planned",
    )
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
    )
    register_elsewhere(
        Elsewhere(_("Search evidence for “%(text)s”"), "zoom-question", "evidence", "assets.view")
    )
    navigation.register(
        navigation.NavItem("evidence", _("Evidence"), "zoom-question", "evidence", "assets.view")
    )
    navigation.register(
        navigation.NavItem("content", _("Content"), "file-text", "assets:list", "assets.view")
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
    for verb, react, why in (
        ("duty.handed_over", duties.on_handed_over, "who has to produce or publish has the piece"),
        ("asset.approved", duties.on_approved, "what is approved is whose publishing is"),
        ("asset.changed", duties.on_changed, "with the piece its activity's duty changes hands"),
    ):
        bus.subscribe(verb, react, order=70, why=f"{why} (RSP-1)")
    for verb in ("asset.retired", "asset.held", "asset.rewritten"):
        bus.subscribe(
            verb,
            publishing.on_retired,
            order=40,
            why="nobody is told of a publication that is none any more (AST-3)",
        )
    bus.subscribe(
        "asset.let_go",
        publishing.on_let_go,
        order=40,
        why="who waits to hear of a publication hears of it once it is one again (AST-3)",
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
