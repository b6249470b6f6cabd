"""Who is invited to a call, and what each may know of the others (FUL-1, VIS-1)."""

import hashlib
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from activities.activities.models import Activity
from advocacy.languages import spoken
from advocacy.messaging.templatetags.mails import given
from advocates.models import Advocate
from advocates.people.disclosure import discloses_after_acceptance, sees_everybody
from requests.asks.drafting import peer_of
from requests.mails import first_name, language_of_ask
from requests.models import Ask, Request
from requests.requests.choices import MeetingFormat
from requests.requests.contacts import Contact
from requests.requests.whereabouts import Whereabouts, prospect_zone, whereabouts_of
from requests.scheduling.calendars import times_of
from requests.scheduling.slots import Slot, slot_words, time_elsewhere, zone_words

ADVOCATE, REQUESTER = "advocate", "requester"
_PROSPECT = "prospect-"


@dataclass(frozen=True, slots=True)
class Reader:
    """One who is invited, in their own words."""

    #: ``advocate``, ``requester``, or one of the prospect's people by their address.
    side: str
    name: str
    #: Where an invitation goes now; nowhere when there is no address.
    email: str
    zone: ZoneInfo
    language: str
    title: str
    words: dict[str, str]
    #: What there is to know, paragraph by paragraph: in the mail, and in the calendar.
    parts: list[str] = field(default_factory=list)
    path: str = ""

    @property
    def kind(self) -> str:
        """Which template is theirs."""
        return "prospect" if is_prospect(self.side) else self.side


def is_prospect(side: str) -> bool:
    """Whether a side is one of the prospect's people."""
    return side.startswith(_PROSPECT)


def side_of(email: str) -> str:
    """One of the prospect's people, by an address that does not show."""
    return _PROSPECT + hashlib.sha256(email.lower().encode()).hexdigest()[:12]


def readers_of(request: Request, ask: Ask, activity: Activity) -> list[Reader]:
    """Advocate, requester and the prospect's people; whoever has one address is invited once."""
    found = [_advocate(request, ask, activity), _requester(request, ask, activity)]
    taken = {reader.email.lower() for reader in found}
    guests = [contact for contact in request.people if contact.email.lower() not in taken]
    return [*found, *(prospect_reader(request, ask, activity, contact) for contact in guests)]


def may_name(ask: Ask) -> bool:
    """Whether the prospect reads the advocate's name once a time is booked (VIS-1.b)."""
    return discloses_after_acceptance(ask.advocate)


def _advocate(request: Request, ask: Ask, activity: Activity) -> Reader:
    advocate = ask.advocate
    zone, language = advocate.zone, language_of_ask(ask)
    hidden = request.is_confidential
    with translation.override(language):
        prospect = _("a company") if hidden else request.prospect
        people = [] if hidden else [contact.called for contact in request.people]
        whom = _people(people, "" if hidden else request.prospect, peer_of(request))
        parts = [
            _("Whom you meet: %(whom)s") % {"whom": whom} if whom else "",
            _("%(name)s from %(tenant)s brings you together.")
            % {"name": request.requester.name, "tenant": request.tenant.name},
            _questions(request, _("What they would like to know:")),
            _place(request, activity),
            _elsewhere(activity, zone, None if hidden else prospect_zone(request)),
        ]
        words = {
            "first_name": first_name(advocate),
            "what": str(request.activity_type),
            "with": prospect,
            "when": _when(activity, zone),
        }
    return Reader(
        side=ADVOCATE,
        name=advocate.name,
        email=advocate.email,
        zone=zone,
        language=language,
        title=f"{request.activity_type}: {prospect}",
        words=words,
        parts=[part for part in parts if part],
    )


