"""Life of a piece: draft → advocate review → approvals → approved → published → retired; whatever
changes its text brings it back to draft (AST-1.a, AST-1.b).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class AssetState(models.TextChoices):
    """How far it is."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("With the advocate")
    APPROVALS = "approvals", _("Being approved")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


#: Somebody may still change its words; what stood there before is approved by nobody any more.
LIVE = (
    AssetState.DRAFT,
    AssetState.REVIEW,
    AssetState.APPROVALS,
    AssetState.APPROVED,
    AssetState.PUBLISHED,
)

#: On its way to publication.
WORKED_ON = LIVE[:-1]

ASSET = Lifecycle(
    "asset",
    AssetState,
    Move(
        name="ask",
        verb="asset.asked",
        words=_("asked the advocate for words"),
        source=("draft",),
        to="draft",
        may="assets.edit",
        label=_("Ask for their words"),
        icon="message-question",
        takes=("questions",),
        many=False,
        done=_("Asked. What they write comes to your Today."),
    ),
    Move(
        name="send",
        verb="asset.sent",
        words=_("sent the text to the advocate"),
        source=("draft",),
        to="review",
        may="assets.edit",
        label=_("Send to the advocate"),
        icon="send",
        tone="info",
        primary=True,
        many=False,
        done=_("Sent. The advocate reads it on a link, changes it or confirms it."),
    ),
    Move(
        name="confirm",
        verb="asset.confirmed",
        words=_("confirmed the text as their honest view"),
        source=("review",),
        to="approvals",
        may="assets.edit",
        label=_("They confirmed it"),
        icon="user-check",
        tone="success",
        needs=("confirmed_how",),
        many=False,
        done=_("Kept. Now it is approved."),
    ),
    Move(
        name="take_back",
        verb="asset.taken_back",
        words=_("took the text back to work on it"),
        source=("review", "approvals"),
        to="draft",
        may="assets.edit",
        label=_("Back to draft"),
        icon="arrow-back-up",
        many=False,
        done=_("It is a draft again; nobody decides about it meanwhile."),
    ),
    Move(
        name="return",
        verb="asset.returned",
        words=_("sent the text back"),
        source=("review", "approvals"),
        to="draft",
        icon="arrow-back-up",
        tone="warning",
    ),
    Move(
        name="change",
        verb="asset.rewritten",
        words=_("changed the text"),
        source=LIVE,
        to="draft",
        icon="pencil",
        tone="info",
    ),
    Move(
        name="approve",
        verb="asset.approved",
        words=_("the text is approved"),
        source=("approvals",),
        to="approved",
        icon="circle-check",
        tone="success",
    ),
    Move(
        name="publish",
        verb="asset.published",
        words=_("published"),
        source=("approved",),
        to="published",
        may="assets.edit",
        label=_("Publish"),
        icon="world",
        tone="success",
        primary=True,
        takes=("published_url",),
        many=False,
        done=_("Published, exactly as approved. Tell the advocate what came of it."),
    ),
    Move(
        name="leave_gallery",
        verb="asset.left_gallery",
        words=_("left it out of the public gallery"),
        source=("published",),
        to="published",
        may="assets.edit",
        label=_("Leave out of the gallery"),
        icon="eye-off",
        when=lambda asset: asset.in_gallery,
        many=False,
        done=_("It stands in no public gallery and no feed, whether there is one or not."),
    ),
    Move(
        name="join_gallery",
        verb="asset.joined_gallery",
        words=_("put it into the public gallery"),
        source=("published",),
        to="published",
        may="assets.edit",
        label=_("Into the gallery"),
        icon="eye",
        when=lambda asset: not asset.in_gallery,
        many=False,
        done=_("It stands in the public gallery, where there is one and its leave holds."),
    ),
    Move(
        name="retire",
        verb="asset.retired",
        words=_("retired it"),
        source=LIVE,
        to="retired",
        may="assets.edit",
        label=_("Retire"),
        icon="archive",
        needs=("reason",),
        many=True,
        done=_("Retired. It stands in no library any more."),
    ),
    Move(
        name="revive",
        verb="asset.revived",
        words=_("took it up again"),
        source=("retired",),
        to="draft",
        may="assets.edit",
        label=_("Take up again"),
        icon="rotate",
        many=False,
        done=_("It is a draft again."),
    ),
)
