"""Who could help, as far as it may be told without a name (BRW-1, VIS-1).

What may be told is worked out once for everybody, whatever is looked for; filters, numbers and
order see nothing else. So no question narrows further than a description already does.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils.functional import cached_property

from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.accounts.choices import Lifecycle, TagKind
from advocates.models import AccountTag, ActivityType, Advocate, AdvocateTag, Tag
from advocates.people.willing import open_kinds
from requests.browsing.describing import Description, Person, descriptions
from requests.browsing.references import seal, shuffled
from requests.browsing.settings import Browsing
from requests.matching.criteria import folded
from requests.matching.everybody import standings

_KINDS = (TagKind.PRODUCT, TagKind.USE_CASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a member looks for; blank narrows nothing."""

    industry: str = ""
    segment: str = ""
    region: str = ""
    seniority: str = ""
    function: str = ""
    language: str = ""
    product: uuid.UUID | None = None
    use_case: uuid.UUID | None = None
    #: Also who cannot be asked at present, because of what was asked of them lately.
    also_full: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is looked for."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "also_full")

    def fits(self, told: Description) -> bool:
        """Whether what is told of somebody is what is looked for."""
        names = ("industry", "segment", "region", "seniority", "function", "language")
        if any(getattr(self, name) not in ("", getattr(told, name)) for name in names):
            return False
        return {self.product, self.use_case} - {None} <= told.tags


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who is open to a type: what is told of them, and whether they can be asked now."""

    told: Description
    can: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of a page; there is no way from here to the person but the sealed reference."""

    reference: str
    told: Description
    can: bool
    products: list[str]
    use_cases: list[str]
    also_open: list[ActivityType]


@dataclass(frozen=True)
class Available:
    """Everybody open to a type, as one member may know of them."""

    viewer: Membership
    kind: ActivityType
    everybody: dict[uuid.UUID, Found] = field(repr=False)

    @cached_property
    def tags(self) -> dict[uuid.UUID, Tag]:
        """The products and use cases that are told of anybody."""
        return Tag.objects.in_bulk(
            {tag for found in self.everybody.values() for tag in found.told.tags}
        )

    def choices(self, name: str) -> list[str]:
        """The values of a property that are told of anybody."""
        values = {getattr(found.told, name) for found in self.everybody.values()}
        return sorted(values - {""}, key=str.casefold)

    def matching(self, wanted: Wanted) -> list[uuid.UUID]:
        """Whom a member looks for, in an order that says nothing, who can be asked now first."""
        found = [
            pk
            for pk, each in self.everybody.items()
            if (each.can or wanted.also_full) and wanted.fits(each.told)
        ]
        mixed = shuffled(self.viewer, found)
        return sorted(mixed, key=lambda pk: not self.everybody[pk].can)

    def shown(self, advocates: Sequence[uuid.UUID]) -> list[Shown]:
        """These as a page shows them; a constant number of queries."""
        kinds = [kind for kind in requestable_types() if kind.pk != self.kind.pk]
        open_to = open_kinds(advocates, kinds)
        return [
            Shown(
                reference=seal(self.viewer, pk),
                told=(each := self.everybody[pk]).told,
                can=each.can,
                products=self._named(each.told, TagKind.PRODUCT),
                use_cases=self._named(each.told, TagKind.USE_CASE),
                also_open=open_to[pk],
            )
            for pk in advocates
        ]

    def _named(self, told: Description, kind: TagKind) -> list[str]:
        return sorted(self.tags[pk].name for pk in told.tags if self.tags[pk].kind == kind)


def requestable_types() -> list[ActivityType]:
    """What can be asked for, reference calls first, as somebody in sales would look for them."""
    return list(ActivityType.objects.filter(is_on=True).order_by("-is_reference", "position"))


def available(viewer: Membership, kind: ActivityType) -> Available:
    """Who is open to a type: who may be asked for it now, or could but for what was asked lately.

    Whoever anything else keeps from it (their own wish, their company's, a hold) is not there.
    """
    found = {each.advocate: each for each in standings(kind) if each.blocked is None}
    told = told_of(found)
    everybody = {
        pk: Found(told[pk], each.refused is None) for pk, each in found.items() if pk in told
    }
    return Available(viewer, kind, everybody)


def told_of(advocates: Iterable[uuid.UUID]) -> dict[uuid.UUID, Description]:
    """What may be told of some advocates; of nobody while there are very few customers."""
    least = current(Browsing).described_companies
    return descriptions(_people_at_customers(), of=set(advocates), least=least)


def _people_at_customers() -> list[Person]:
    """Everybody whom a colleague could find in the CRM, in the program or not."""
    of_account = _tags(AccountTag.objects.values_list("account_id", "tag_id"))
    of_person = _tags(AdvocateTag.objects.values_list("advocate_id", "tag_id"))
    one_spelling: dict[str, str] = {}

    def spelt(text: str) -> str:
        return one_spelling.setdefault(folded(text), text) if text else ""

    rows = Advocate.objects.filter(account__lifecycle=Lifecycle.CUSTOMER, erased_at=None)
    columns = (
        *("pk", "account_id", "account__industry", "account__segment", "account__region"),
        *("seniority", "function", "language", "account__language"),
    )
    found = []
    for pk, company, industry, segment, region, seniority, function, own, theirs in rows.order_by(
        "pk"
    ).values_list(*columns):
        language = (own or theirs).split("-")[0].lower()
        said = (spelt(industry), segment, region, seniority, spelt(function), language)
        tags = of_account.get(company, _NONE) | of_person.get(pk, _NONE)
        found.append(Person(pk, company, said, tags))
    return found


_NONE: frozenset[uuid.UUID] = frozenset()


def _tags(links: Any) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    found: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for owner, tag in links.filter(tag__kind__in=_KINDS).order_by():
        found[owner].add(tag)
    return {owner: frozenset(tags) for owner, tags in found.items()}
