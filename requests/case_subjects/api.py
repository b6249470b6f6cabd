"""Proposed subjects of case studies over REST (AST-4.a)."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from requests.case_subjects.selectors import Subject, subjects
from requests.case_subjects.words import reasons


class CaseSubjectSerializer(serializers.Serializer):
    """Somebody who could tell a case study."""

    advocate = serializers.UUIDField(source="advocate.pk")
    name = serializers.CharField(source="advocate.name")
    account = serializers.UUIDField(source="advocate.account_id")
    account_name = serializers.CharField(source="advocate.account.name")
    score = serializers.IntegerField(help_text="0 to 100.")
    may_be_asked = serializers.BooleanField(help_text="Whether they can be asked for it now.")
    reasons = serializers.SerializerMethodField(help_text="What speaks for them, in words.")

    def get_reasons(self, subject: Subject) -> list[str]:
        return reasons(subject)


class CaseSubjectsSerializer(serializers.Serializer):
    """The best first, those who can be asked now before the others."""

    industries: Any = serializers.ListField(
        child=serializers.CharField(), help_text="Those of the ideal customer profile."
    )
    subjects = CaseSubjectSerializer(source="found", many=True)
    more = serializers.IntegerField(help_text="People beyond those.")
    have_one = serializers.IntegerField(
        help_text="People left out: their company has a case study, or is telling one."
    )
    unknown = serializers.IntegerField(
        help_text="People left out: neither a result nor how they tell it is known."
    )


class ShowsCaseSubjects:
    """What the requests' resource says of everybody who could tell a case study."""

    reads: ClassVar[dict[str, str]] = {"case_subjects": "assets.edit"}

    @extend_schema(
        description="Whom to ask for the next case study, the best first: industry aimed at,"
        " result, how well they tell it (AST-4).",
        responses=CaseSubjectsSerializer,
    )
    @action(
        detail=False,
        methods=["get"],
        url_path="case-subjects",
        pagination_class=None,
        filter_backends=[],
    )
    def case_subjects(self, request: HttpRequest) -> Response:
        """Propose them."""
        return Response(CaseSubjectsSerializer(subjects()).data)
