"""Candidates with their scores over REST; read only, the statement writes them (IDN-1)."""

import django_filters
from django.db.models import QuerySet

from advocacy.rest.filters import FilterSet
from advocacy.rest.resources import Resource
from advocacy.rest.serializers import RowSerializer
from advocates.models import AdvocateScore
from advocates.people.selectors import may_join
from advocates.scoring.statement import SCORE, STRENGTH


class CandidateSerializer(RowSerializer):
    """One candidate's score and strength in parts; null needs data (IDN-1.e, REL-1)."""

    class Meta:
        model = AdvocateScore
        fields = (
            "id",
            "advocate",
            "score",
            *SCORE,
            "incomplete",
            "strength",
            *STRENGTH,
            "asks_since",
            "last_check_in",
            "one_sided",
            "changed_at",
        )
        read_only_fields = fields


class CandidateFilter(FilterSet):
    """By score, and by whose it is."""

    score_from = django_filters.NumberFilter(field_name="score", lookup_expr="gte")
    advocate = django_filters.UUIDFilter(field_name="advocate_id")

    class Meta:
        model = AdvocateScore
        fields = ("incomplete", "one_sided")


class CandidateResource(Resource):
    """Who may still join and is not put aside, with the score in parts (IDN-1)."""

    resource = "candidates"
    permissions = {"list": "advocates.view", "retrieve": "advocates.view"}
    serializer_class = CandidateSerializer
    filterset_class = CandidateFilter
    ordering_fields = ("score", "id")
    ordering = "-score"

    def get_queryset(self) -> QuerySet[AdvocateScore]:
        return AdvocateScore.objects.filter(advocate__in=may_join().order_by().values("pk"))
