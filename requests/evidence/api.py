"""Evidence over REST: ``GET /evidence/``, and the body of *This answers it* (EVD-1.c, REQ-4)."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from activities.assets.models import Asset
from activities.evidence.forms import KINDS
from activities.evidence.hits import Hit
from activities.evidence.languages import base_of
from activities.evidence.presentation import freshness_of
from activities.evidence.selectors import LONGEST, MOST, Wanted, find_evidence
from advocacy.rest.plain import PlainView
from advocacy.rest.serializers import Body
from advocacy.tenancy.models import Membership
from requests.evidence.fitting import best_answers, best_assets, need_of_deal
from requests.models import Opportunity


class AnsweredBody(Body):
    """Which piece of the library answers it."""

    asset = serializers.PrimaryKeyRelatedField(queryset=Asset.objects.all())


class EvidenceQuery(Body):
    """A question, or a deal; both: answers to the question, those of the deal's industry first;
    neither: no answers.
    """

    q = serializers.CharField(
        required=False, default="", max_length=LONGEST, help_text="A question in plain words."
    )
    kind = serializers.ChoiceField(choices=KINDS, required=False, default="")
    industry = serializers.CharField(required=False, default="", max_length=100)
    language = serializers.CharField(
        required=False, default="", max_length=8, help_text="en, de, id, ms or pt."
    )
    shareable = serializers.BooleanField(
        required=False, default=False, help_text="Only what may be shared; sales gets no other."
    )
    opportunity = serializers.UUIDField(
        required=False, default=None, help_text="Without a question: the best for this deal."
    )

    def validate_language(self, code: str) -> str:
        """One of the five."""
        if code and not base_of(code):
            raise serializers.ValidationError("One of en, de, id, ms, pt.")
        return base_of(code)


class EvidenceSerializer(serializers.Serializer):
    """One answer. Whose an outcome is, is null to who may not open advocates (VIS-1)."""

    kind = serializers.CharField(help_text="A kind of content, or outcome.")
    asset = serializers.UUIDField(allow_null=True)
    advocate = serializers.UUIDField(allow_null=True)
    title = serializers.CharField()
    passage = serializers.CharField(help_text="The sentences that answer, word for word.")
    found = serializers.ListField(
        child=serializers.CharField(), help_text="The words of the passage that were looked for."
    )
    language = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    is_shareable = serializers.BooleanField()
    consent = serializers.CharField(help_text="Why it may not be shared, where it may not.")
    is_fresh = serializers.BooleanField()
    freshness = serializers.CharField()
    score = serializers.FloatField(help_text="1 for the best answer.")
    why = serializers.ListField(
        child=serializers.CharField(), help_text="Why it fits the deal, where one was named."
    )


class AnswersSerializer(serializers.Serializer):
    """The best answers, the best first."""

    ranking = serializers.CharField(help_text="words: which ranking is at work.")
    results = EvidenceSerializer(many=True)


class EvidenceView(PlainView):
    """Read alone."""

    resource = "assets"
    operations = "evidence"
    permissions: ClassVar[dict[str, str]] = {"retrieve": "assets.view"}

    @extend_schema(
        operation_id="evidence",
        description="Passages of content and results that answer a question, under the rights of"
        " who asks (EVD-1, VIS-1).",
        parameters=[EvidenceQuery],
        responses=AnswersSerializer,
    )
    def retrieve(self, request: HttpRequest) -> Response:
        """Twenty at most."""
        query = EvidenceQuery(data={n: v for n, v in request.query_params.items() if v})
        query.is_valid(raise_exception=True)
        asked = dict(query.validated_data)
        member = self.membership
        deal = _deal(member, asked.pop("opportunity"))
        question, rest = asked.pop("q"), asked
        if deal is not None:
            need = need_of_deal(member, deal)
            rest["near"] = need.industry
            if not question:
                hits = best_answers(member, need)
                fits = best_assets(member, need, most=MOST, hits=hits)
                hits = [hit for hit in hits if hit.outcome is not None]
                rows = [(fit.hit, fit.why) for fit in fits if fit.hit]
                rows += [(hit, []) for hit in hits]
                return _answer(member, [row for row in rows if _is_wanted(row[0], rest)])
        hits = find_evidence(member, Wanted(question, **rest))
        return _answer(member, [(hit, []) for hit in hits])


def _deal(member: Membership, key: UUID | None) -> Opportunity | None:
    if key is None:
        return None
    rows = Opportunity.objects.select_related("account").filter(pk=key)
    deal = rows.first() if member.can("opportunities.view") else None
    if deal is None:
        raise Http404
    return deal


def _is_wanted(hit: Hit, by: dict[str, Any]) -> bool:
    account = (hit.asset or hit.outcome).advocate.account  # type: ignore[union-attr]
    return (
        by["kind"] in ("", hit.kind)
        and by["language"] in ("", hit.passage.language)
        and by["industry"].casefold() in ("", account.industry.casefold())
    )


def _answer(member: Membership, rows: list[tuple[Hit, list[str]]]) -> Response:
    inside = member.can("advocates.view")
    shown = [{**_shown(hit, inside), "why": why} for hit, why in rows[:MOST]]
    return Response(AnswersSerializer({"ranking": "words", "results": shown}).data)


def _shown(hit: Hit, inside: bool) -> dict[str, Any]:
    source: Any = hit.asset or hit.outcome
    return {
        "kind": hit.kind,
        "asset": hit.asset.pk if hit.asset else None,
        "advocate": source.advocate_id if inside else None,
        "title": hit.title,
        "passage": hit.passage.text,
        "found": [text for text, is_mark in hit.pieces if is_mark],
        "language": hit.passage.language,
        "source": hit.source,
        "is_shareable": hit.is_shareable,
        "consent": hit.consent,
        "is_fresh": hit.is_fresh,
        "freshness": freshness_of(hit),
        "score": hit.score,
    }


def urlpatterns() -> list[URLPattern]:
    """The address."""
    return [path("evidence/", EvidenceView.as_view({"get": "retrieve"}), name="evidence")]
