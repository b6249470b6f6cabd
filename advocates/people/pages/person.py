"""Pages about one person: the profile and the record (ADV-1 to ADV-4)."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.records.lifecycle import Move
from advocacy.records.merging import merged_into
from advocacy.tenancy.models import MergedRecord
from advocacy.web.http import key_of
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import (
    DetailPage,
    ModelFormPage,
)
from advocates.access import may_change, require_change
from advocates.accounts.selectors import get_account
from advocates.joining.enrolment import permit_status_move
from advocates.models import Account, ActivityType, Advocate, TierOverride
from advocates.overrides.selectors import override_of
from advocates.pages import NAV_ITEM, crumb, story_of
from advocates.panels import panels_for
from advocates.people import registry, selectors, services
from advocates.people.asking import can_ask
from advocates.people.balance import given_by
from advocates.people.choices import ENROLLED
from advocates.people.forms import AdvocateForm
from advocates.people.leave import Leave, unapproved_types
from advocates.people.lifecycle import ENROLMENT, IN_AND_OUT
from advocates.people.presentation import (
    advocate_subtitle,
    consent_lines,
    given_words,
    offers,
    person_facts,
    preference_words,
)
from advocates.program.involved import involved_url
from advocates.program.ledger.capacity import advocate_capacity
from advocates.program.ledger.choices import UnitState
from advocates.program.tiers.selectors import standing_of, tier_history


class AdvocateDetail(DetailPage):
    """One person: may they be asked, what do they want, what did they give."""

    permission: ClassVar[str] = "advocates.view"
    nav_item: ClassVar[str] = NAV_ITEM
    template_name = "advocates/detail.html"
    object: Advocate

    def get_object(self) -> Advocate:
        return selectors.get_advocate(self.kwargs["pk"])

    def get_title(self) -> str:
        return self.object.name

    def get_merged(self) -> MergedRecord | None:
        gone = self.object.pk != self.kwargs["pk"]
        return merged_into(Advocate, self.kwargs["pk"]) if gone else None

    def get_context(self) -> dict[str, Any]:
        advocate = self.object
        wishes = selectors.preferences_of(advocate)
        types = list(selectors.types_on())
        refused = selectors.refused_types(advocate)
        capacity = advocate_capacity(advocate)
        moves = self._moves()
        standing = standing_of(advocate)
        by_hand = standing is not None and standing.overridden
        override = override_of(advocate, self.membership) if by_hand else None
        return {
            "crumbs": [
                crumb(self.request, "advocates:list", _("Advocates")),
                crumb(self.request, "accounts:detail", advocate.account.name, advocate.account_id),
            ],
            "page_subtitle": advocate_subtitle(advocate, wishes.channel),
            "face": advocate.name,
            "first_name": advocate.first_name or advocate.name,
            "may_edit": may_change(self.membership, "advocates.edit", advocate.account),
            "may_merge": self.membership.can("records.merge"),
            "moves": [pair for pair in moves if pair[0].primary],
            "more_moves": [pair for pair in moves if not pair[0].primary],
            "more_links": self._links(override),
            "enrolled": advocate.status in ENROLLED,
            "capacity": capacity,
            "standing": standing,
            "override": override,
            "facts": person_facts(advocate, selectors.topic_names(advocate)),
            "duplicates": selectors.same_email(advocate),
            "wishes": preference_words(
                wishes,
                all_types=len(types),
                refused=sum(1 for kind in types if kind.pk in refused),
                cap=capacity.allowance if capacity else None,
            ),
            "blackouts": list(advocate.blackouts.all()),
            "blocked": list(advocate.blocked_companies.order_by("name")),
            "outcomes": list(advocate.outcomes.select_related("use_case")[:20]),
            **self._consents(types),
            "tier_history": list(tier_history(advocate)[:20]),
            "identifiers": list(advocate.identifiers.order_by("source", "external_id")[:20]),
            "panels": panels_for("advocate", advocate, self.membership),
            **self._answers(),
            **story_of(advocate, self.request),
        }

    def _consents(self, types: Sequence[ActivityType]) -> dict[str, Any]:
        """What was agreed to, and what can be sent to an employer who has to approve (ADV-4)."""
        advocate = self.object
        today = clock.today(advocate.tenant.zone)
        rows = list(advocate.consents.all())
        names = {kind.code: kind.name for kind in types}
        waiting = unapproved_types(advocate, types, Leave(tuple(rows), today))
        return {
            "consents": consent_lines(rows[:20], today, names),
            "involved": [(kind.name, involved_url(advocate.tenant, kind)) for kind in waiting],
        }

    def _answers(self) -> dict[str, Any]:
        """The three questions at the top (ADV-1): may they be asked, what was given and given
        back, what is next.
        """
        advocate, member = self.object, self.membership
        asking = can_ask(advocate)
        units = list(selectors.participations(advocate))
        done = {row.activity_type_id for row in units if row.state == UnitState.COMPLETED}
        deeds = registry.deeds_for(advocate, member)
        back = registry.given_back(advocate, member)
        return {
            "asking": asking,
            "offers": offers(asking, done, advocate.first_name or advocate.name),
            "deeds": [deed for deed in deeds if deed.key != "ask" or asking.may],
            "may_ask": asking.may and any(deed.key == "ask" for deed in deeds),
            "given": given_by(advocate),
            "back": [text for each in back for text in each.said],
            "owed": next((each.owed for each in back if each.owed), ""),
            "units": [given_words(row) for row in units],
            "next_steps": registry.next_steps(advocate, member, most=2),
        }

    def _links(self, override: TierOverride | None) -> list[tuple[str, str, str]]:
        """What is changed rarely, each on a page of its own."""
        advocate, member = self.object, self.membership
        edits = may_change(member, "advocates.edit", advocate.account)
        found = [
            (label, tenant_reverse(self.request, f"advocates:{name}", advocate.pk), icon)
            for label, name, icon, may in (
                (_("Edit"), "edit", "pencil", edits),
                (_("Change what they prefer"), "preferences", "adjustments", edits),
                (_("Merge"), "merge", "arrows-join", member.can("records.merge")),
                (_("What is held of them"), "held", "database", member.can("advocates.export")),
            )
            if may
        ]
        if member.can("tiers.override") and advocate.status in ENROLLED:
            by_hand = tenant_reverse(self.request, "tier-overrides:new")
            url = f"{by_hand}?advocate={advocate.pk}"
            if override is not None:
                url = tenant_reverse(self.request, "tier-overrides:detail", override.pk)
            found.append((_("Set the tier by hand"), url, "hand-finger"))
        return found

    def _moves(self) -> list[tuple[Move, str]]:
        """What this member can do with the status now, with its address."""
        offered = ENROLMENT.offered(self.object, self.membership, permit_status_move)
        return [
            (move, tenant_reverse(self.request, f"advocates:{move.name}", self.object.pk))
            for move in offered
            if move.name in IN_AND_OUT
        ]


class _AdvocateForm(ModelFormPage):
    """What adding and changing have in common."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "advocates.edit"
    nav_item: ClassVar[str] = NAV_ITEM
    form_class = AdvocateForm
    form_template = "advocates/form_body.html"

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:detail", result.pk)


