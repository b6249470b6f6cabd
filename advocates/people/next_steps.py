"""What this app knows should happen next with somebody: leave that ends, a nomination, a moment of
their company, a first word about what they would like (ADV-2, ADV-4, IDN-2, MOM-1).
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web import formatting as words
from advocacy.web.urls import tenant_reverse
from advocates.access import may_change
from advocates.joining.enrolment import skips_cultivation
from advocates.joining.selectors import INVITABLE, may_nominate, nomination_of
from advocates.models import Advocate, Consent, Moment, Preference
from advocates.moments.selectors import lately, suggestion_of
from advocates.people import registry
from advocates.people.choices import ENROLLED, AdvocateStatus
from advocates.people.registry import NextStep
from advocates.pool.selectors import may_enter, place_of
from advocates.sponsors.numbers import Care


def renew_within() -> timedelta:
    """So long before its end a consent is to be renewed (ADV-4.d)."""
    return timedelta(days=current(Care).renew_days)


def renewal(advocate: Advocate, membership: Membership) -> NextStep | None:
    """Leave that ends soon, or ended and was not given anew."""
    if not may_change(membership, "advocates.edit", advocate.account):
        return None
    today = clock.today(advocate.tenant.zone)
    # Of each use the one that ends last; what has no end comes last of all.
    rows = advocate.consents.filter(withdrawn_on=None).order_by("expires_on", "given_on")
    for row in sorted({row.use: row for row in rows}.values(), key=_end):
        day = row.expires_on
        if day is None or day - renew_within() > today:
            continue
        what = {"use": row.get_use_display()}
        ended = day < today
        return NextStep(
            (_("Ask again: %(use)s") if ended else _("Renew: %(use)s")) % what,
            (_("This leave ended on %(day)s.") if ended else _("This leave ends on %(day)s."))
            % {"day": words.day(day)},
            "writing-sign",
            "warning",
            _("Record the answer"),
            tenant_reverse(membership.tenant, "advocates:consent-new", advocate.pk)
            + f"?use={row.use}",
            panel=True,
        )
    return None


def _end(consent: Consent) -> date:
    return consent.expires_on or date.max


def joining(advocate: Advocate, membership: Membership) -> NextStep | None:
    """A nomination that waits, an invitation that can go out, somebody worth nominating."""
    tenant = membership.tenant
    nomination = nomination_of(advocate) if advocate.status == AdvocateStatus.NOMINATED else None
    if nomination is not None and membership.can("nominations.decide"):
        by = nomination.nominated_by
        return NextStep(
            _("Decide on the nomination"),
            _("%(name)s proposed them.") % {"name": by.name} if by else _("They offered to help."),
            "user-question",
            label=_("Look at it"),
            url=tenant_reverse(tenant, "nominations:detail", nomination.pk),
            panel=True,
            due=nomination.decide_by,
        )
    if advocate.status in INVITABLE and may_change(
        membership, "advocates.invite", advocate.account
    ):
        if advocate.status == AdvocateStatus.QUALIFIED and skips_cultivation(advocate):
            return NextStep(
                _("Be in touch with %(name)s before you invite") % {"name": _first(advocate)},
                _("An executive's word, a look at what is coming, a visit: something good first."),
                "plant-2",
                label=_("Record a first touch"),
                url=tenant_reverse(tenant, "nominations:cultivate", advocate.pk),
                panel=True,
            )
        return NextStep(
            _("Invite %(name)s") % {"name": _first(advocate)},
            _("Qualified for the program; the invitation is a letter from a person."),
            "mail",
            label=_("Write the invitation"),
            url=tenant_reverse(tenant, "nominations:invite", advocate.pk),
            panel=True,
        )
    if may_nominate(advocate) and may_change(membership, "nominations.submit", advocate.account):
        return NextStep(
            _("Nominate %(name)s, if it fits") % {"name": _first(advocate)},
            _("Not in the program, so nothing can be asked for yet."),
            "user-up",
            label=_("Nominate"),
            url=tenant_reverse(tenant, "nominations:new") + f"?advocate={advocate.pk}",
            panel=True,
        )
    return None


def pool(advocate: Advocate, membership: Membership) -> NextStep | None:
    """Not ready to join, or said no: they may like to hear from us all the same (TIER-9.b)."""
    if advocate.status not in (AdvocateStatus.CANDIDATE, AdvocateStatus.DECLINED):
        return None
    if not may_change(membership, "pool.edit", advocate.account) or not may_enter(advocate):
        return None
    if not advocate.email or place_of(advocate) is not None:
        return None
    return NextStep(
        _("Offer %(name)s the community pool") % {"name": _first(advocate)},
        _("A promoter who is not in the program: news now and then, and no reference calls."),
        "user-heart",
        label=_("Offer it by mail"),
        url=tenant_reverse(membership.tenant, "pool:offer", advocate.pk),
        panel=True,
    )


def moment(advocate: Advocate, membership: Membership) -> NextStep | None:
    """Something went well at their company, and nobody has used it yet."""
    found = lately(Moment.objects.filter(account=advocate.account_id), membership).first()
    if found is None or advocate.status not in ENROLLED:
        return None
    return NextStep(
        _("A good moment: %(kind)s") % {"kind": found.get_kind_display().lower()},
        suggestion_of(found),
        "sparkles",
        label=_("Look at it"),
        url=tenant_reverse(membership.tenant, "moments:detail", found.pk),
    )


def preferences(advocate: Advocate, membership: Membership) -> NextStep | None:
    """Nobody knows what they are comfortable with, so half of the catalogue stays closed."""
    if advocate.status not in ENROLLED or not may_change(
        membership, "advocates.edit", advocate.account
    ):
        return None
    if Preference.objects.filter(~Q(comforts=[]), advocate=advocate).exists():
        return None
    return NextStep(
        _("Find out what %(name)s would enjoy") % {"name": _first(advocate)},
        _("Nobody has asked yet what they are comfortable with: a call, a stage, their words."),
        "adjustments",
        label=_("Enter what they said"),
        url=tenant_reverse(membership.tenant, "advocates:preferences", advocate.pk),
    )


def _first(advocate: Advocate) -> str:
    return advocate.first_name or advocate.name


def register() -> None:
    """Called once, when the application is ready."""
    registry.register_next("renewal", renewal, "advocates.edit", order=40)
    registry.register_next("joining", joining, "advocates.view", order=45)
    registry.register_next("pool", pool, "pool.edit", order=50)
    registry.register_next("moment", moment, "moments.view", order=60)
    registry.register_next("preferences", preferences, "advocates.edit", order=80)
