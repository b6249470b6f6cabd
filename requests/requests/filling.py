"""What is known of a request before anybody types: from the deal and its account, and from the last
request for the same company (REQ-1.d).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocates.accounts.choices import Region, Segment
from advocates.countries import country_name
from advocates.models import Tag
from advocates.people.choices import Seniority
from requests.matching.exclusions import language_name
from requests.models import Opportunity, Request
from requests.requests.choices import MeetingFormat, RequestState
from requests.requests.details import filled_from
from requests.requests.selectors import visible_requests

#: What describes the company and who asks there, and so holds for its next request too. Not what
#: was wanted then: questions, use and notes are asked anew.
LASTING = (
    *("industry", "segment", "employees", "country", "region"),
    *("persona_seniority", "persona_function", "language", "time_zone"),
    *("competitor", "meeting_format", "is_confidential"),
)
#: What a form starts with and nobody has to know.
USUAL = {"meeting_format": MeetingFormat.VIDEO, "is_confidential": False}


@dataclass(frozen=True, slots=True)
class Known:
    """Values by field of the request, without blanks; what the account says comes first."""

    deal: dict[str, Any] = field(default_factory=dict)
    last: dict[str, Any] = field(default_factory=dict)
    tags: tuple[Tag, ...] = ()
    request: Request | None = None

    @property
    def values(self) -> dict[str, Any]:
        """All of it but the tags."""
        return {**self.last, **self.deal}

    @property
    def deal_words(self) -> list[str]:
        """What the deal and its account say, as a person reads it."""
        return _words(self.deal)

    @property
    def last_words(self) -> list[str]:
        """What the last request says."""
        return [*_words(self.last), *(tag.name for tag in self.tags)]


def known_of(
    viewer: Membership, opportunity: Opportunity | None, *, but: Request | None = None
) -> Known:
    """What is known of a deal to who asks; of earlier requests those they may see (VIS-1)."""
    if opportunity is None:
        return Known()
    deal = filled_from(opportunity)
    last = _last_request(viewer, opportunity, but)
    if last is None:
        return Known(deal)
    skip = set(deal)
    if skip & {"segment", "employees"}:
        skip |= {"segment", "employees"}  # one size, not two of different years
    if skip & {"country", "region"}:
        skip |= {"country", "region"}
    found = {name: getattr(last, name) for name in LASTING if name not in skip}
    values = {n: v for n, v in found.items() if v not in ("", None) and v != USUAL.get(n)}
    tags = tuple(link.tag for link in last.request_tags.all())
    return Known(deal, values, tags, last if values or tags else None)


def _last_request(
    viewer: Membership, opportunity: Opportunity, but: Request | None
) -> Request | None:
    rows = visible_requests(viewer).exclude(state=RequestState.CANCELLED)
    if opportunity.account_id:
        rows = rows.filter(opportunity__account=opportunity.account_id)
    else:
        rows = rows.filter(prospect__iexact=opportunity.prospect)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return rows.prefetch_related("request_tags__tag").order_by("-number").first()


def refill(sent: Any, before: Known, after: Known) -> None:
    """Put what another deal knows into a form's data; what somebody typed stays."""
    was, now, usual = _as_sent(before), _as_sent(after), _sent_of(USUAL)
    for name in ("prospect", *LASTING, "tags"):
        typed = sorted(text for text in sent.getlist(name) if text.strip())
        if typed in ([], usual.get(name), was.get(name)):
            sent.setlist(name, now.get(name, usual.get(name, [])))


def _as_sent(known: Known) -> dict[str, list[str]]:
    tags = sorted(str(tag.pk) for tag in known.tags)
    return _sent_of(known.values) | ({"tags": tags} if tags else {})


def _sent_of(values: dict[str, Any]) -> dict[str, list[str]]:
    """Values as a browser sends them; of a box only that it is ticked."""
    return {
        name: ["on" if value is True else str(value)]
        for name, value in values.items()
        if value is not False
    }


def _words(values: dict[str, Any]) -> list[str]:
    said: dict[str, Any] = {
        "prospect": str,
        "industry": str,
        "segment": lambda value: Segment(value).label,
        "employees": lambda value: _("%(count)s employees") % {"count": f"{value:,}"},
        "country": country_name,
        "region": lambda value: Region(value).label,
        "persona_seniority": lambda value: Seniority(value).label,
        "persona_function": str,
        "language": language_name,
        "time_zone": str,
        "competitor": lambda value: _("against %(name)s") % {"name": value},
        "meeting_format": lambda value: MeetingFormat(value).label,
        "is_confidential": lambda _value: _("confidential"),
    }
    return [str(say(values[name])) for name, say in said.items() if name in values]


def unknown_words(empty: Iterable[str]) -> list[str]:
    """What a better match would need, of a request's fields that are empty."""
    missing = set(empty)
    wanted = {
        _("industry"): {"industry"},
        _("size"): {"segment", "employees"},
        _("country"): {"country", "region"},
        _("who wants to talk"): {"persona_seniority", "persona_function"},
        _("use cases"): {"tags"},
    }
    return [words for words, either in wanted.items() if either <= missing]
