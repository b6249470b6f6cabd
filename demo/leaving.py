"""Somebody asks to be erased, on their own page (PRT-1.d)."""

from datetime import timedelta

from django.db.models import Count

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocates.erasure_requests.services import request_erasure
from advocates.models import Advocate, ErasureRequest
from advocates.people.choices import AdvocateStatus
from demo.timeline import at


def ask_to_leave() -> ErasureRequest | None:
    """Who gave least, three days ago; it waits to be decided."""
    people = Advocate.objects.filter(status=AdvocateStatus.ACTIVE).exclude(email="")
    rows = people.annotate(n=Count("activities")).select_related("account", "tenant")
    person = rows.order_by("n", "last_name", "pk").first()
    if person is None:
        return None
    with at(clock.now() - timedelta(days=3)):
        words = "I changed jobs and have nothing to do with it any more. Thank you for everything."
        return request_erasure(actor=Actor.advocate(person.pk), advocate=person, words=words)
