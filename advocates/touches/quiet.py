"""Who is left in peace: nobody is reminded of somebody who said not to be contacted (MSG-3)."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from advocates.accounts.choices import Lifecycle
from advocates.models import Advocate, Blackout, Preference
from advocates.people.choices import AdvocateStatus, Readiness


def not_in_peace(rows: QuerySet[Advocate, Any], today: date) -> QuerySet[Advocate, Any]:
    """Of some people the active ones at customers who may be contacted today.

    Who asked for quiet until a day, who is away, who rests and who is never to be asked is not.
    """
    quiet = Preference.objects.filter(advocate=OuterRef("pk"), snoozed_until__gt=today)
    away = Blackout.objects.filter(
        advocate=OuterRef("pk"), starts_on__lte=today, ends_on__gte=today
    )
    return rows.filter(
        ~Exists(quiet),
        ~Exists(away),
        status=AdvocateStatus.ACTIVE,
        account__lifecycle=Lifecycle.CUSTOMER,
    ).exclude(readiness=Readiness.NOT_A_FIT)
