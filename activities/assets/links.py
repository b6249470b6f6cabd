"""What every page behind an advocate's link of a piece begins with (AST-1, ID-3)."""

from zoneinfo import ZoneInfo

from activities.assets.mails import PURPOSE
from activities.assets.models import Asset
from activities.assets.selectors import with_beside
from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocates.language import language_of


class OwnPiece(LinkPage):
    """The piece is theirs; in their language and time."""

    purposes = (PURPOSE,)

    asset: Asset

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = with_beside(Asset.objects.filter(pk=link.subject_id)).first()
        if found is None:
            raise LinkGone("revoked")
        self.asset = found
        return language_of(found.advocate), found.advocate.zone
