"""Reading material, and who has read what (ENB-1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocates.enablement.models import Audience, Material, MaterialReading, MaterialVersion

#: Which teams each text is for.
TEAMS = {Audience.CSM: (Role.CSM,), Audience.SALES: (Role.SALES,)}


def listed_materials(membership: Membership) -> QuerySet[Material]:
    """Every text, with the newest version this member has read and when."""
    read = MaterialReading.objects.filter(material=OuterRef("pk"), member=membership)
    newest = read.order_by("-version")
    return Material.objects.annotate(
        read_version=Subquery(newest.values("version")[:1]),
        read_at=Subquery(newest.values("at")[:1]),
    )


def offered(membership: Membership, audience: str) -> QuerySet[Material]:
    """What is offered where something is about to be done."""
    return listed_materials(membership).filter(audience=audience)


def unread_count(membership: Membership, audience: str) -> int:
    """How many of those this member has not read in the version of now."""
    done = MaterialReading.objects.filter(
        material=OuterRef("pk"), member=membership, version=OuterRef("version")
    )
    return Material.objects.filter(~Exists(done), audience=audience).count()


@dataclass(frozen=True, slots=True)
class Reader:
    """A colleague and what they have read: a text's key → version and when."""

    member: Membership
    read: dict[UUID, tuple[int, datetime]]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Team:
    """A role's colleagues and the texts meant for them."""

    role: str
    label: str
    materials: list[Material]
    readers: list[Reader]

    @property
    def done(self) -> int:
        """How many have read all of it as it is now."""
        return sum(reader.done == reader.total for reader in self.readers)


def teams() -> list[Team]:
    """Who has completed what, by team (ENB-1)."""
    materials = list(Material.objects.all())
    newest = (
        MaterialReading.objects.order_by()
        .values("member_id", "material_id")
        .annotate(newest=Max("version"), last=Max("at"))
        .values_list("member_id", "material_id", "newest", "last")
    )
    read: dict[UUID, dict[UUID, tuple[int, datetime]]] = {}
    for member, material, version, at in newest:
        read.setdefault(member, {})[material] = (version, at)
    found = []
    for audience, roles in TEAMS.items():
        texts = [each for each in materials if each.audience == audience]
        people = Membership.objects.filter(role__in=roles, is_active=True).select_related("user")
        readers = [
            _reader(member, texts, read.get(member.pk, {}))
            for member in people.order_by("user__name", "id")
        ]
        found.append(Team(str(roles[0]), str(Role(roles[0]).label), texts, readers))
    return found


def _reader(
    member: Membership, texts: list[Material], read: dict[UUID, tuple[int, datetime]]
) -> Reader:
    done = sum(read.get(text.pk, (0, None))[0] == text.version for text in texts)
    return Reader(member, read, done, len(texts))


def versions_of(material: Material) -> QuerySet[MaterialVersion]:
    """Earlier versions, the newest first."""
    return (
        MaterialVersion.objects.filter(material=material)
        .exclude(number=material.version)
        .select_related("written_by__user")
    )