def _requester(request: Request, ask: Ask, activity: Activity) -> Reader:
    requester = request.requester
    named = may_name(ask) or sees_everybody(requester)
    zone, language = requester.zone, spoken(requester.user.language)
    with translation.override(language):
        who = ask.advocate.name if named else described(ask.advocate)
        guests = ", ".join(contact.called for contact in request.people)
        parts = [
            _whom(ask.advocate, named=named),
            _("Invited too: %(guests)s") % {"guests": guests}
            if guests
            else _("Nobody from their side is invited by us; name them on the booking."),
            _questions(request, _("What they want to know:")),
            _place(request, activity),
            _elsewhere(activity, zone, ask.advocate.zone),
        ]
        words = {
            "name": requester.name,
            "reference": request.reference,
            "what": str(request.activity_type),
            "with": who,
            "when": _when(activity, zone),
        }
    return Reader(
        side=REQUESTER,
        name=requester.name,
        email=requester.email,
        zone=zone,
        language=language,
        title=f"{request.activity_type}: {request.prospect} – {who}",
        words=words,
        parts=[part for part in parts if part],
        path=f"/t/{request.tenant.slug}/requests/{request.pk}/",
    )


def prospect_reader(request: Request, ask: Ask, activity: Activity, contact: Contact) -> Reader:
    """One of the prospect's people; also one who is not invited any more."""
    named = may_name(ask)
    where = whereabouts_of(request)
    zone = where.zone
    language = spoken(request.language or request.tenant.language)
    with translation.override(language):
        parts = [
            _whom(ask.advocate, named=named),
            _("%(name)s from %(tenant)s brings you together.")
            % {"name": request.requester.name, "tenant": request.tenant.name},
            _questions(request, _("What you wanted to know:")),
            _place(request, activity),
            _elsewhere(activity, zone, ask.advocate.zone),
            unsure_words(where, _("your calendar")),
        ]
        words = {
            "hello": hello_to(contact),
            "what": str(request.activity_type),
            "with": ask.advocate.name if named else described(ask.advocate),
            "tenant": request.tenant.name,
            "when": _when(activity, zone),
            "requester": request.requester.name,
        }
    return Reader(
        side=side_of(contact.email),
        name=contact.called,
        email=contact.email,
        zone=zone,
        language=language,
        title=f"{request.activity_type}: {words['with']}",
        words=words,
        parts=[part for part in parts if part],
    )


def described(advocate: Advocate) -> str:
    """A reference without a name: what they do, and in which industry."""
    facts = [advocate.job_title, advocate.account.industry]
    return ", ".join(fact for fact in facts if fact) or _("a reference")


# -- words, in the language of the moment --------------------------------------------------------


def _when(activity: Activity, zone: ZoneInfo) -> str:
    return f"{slot_words(Slot(*times_of(activity)), zone)} ({zone_words(zone)})"


def _elsewhere(activity: Activity, zone: ZoneInfo, other: ZoneInfo | None) -> str:
    """What the other side's clock shows."""
    there = time_elsewhere(Slot(*times_of(activity)), zone, other)
    if not there or other is None:
        return ""
    return _("For the other side it is %(time)s then (%(zone)s).") % {
        "time": there,
        "zone": zone_words(other),
    }


def hello_to(contact: Contact) -> str:
    """How a mail to one of the prospect's people begins: by the first name, where one is known."""
    return _("Hello %(name)s,") % {"name": given(contact.name)} if contact.name else _("Hello,")


def unsure_words(where: Whereabouts, at: str) -> str:
    """That their zone is a guess, and ``at`` what they see their own clock; else nothing."""
    if not where.is_assumed:
        return ""
    text = _("We were not told your time zone, so times are in %(zone)s; %(at)s shows your own.")
    return text % {"zone": zone_words(where.zone), "at": at}


def _place(request: Request, activity: Activity) -> str:
    if activity.location:
        return _("Where: %(place)s") % {"place": activity.location}
    if request.meeting_format == MeetingFormat.PHONE:
        return _("Where: by phone.")
    return _("Where: you hear it in time.")


def _questions(request: Request, heading: str) -> str:
    lines = [line.strip("-•* ") for line in request.questions.splitlines()]
    found = [f"- {line}" for line in lines if line]
    return "\n".join([heading, *found]) if found else ""


def _people(names: list[str], company: str, peer: str) -> str:
    """ "Jane Roe, John Doe, Isdom (a manager from Finance)"."""
    known = ", ".join(part for part in (*names, company) if part)
    if known and peer:
        return f"{known} ({peer})"
    return known or peer


def _whom(advocate: Advocate, *, named: bool) -> str:
    facts = [advocate.name, advocate.job_title, advocate.account.name] if named else []
    whom = ", ".join(fact for fact in facts if fact) or described(advocate)
    return _("Whom you meet: %(whom)s") % {"whom": whom}
