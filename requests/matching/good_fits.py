"""For whom a change of weights or of the line of a good fit changes something (SET-1.m, MAT-1)."""

import uuid
from collections import Counter

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenant_settings.reading import current
from advocates.models import ActivityType, Advocate
from advocates.people.choices import ENROLLED
from requests.matching.facts import Question
from requests.matching.settings import Matching
from requests.matching.statement import judged_sql
from requests.models import Request
from requests.requests.lifecycle import REQUEST_ASKABLE

#: So many open requests are looked at, those needed soonest: each is a look at everybody.
MOST = 5


def standing_of_fits(kind: ActivityType | None = None) -> dict[uuid.UUID, str]:
    """For how many of the open requests that are needed soonest each enrolled person is a good
    fit; of one type, or of all. Nobody where there is no open request.
    """
    requests = Request.objects.filter(state__in=sorted(REQUEST_ASKABLE)).select_related(
        "activity_type", "opportunity__account", "tenant"
    )
    if kind is not None:
        requests = requests.filter(activity_type=kind)
    found: Counter[uuid.UUID] = Counter()
    looked_at = list(requests.order_by("needed_by", "id")[:MOST])
    for request in looked_at:
        found.update(_good_for(request))
    if not looked_at:
        return {}
    people = Advocate.objects.filter(status__in=[str(status) for status in ENROLLED])
    words = {0: _("no good fit for any open request")}
    for number in set(found.values()):
        words[number] = ngettext(
            "a good fit for %(n)d open request", "a good fit for %(n)d open requests", number
        ) % {"n": number}
    return {who: words[found[who]] for who in people.values_list("pk", flat=True)}


def _good_for(request: Request) -> list[uuid.UUID]:
    question = Question.about(request)
    judged = judged_sql(question.criteria, good=True)
    parameters = question.parameters(fit=current(Matching).good_fit, **question.names())
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {judged} SELECT id FROM judged", parameters)  # noqa: S608
        return [row[0] for row in cursor.fetchall()]
