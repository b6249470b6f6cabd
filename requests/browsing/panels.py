"""Whom a request asks to be introduced to, on its page (BRW-1.b, VIS-1)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web.urls import quiet_reverse, tenant_reverse
from requests.access import may_ask
from requests.browsing.introducing import asked_for
from requests.matching.ranking import assess
from requests.models import Ask, Request
from requests.requests.lifecycle import REQUEST_ASKABLE


def introduction_context(
    http: HttpRequest, viewer: Membership, request: Request, asks: Sequence[Ask]
) -> dict[str, Any]:
    """To who may open advocates the person, until they were asked; to all others what was read."""
    found = asked_for(viewer, request)
    if found is None:
        return {}
    person = found.advocate
    if person is None:
        return {"introduction_words": found.described}
    if any(ask.advocate_id == person.pk for ask in asks):
        return {}
    askable, matches = request.state in REQUEST_ASKABLE, viewer.can("requests.match")
    judged = assess(request, [person.pk]).get(person.pk) if askable and matches else None
    may_draft = judged and judged.can_be_asked and may_ask(viewer, person)
    draft = tenant_reverse(http, "requests:draft", request.pk)
    return {
        "introduction": {
            "name": person.name,
            "role": " · ".join(filter(None, (person.job_title, person.account.name))),
            "described": found.described,
            "words": _in_the_way(judged) if judged else "",
            "match_url": tenant_reverse(http, "requests:match", request.pk, person.pk)
            if matches
            else "",
            # While it waits for approval nobody can be asked (REQ-3.b).
            "draft_url": f"{draft}?advocate={person.pk}"
            if may_draft and request.approval_since is None
            else "",
            "person_url": quiet_reverse(http, "advocates:detail", person.pk),
        }
    }


def _in_the_way(judged: Any) -> str:
    """Whether they can be asked, and what is to be said of it."""
    if judged.blocks:
        why = " ".join(reason.text for reason in judged.blocks)
        return _("Cannot be asked now: %(why)s") % {"why": why}
    return _("Can be asked; fits with %(score)d points.") % {"score": judged.score}
