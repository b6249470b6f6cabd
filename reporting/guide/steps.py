"""The steps of the foundation, each done by a fact (ACT-3)."""

from dataclasses import dataclass

from django.db.models import Exists
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.events.models import Event
from advocacy.tenancy.models import Holiday, Membership, Tenant
from advocacy.tenant_settings.reading import current
from advocacy.web.urls import tenant_reverse
from advocates.models import Account, ActivityType, Advocate, Participation, ProgramInvitation
from advocates.people.choices import ENROLLED
from advocates.program.catalogue.maturity import Maturity
from advocates.program.ledger.choices import UnitState
from advocates.responsibilities.selectors import program, share_of
from advocates.strategy.selectors import labels_of, latest_sheet, open_parts

#: More names than these are counted.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step: what, why or what is there already, and the way to it."""

    code: str
    title: str
    text: str
    done: bool
    label: str = ""
    url: str = ""
    #: One press instead of a page.
    post: bool = False


def had_reference() -> bool:
    """Whether anybody ever gave one: the first is behind the program."""
    done = Participation.objects.filter(state=UnitState.COMPLETED, is_reference=True)
    return done.exists()


def steps_for(member: Membership) -> list[GuideStep]:
    """The seven steps, in order. What a member may not do has no button."""
    enrolled = Advocate.objects.filter(status__in=sorted(ENROLLED))
    has = Tenant.objects.filter(pk=member.tenant_id).values(
        people=Exists(Advocate.objects.all()),
        accounts=Exists(Account.objects.all()),
        holidays=Exists(Holiday.objects.all()),
        week=Exists(Event.objects.filter(verb="tenant.settings_changed")),
        colleagues=Exists(Membership.objects.filter(is_active=True).exclude(pk=member.pk)),
    )[0]
    invited = ProgramInvitation.objects.count()
    people = enrolled.count()
    return [
        _owner(member),
        _calendar(member, done=has["holidays"] or has["week"]),
        GuideStep(
            "import",
            _("Bring in accounts and people"),
            _("From your CRM, a spreadsheet, or typed in. Names stay inside the company."),
            has["accounts"] and has["people"],
            _("Import…"),
            _to(member, "import"),
        ),
        _strategy(member),
        _types(member),
        GuideStep(
            "colleagues",
            _("Invite your colleagues"),
            _("Customer success nominates, sales requests."),
            has["colleagues"],
            _("Invite…") if member.can("settings.people") else "",
            _to(member, "people-invite") if member.can("settings.people") else "",
        ),
        _first_people(member, people, invited, has_people=has["people"]),
    ]


def _to(member: Membership, name: str) -> str:
    return tenant_reverse(member.tenant, name)


def _owner(member: Membership) -> GuideStep:
    row = program()
    title, url = _("Name the program and its owner"), _to(member, "program")
    if row.owner is None or not row.name:
        text = _("One person answers for it, also where it is a part of their time.")
        return GuideStep("owner", title, text, False, _("Name them"), url)
    percent = share_of(row.owner)
    text = _("%(name)s, %(owner)s, %(percent)d %% of the time") % {
        "name": row.name,
        "owner": row.owner.name,
        "percent": percent,
    }
    return GuideStep("owner", title, text, True, _("Change"), url)


def _calendar(member: Membership, *, done: bool) -> GuideStep:
    days = ", ".join(str(WEEKDAYS_ABBR[day - 1]) for day in sorted(member.tenant.work_days))
    text = _("%(days)s, in %(zone)s. Due times and promises skip the other days.") % {
        "days": days,
        "zone": member.tenant.time_zone,
    }
    title, url = _("Set the working week and holidays"), _to(member, "settings-calendar")
    return GuideStep("calendar", title, text, done, _("Change") if done else _("Set them"), url)


def _strategy(member: Membership) -> GuideStep:
    sheet = latest_sheet()
    lacking = open_parts(sheet)
    title = _("Write down what the program is for")
    url = _to(member, "strategy-sheets:new")
    if sheet is None:
        text = _("One page: goals, whom you look for, what they get. A first ask without it warns.")
        return GuideStep("strategy", title, text, False, _("Start"), url)
    if lacking:
        text = _("Still open: %(parts)s.") % {"parts": ", ".join(labels_of(lacking))}
        return GuideStep("strategy", title, text, False, _("Go on"), url)
    text = _("Version %(number)d; earlier ones are kept.") % {"number": sheet.number}
    return GuideStep("strategy", title, text, True, _("Change"), url)


def _types(member: Membership) -> GuideStep:
    names = list(ActivityType.objects.filter(is_on=True).values_list("name", flat=True))
    shown = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        shown = _("%(names)s and %(more)d more") % {"names": shown, "more": len(names) - _NAMED}
    text = ngettext(
        "%(count)d kind is on: %(names)s. Limits protect everybody from the start.",
        "%(count)d kinds are on: %(names)s. Limits protect everybody from the start.",
        len(names),
    ) % {"count": len(names), "names": shown}
    title, done = _("Choose what people may be asked"), program().types_chosen_at is not None
    url = _to(member, "settings-activity-types") if done else _to(member, "setup-types")
    return GuideStep(
        "types", title, text, done, _("Change") if done else _("Right so"), url, post=not done
    )


def _first_people(member: Membership, people: int, invited: int, *, has_people: bool) -> GuideStep:
    wanted = current(Maturity).first_people
    title = ngettext("Win the first advocate", "Win the first %(count)d advocates", wanted) % {
        "count": wanted
    }
    if not has_people:
        return GuideStep("people", title, _("Opens when people are there."), False)
    text = _("%(people)d in the program, %(invited)d invited. The list says who meets what.") % {
        "people": people,
        "invited": invited,
    }
    url = _to(member, "advocates:candidates")
    done = people >= wanted
    return GuideStep("people", title, text, done, _("See candidates"), url)
