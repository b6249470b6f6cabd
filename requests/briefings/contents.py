"""What a briefing says, made of what is known when it is read (FUL-2, VIS-1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.languages import spoken
from requests.asks.disclosure import identities
from requests.asks.drafting import peer_of, why_you
from requests.briefings.choices import Side
from requests.briefings.logistics import logistics
from requests.briefings.models import Briefing
from requests.mails import language_of_ask
from requests.matching.ranking import why_not
from requests.models import Ask
from requests.scheduling.readers import described, may_name

#: What can be written otherwise, in the order of the page.
TEXTS = ("note", "why", "questions", "points", "dos", "donts")
_MOST_OUTCOMES = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with names and values, or with lines."""

    code: str
    heading: str
    facts: Sequence[tuple[str, Any]] = ()
    lines: Sequence[str] = ()

    @property
    def as_text(self) -> str:
        """For a mail: heading and lines."""
        facts = [f"{name}: {value}" for name, value in self.facts]
        return "\n".join([self.heading, *(f"- {line}" for line in (*facts, *self.lines))])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole briefing in its reader's language."""

    language: str
    sections: list[Section] = field(default_factory=list)


def language_for(briefing: Briefing) -> str:
    """The reader's."""
    ask = briefing.ask
    if briefing.side == Side.ADVOCATE:
        return language_of_ask(ask)
    return spoken(ask.request.requester.user.language or ask.request.tenant.language)


def sheet_of(briefing: Briefing) -> Sheet:
    """Everything, as its reader gets it."""
    language = language_for(briefing)
    with translation.override(language):
        texts = {**texts_of(briefing), **_written(briefing)}
        is_advocate = briefing.side == Side.ADVOCATE
        headings = _advocate_headings() if is_advocate else _requester_headings()
        parts = {name: Section(name, headings[name], (), lines_in(texts[name])) for name in TEXTS}
        sections = [
            parts["note"],
            Section("who", headings["who"], _who(briefing)),
            parts["why"],
            Section("logistics", headings["logistics"], logistics(briefing)),
            *(parts[name] for name in ("questions", "points", "dos", "donts")),
        ]
    shown = [
        Section(each.code, each.heading, [(k, v) for k, v in each.facts if v], each.lines)
        for each in sections
    ]
    return Sheet(language, [each for each in shown if each.facts or each.lines])


def texts_of(briefing: Briefing) -> dict[str, str]:
    """What stands there until somebody writes something else; in the language of the moment."""
    ask = briefing.ask
    fit = why_not(ask.request, ask.advocate)
    if briefing.side == Side.ADVOCATE:
        found: dict[str, Iterable[str]] = {
            "why": why_you(fit),
            "points": _outcomes(ask, quotable=False)
            or [_("What changed for you, in one number if there is one.")],
            "dos": _advocate_dos(),
            "donts": _advocate_donts(),
        }
    else:
        parts = (part for part in fit.parts if part.criterion not in ("relationship", "rotation"))
        found = {
            "why": [chip.text for part in parts for chip in part.chips if chip.verdict == "fit"],
            "points": _outcomes(ask, quotable=True)
            or [_("What changed for them, and how long it took.")],
            "dos": _requester_dos(),
            "donts": _requester_donts(ask),
        }
    asked = [line.strip("-•* ") for line in ask.request.questions.splitlines()]
    texts = {name: "\n".join(lines) for name, lines in found.items()}
    return {"note": "", "questions": "\n".join(filter(None, asked)), **texts}


def lines_in(text: str) -> list[str]:
    """One a line, however somebody marks them."""
    return [line for each in text.splitlines() if (line := each.strip().strip("-•* ").strip())]


def names_the_advocate(briefing: Briefing) -> bool:
    """Whether its reader knows who it is (VIS-1)."""
    if briefing.side == Side.ADVOCATE:
        return True
    ask = briefing.ask
    return identities(ask.request.requester, [ask])[ask.pk].is_named


def _written(briefing: Briefing) -> dict[str, str]:
    return {name: text for name in TEXTS if (text := getattr(briefing, name))}


def _outcomes(ask: Ask, *, quotable: bool) -> list[str]:
    """Their own to themselves; to others what may be told."""
    rows = ask.advocate.outcomes.all()
    told = [row for row in rows if row.may_be_quoted or not quotable]
    return [f"{row} ({row.period})" if row.period else str(row) for row in told[:_MOST_OUTCOMES]]


def _who(briefing: Briefing) -> list[tuple[str, str]]:
    ask, request = briefing.ask, briefing.ask.request
    if briefing.side == Side.ADVOCATE:
        hidden = request.is_confidential
        people = "" if hidden else ", ".join(contact.called for contact in request.people)
        return [
            (_("Whom you meet"), people or peer_of(request)),
            (_("Their part in it"), peer_of(request) if people else ""),
            (_("Company"), _("not named at their wish") if hidden else request.prospect),
            (_("Industry"), request.industry),
            (_("Who brings you together"), f"{request.requester.name}, {request.tenant.name}"),
            (_("Whom to write to"), f"{ask.sender.name}, {ask.sender.email}"),
        ]
    advocate = ask.advocate
    named = names_the_advocate(briefing)
    who = ", ".join(filter(None, (advocate.name, advocate.job_title, advocate.account.name)))
    guests = ", ".join(contact.called for contact in request.people)
    return [
        (_("Whom they meet"), who if named else described(advocate)),
        (_("Industry"), advocate.account.industry if named else ""),
        (_("Size"), str(advocate.account.get_segment_display())),
        (_("Region"), str(advocate.account.get_region_display())),
        (_("Who joins from their side"), guests or _("nobody named yet")),
    ]


def _advocate_headings() -> dict[str, str]:
    return {
        "note": _("A word before it"),
        "who": _("Whom you meet"),
        "why": _("Why you"),
        "logistics": _("When and where"),
        "questions": _("What they would like to know"),
        "points": _("What you could tell"),
        "dos": _("Please do"),
        "donts": _("You need not"),
    }


def _requester_headings() -> dict[str, str]:
    return {
        "note": _("A word before it"),
        "who": _("Who meets whom"),
        "why": _("Why this reference"),
        "logistics": _("When and where"),
        "questions": _("What the prospect wants to know"),
        "points": _("What to listen for"),
        "dos": _("Tell the prospect"),
        "donts": _("Please do not"),
    }


def _advocate_dos() -> list[str]:
    return [
        _("Say what you would tell a friend, the good and the bad; honest is what helps."),
        _("Ask them as much as they ask you."),
        _("Say so when you would rather not answer something."),
        _("Leave when the time is over; nobody minds."),
    ]


def _advocate_donts() -> list[str]:
    return [
        _("Sell, or defend us."),
        _("Speak about prices, contracts or security; we answer that."),
        _("Share files or open your systems."),
    ]


def _requester_dos() -> list[str]:
    return [
        _("Who it is, and what they achieved, as far as it stands here."),
        _("It is a private talk among peers; what is said is not quoted."),
        _("The advocate has the questions already; ask what matters most first."),
        _("It ends on time."),
    ]


def _requester_donts(ask: Ask) -> list[str]:
    found = [
        _("Stay in the call, unless both sides want you there."),
        _("Bring slides, or guests who are not on the invitation."),
        _("Ask for prices, contract terms or security details."),
        _("Write to the advocate past the program, before or afterwards."),
    ]
    if not may_name(ask):
        found.insert(0, _("Tell the prospect the name or the company; they do not wish it."))
    return found