class AdvocateNew(_AdvocateForm):
    """Add a person by hand; ``?account=`` names the account."""

    title = gettext_lazy("Add person")
    edits = False
    submit_label = gettext_lazy("Add person")
    success_message = gettext_lazy("Added.")

    def get_initial(self) -> dict[str, Any]:
        account = self._account()
        return {"account": account, "language": account.language} if account else {}

    def _account(self) -> Account | None:
        key = key_of(self.request.GET.get("account", ""))
        with suppress(Http404):
            return get_account(key) if key else None
        return None

    def perform(self, form: Any) -> Advocate:
        return services.create_advocate(actor=self.actor, **form.cleaned_data)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "advocates:everybody")


class AdvocateEdit(_AdvocateForm):
    """Change a person's record."""

    success_message = gettext_lazy("Saved.")

    def get_object(self) -> Advocate:
        """The person, if this member may change them."""
        advocate = selectors.get_advocate(self.kwargs["pk"])
        require_change(self.actor, "advocates.edit", advocate.account)
        return advocate

    def get_title(self) -> str:
        return _("Change %(name)s") % {"name": self.object.name}

    def perform(self, form: Any) -> Advocate:
        return services.update_advocate(actor=self.actor, advocate=self.object, **form.cleaned_data)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "advocates:detail", self.kwargs["pk"])
