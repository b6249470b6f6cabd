"""The person whom a row is about: by the id in the CRM, else by e-mail (IMP-2)."""

from collections import defaultdict
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocates.external_ids import all_forms, by_wanted_id
from advocates.models import Advocate, AdvocateIdentifier
from imports import values
from imports.registry import Batch, Column, Outcome, Row

COLUMNS = (
    Column(
        "advocate",
        gettext_lazy("Id of the person"),
        ("Contact:External_Id__c", "ContactId", "Contact ID", "Advocate ID", "Person ID",
         "Record ID - Contact"),
        values.code,
        gettext_lazy("The id of a person who was imported before."),
    ),
    Column(
        "email",
        gettext_lazy("E-mail of the person"),
        ("Email", "E-mail", "Email Address", "Advocate e-mail"),
        accepted=gettext_lazy("The address of exactly one person, where there is no id."),
    ),
)  # fmt: skip


def finder(batch: Batch) -> Callable[[Row, Outcome], Advocate | None]:
    """Finds the person of each row of a batch, with two statements; None refuses the row."""
    ids = [row.values["advocate"] for row in batch.rows if "advocate" in row.values]
    rows = AdvocateIdentifier.objects.prefetch_related("advocate__account").filter(
        source=batch.source, external_id__in=all_forms(ids)
    )
    by_id = {wanted: found.advocate for wanted, found in by_wanted_id(ids, rows).items()}
    emails = {row.values["email"].lower() for row in batch.rows if "email" in row.values}
    by_email: dict[str, list[Advocate]] = defaultdict(list)
    for person in Advocate.objects.select_related("account").filter(email__in=emails):
        by_email[person.email].append(person)

    def find(row: Row, outcome: Outcome) -> Advocate | None:
        if external_id := row.values.get("advocate"):
            if external_id in by_id:
                return by_id[external_id]
            outcome.refuse(
                row,
                "advocate",
                _("There is no person with the id %(id)s.") % {"id": external_id},
                _("The id of a person who was imported before; import the people first."),
            )
            return None
        email = row.values.get("email", "").lower()
        people = by_email.get(email, [])
        if len(people) == 1:
            return people[0]
        problem = (
            _("%(count)d people have the address %(email)s.")
            % {"count": len(people), "email": email}
            if email
            else _("This is empty.")
        )
        outcome.refuse(
            row,
            "email" if email else "advocate",
            problem,
            _("The id of a person, or an address that exactly one has."),
        )
        return None

    return find
