"""Whom the form of a new request asks to be introduced to (BRW-1.b)."""

from typing import Any

from django.http import HttpRequest

from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocates.models import ActivityType
from requests.browsing.introducing import described
from requests.browsing.references import FIELD


class AsksIntroduction:
    """The reference in the address or the form, and what it says."""

    request: HttpRequest
    membership: Membership

    @property
    def introduction(self) -> str:
        """The reference to somebody who was found without a name."""
        return self.request.POST.get(FIELD) or self.request.GET.get(FIELD, "")

    @property
    def kept(self) -> dict[str, str]:
        """What of the address stays when another deal is chosen."""
        return {FIELD: self.introduction} if self.introduction else {}

    def sought_type(self) -> dict[str, Any]:
        """The type for which they were found, as the form begins."""
        code = self.request.GET.get("type", "")
        kind = ActivityType.objects.filter(code=code).first() if code else None
        return {"activity_type": kind.pk} if kind else {}

    def introduced(self) -> dict[str, str]:
        """Whom it is about, as far as it may be told; or why the reference is none."""
        if not self.introduction:
            return {}
        try:
            words = described(self.membership, self.introduction)
        except DomainError as error:
            return {"introduction_gone": error.message}
        return {"introduction": self.introduction, "introduction_words": words}
