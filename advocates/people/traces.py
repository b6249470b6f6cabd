"""What a person is known by in texts, as far as it is nobody else's (GDPR-1)."""

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from advocacy.records.held import Traces
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import Membership
from advocates.models import Advocate, AdvocateIdentifier
from advocates.people.selectors import full_name

#: Fewer digits are an extension, which is in many a number.
_DIGITS = 6


def traces_of(advocate: Advocate) -> Traces:
    """A name, number or address that another person or a colleague has as well is left out: a text
    that holds it may be about them.
    """
    others = Advocate.objects.exclude(pk=advocate.pk)
    words: list[str] = []
    address = advocate.email
    if address and not others.filter(email__iexact=address).exists() and not _works_here(address):
        words.append(address)
    else:
        address = ""
    digits = sum(letter.isdigit() for letter in advocate.phone)
    if digits >= _DIGITS and not others.filter(phone=advocate.phone).exists():
        words.append(advocate.phone)
    name: tuple[str, ...] = ()
    first, last = advocate.first_name, advocate.last_name
    if first and last and advocate.erased_at is None and not _is_shared(advocate.name, others):
        name = (first, last)
        words += [f"{first} {last}", f"{last}, {first}", f"{last} {first}"]
    codes = AdvocateIdentifier.objects.filter(advocate=advocate).order_by("pk")
    return Traces(tuple(words), address, name, tuple(codes.values_list("source", "external_id")))


def _works_here(address: str) -> bool:
    return Membership.objects.filter(user__email__iexact=address).exists()


def _is_shared(name: str, others: QuerySet[Advocate]) -> bool:
    people = others.annotate(
        full=full_name(),
        back=Concat("last_name", Value(" "), "first_name", output_field=TextField()),
    )
    return (
        people.filter(Q(full__icontains=name) | Q(back__icontains=name)).exists()
        or Membership.objects.filter(user__name__icontains=name).exists()
    )


def require_not_erased(advocate: Advocate) -> None:
    """Raise ``Conflict`` for somebody who was erased: nothing is recorded about them any more."""
    if Advocate.objects.filter(pk=advocate.pk, erased_at__isnull=False).exists():
        raise Conflict(
            _("This person was erased. Nothing can be recorded about them any more."),
            code="erased",
        )
