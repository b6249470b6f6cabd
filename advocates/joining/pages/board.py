"""The board of the way into the program, and what each card on it can do (ENR-1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.records.lifecycle import Move
from advocacy.tenancy.errors import DomainError
from advocacy.web.counting import Count
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage
from advocates.joining import pipeline
from advocates.joining.enrolment import permit_status_move
from advocates.joining.lifecycle import NOMINATION
from advocates.joining.pipeline import Stage, Standing
from advocates.joining.services import permit_nomination
from advocates.models import Advocate, Nomination
from advocates.onboarding.selectors import first_activity_times
from advocates.pages import NAV_ITEM, tabs
from advocates.people.choices import AdvocateStatus
from advocates.people.lifecycle import ENROLMENT
from advocates.workload.selectors import slow_down


@dataclass(frozen=True, slots=True)
class CardMove:
    """A move of one card: in its menu, and what dragging it to the column ``to`` presses."""

    label: str
    icon: str
    url: str
    to: str
    asks: bool
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One person on the board, with what can be done."""

    standing: Standing
    url: str
    moves: list[CardMove]


class Board(DetailPage):
    """Columns are states; every move is the service's, with its form where it asks for more."""

    permission: ClassVar[str] = "advocates.view"
    nav_item: ClassVar[str] = NAV_ITEM
    template_name = "advocates/pipeline.html"
    title = gettext_lazy("The way in")
    object: list[Stage]

    @property
    def mine(self) -> bool:
        """Whether only people at own accounts are asked for."""
        return self.request.GET.get("whose") == "mine"

    def get_object(self) -> list[Stage]:
        return pipeline.board(self.membership, mine=self.mine)

    def get_title(self) -> str:
        """How many are on the way, and who waits."""
        found = {stage.code: stage.count for stage in self.object}
        on_the_way = [found[code] for code in pipeline.STAGES[1:5]]
        number = sum(each.number for each in on_the_way)
        total = Count(number, any(each.more for each in on_the_way))
        return ngettext(
            "%(count)s person is on the way into the program",
            "%(count)s people are on the way into the program",
            number,
        ) % {"count": total}

    def get_context(self) -> dict[str, Any]:
        here = tenant_reverse(self.request, "advocates:pipeline")
        return {
            "tabs": tabs(self.request, "advocates:pipeline"),
            "eyebrow": _("The way in"),
            "times": first_activity_times(),
            "slow_down": slow_down(),
            "segments": [
                {"url": here, "label": _("Everybody"), "count": None, "active": not self.mine},
                {
                    "url": f"{here}?whose=mine",
                    "label": _("At my accounts"),
                    "count": None,
                    "active": self.mine,
                },
            ],
            "new_url": tenant_reverse(self.request, "nominations:new")
            if self.membership.can("nominations.submit")
            else "",
            "columns": [
                (stage, [self._card(each) for each in stage.people], self._list_of(stage))
                for stage in self.object
            ],
        }

    def _list_of(self, stage: Stage) -> str:
        if stage.code == AdvocateStatus.CANDIDATE:
            return tenant_reverse(self.request, "advocates:candidates")
        everybody = tenant_reverse(self.request, "advocates:everybody")
        return f"{everybody}?status={stage.code}"

    def _card(self, standing: Standing) -> Card:
        person = standing.person
        url = tenant_reverse(self.request, "advocates:detail", person.pk)
        return Card(standing, url, list(self._moves(standing)))

    def _moves(self, standing: Standing) -> Iterator[CardMove]:
        """The moves this member may make with somebody now, each leading back to the board."""
        person: Advocate = standing.person
        for move in ENROLMENT.legal(person):
            if not move.may or move.name not in _PAGES or not self._may(standing, move):
                continue
            if move.name == "qualify" and standing.nomination is not None:
                yield from self._decision(standing.nomination)
                continue
            if move.name == "nominate":
                url = f"{self._url(_PAGES[move.name])}&advocate={person.pk}"
            else:
                url = self._url(_PAGES[move.name], person.pk)
            asks = move.name not in _PRESSES
            confirm = "" if asks else str(move.confirm)
            yield CardMove(str(move.label), move.icon, url, move.to, asks, confirm)

    def _decision(self, nomination: Nomination) -> Iterator[CardMove]:
        """Somebody nominated qualifies, or not, by the decision on the nomination."""
        ways = (("accept", AdvocateStatus.QUALIFIED), ("return", AdvocateStatus.CANDIDATE))
        for name, to in ways:
            move = NOMINATION[name]
            url = self._url(f"nominations:{name}", nomination.pk)
            yield CardMove(str(move.label), move.icon, url, to, asks=True)

    def _may(self, standing: Standing, move: Move) -> bool:
        if move.name == "reconsider" and standing.person.decline_final_until is not None:
            return False
        try:
            permit_status_move(self.actor, standing.person, move.name)
            if move.name == "qualify" and standing.nomination is not None:
                permit_nomination(self.actor, standing.nomination, "accept")
        except DomainError:
            return False
        return True

    def _url(self, name: str, *args: Any) -> str:
        back = urlencode({"next": self.request.get_full_path()})
        return f"{tenant_reverse(self.request, name, *args)}?{back}"


#: Where each move of the way is made.
_PAGES = {
    "nominate": "nominations:new",
    "qualify": "nominations:qualify",
    "cultivate": "nominations:cultivate",
    "invite": "nominations:invite",
    "withdraw_invitation": "nominations:invite-withdraw",
    "set_back": "nominations:set-back",
    "decline": "nominations:decline",
    "reconsider": "nominations:reconsider",
    "enrol": "advocates:enrol",
}
_PRESSES = frozenset({"withdraw_invitation", "reconsider"})
