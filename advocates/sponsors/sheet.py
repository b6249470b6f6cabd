"""One page about somebody, for whoever speaks with them next: who they are, what they gave and got,
what to say and what not to ask (SPN-1.a).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web.formatting import day
from advocates.languages import language_name
from advocates.models import Advocate, Moment, Participation, Preference, TierStanding
from advocates.moments.selectors import lately
from advocates.people import registry, selectors
from advocates.people.asking import can_ask
from advocates.people.balance import given_by
from advocates.people.choices import Comfort
from advocates.people.presentation import Given, advocate_subtitle, given_words
from advocates.program.ledger.choices import UnitState
from advocates.program.tiers.selectors import standing_of
from advocates.touches.models_of_touch import touch_model_of

_GAVE, _TOUCHES = 5, 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page says; sentences, each of them whole."""

    who: str
    facts: list[tuple[str, str]]
    gave: str
    gave_last: Sequence[Given]
    got: list[str]
    say: list[str]
    heard: list[str]
    not_ask: list[str]


def sheet_of(advocate: Advocate, membership: Membership) -> Sheet:
    """Everything somebody needs who calls; some twenty statements, however long they know us."""
    wishes = selectors.preferences_of(advocate)
    units = list(selectors.participations(advocate))
    given = [given_words(row) for row in units if row.state == UnitState.COMPLETED][:_GAVE]
    back = registry.given_back(advocate, membership)
    return Sheet(
        who=advocate_subtitle(advocate, wishes.channel),
        facts=_facts(advocate, wishes),
        gave=given_by(advocate).words,
        gave_last=given,
        got=[text for each in back for text in each.said],
        say=_say(advocate, membership, wishes, given, [each.owed for each in back if each.owed]),
        heard=_heard(advocate),
        not_ask=_not_ask(advocate, wishes, units),
    )


def _facts(advocate: Advocate, wishes: Preference) -> list[tuple[str, str]]:
    standing = standing_of(advocate)
    rows = [
        (_("Tier"), standing.tier.name if standing and standing.tier else ""),
        (_("Touch model"), _touch(advocate, standing)),
        (_("Topics"), ", ".join(selectors.topic_names(advocate))),
        (_("Interests"), advocate.interests),
        (_("Language"), language_name(advocate.language)),
        (_("Likes to get back"), ", ".join(liked(wishes))),
        (_("Phone"), advocate.phone),
        (_("E-mail"), advocate.email),
    ]
    return [(label, text) for label, text in rows if text]


def _touch(advocate: Advocate, standing: TierStanding | None) -> str:
    """How we keep in touch with people of their tier at companies of that size (SEG-1.c)."""
    if standing is None or standing.tier is None:
        return ""
    own = touch_model_of(standing.tier.code, advocate.account.segment)
    return own or standing.tier.touch_model


def liked(wishes: Preference) -> list[str]:
    """What they like to get back, in words (ADV-2.e)."""
    return [str(Preference.Appreciation(code).label).lower() for code in wishes.appreciation]


def _say(
    advocate: Advocate,
    membership: Membership,
    wishes: Preference,
    given: Sequence[Given],
    owed: Sequence[str],
) -> list[str]:
    """What there is to say, the most personal first."""
    found = []
    if given:
        found.append(
            _("Thank them once more: %(what)s, %(day)s.")
            % {"what": given[0].title, "day": day(given[0].at)}
        )
    if owed:
        found.append(_("%(what)s: say it yourself.") % {"what": owed[0]})
    moment = lately(Moment.objects.filter(account=advocate.account_id), membership).first()
    if moment is not None:
        words = {"what": moment, "day": day(moment.happened_on), "company": advocate.account.name}
        found.append(_("%(what)s at %(company)s on %(day)s: speak of it.") % words)
    outcome = selectors.rest_outcomes(advocate).first()
    if outcome is not None:
        found.append(_("They reached something: %(what)s. Ask how it goes on.") % {"what": outcome})
    if advocate.interests:
        found.append(_("Away from work: %(what)s.") % {"what": advocate.interests})
    if wishes.appreciation:
        found.append(
            _("If you offer something, then what they like: %(what)s.")
            % {"what": ", ".join(liked(wishes))}
        )
    return found or [_("Nothing is known yet: ask how they are, and write down what you hear.")]


def _heard(advocate: Advocate) -> list[str]:
    """When somebody last spoke with them, and what was noted."""
    rows = advocate.touches.select_related("by__user").order_by("-happened_on", "-id")[:_TOUCHES]
    return [
        " · ".join(
            part
            for part in (
                day(row.happened_on),
                str(row.get_kind_display()),
                row.by.name if row.by else "",
                row.note,
            )
            if part
        )
        for row in rows
    ]


def _not_ask(advocate: Advocate, wishes: Preference, units: Iterable[Participation]) -> list[str]:
    """That this is no ask, why nobody may ask now, and what they said they would not like."""
    found = [_("Ask for nothing: this is about them.")]
    found += can_ask(advocate).blocks
    asked = [row.activity_type.name for row in units if row.state == UnitState.OPEN]
    if asked:
        found.append(_("Asked for already, and open: %(names)s.") % {"names": ", ".join(asked)})
    shy = [str(each.label).lower() for each in Comfort if each.value not in wishes.comforts]
    if wishes.comforts and shy:
        found.append(_("Not comfortable with: %(what)s.") % {"what": ", ".join(shy)})
    refused = selectors.refused_types(advocate)
    kinds = [kind.name for kind in selectors.types_on() if kind.pk in refused] if refused else []
    if kinds:
        found.append(_("Takes no part in: %(names)s.") % {"names": ", ".join(kinds)})
    avoided = advocate.blocked_companies.order_by("name").values_list("name", flat=True)
    if names := ", ".join(avoided):
        found.append(_("Not to be put in touch with: %(names)s.") % {"names": names})
    return found
