"""Content over REST (AST-1, AST-2): ``assets/`` and ``asset-versions/``."""

from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, F, JSONField, OuterRef, QuerySet, Value
from rest_framework import serializers

from activities.activities.models import Activity
from activities.assets import uses
from activities.assets.choices import SECTIONS
from activities.assets.duties import duty_lines
from activities.assets.models import Asset, AssetVersion
from activities.assets.selectors import in_library, listed_assets, sees_workshop
from activities.assets.services import LONGEST_QUESTION, MOST_QUESTIONS
from activities.assets.standing import (
    tell_standing,
    unpublished,
)
from activities.assets.times import fresh_since, unused_since
from activities.duties.selectors import DutyLine
from activities.duties.showing import ShowsDuties
from advocacy.rest.filters import BooleanFilter, FilterSet
from advocacy.rest.manifests import OfManifest
from advocacy.rest.resources import command
from advocacy.rest.serializers import Body, MemberField, RowSerializer
from advocacy.tenancy.models import Membership
from advocates.accounts.choices import TagKind
from advocates.models import AccountTag, Advocate
from advocates.people.drafted import LONGEST_MESSAGE, LONGEST_SUBJECT

_WRITTEN = ("title", "body", *SECTIONS, "attribution", "url", "language", "topic", "owner")
_BEGUN = ("kind", "advocate", "activity", "origin", "questions")


class AssetSerializer(RowSerializer):
    """A piece of content. Whose it is, and what was said in the workshop, is read by who may open
    advocates; for the others these fields are null or empty (VIS-1).
    """

    advocate = serializers.PrimaryKeyRelatedField(
        queryset=Advocate.objects.select_related("account"), allow_null=True
    )
    activity = serializers.PrimaryKeyRelatedField(
        queryset=Activity.objects.select_related("activity_type", "advocate__account"),
        required=False,
        allow_null=True,
    )
    origin: Any = serializers.PrimaryKeyRelatedField(
        queryset=Asset.objects.select_related("origin"), required=False, allow_null=True
    )
    owner = MemberField(required=False, allow_null=True)
    use_count = serializers.IntegerField(
        read_only=True, help_text="How often it was used, in deals and elsewhere."
    )

    INSIDE: ClassVar[Mapping[str, Any]] = {
        **dict.fromkeys(
            ("advocate", "activity", "origin", "owner", "due_at", "collected_at"), None
        ),
        **dict.fromkeys(("remark", "confirmed_how", "reason"), ""),
        **{key: [] for key in ("questions", "answers")},
    }

    class Meta:
        model = Asset
        fields = (
            *("id", "kind", "advocate", "activity", "origin", "state", "number"),
            *_WRITTEN,
            *("misses", "is_good", "questions", "answers", "remark"),
            *("confirmed_at", "confirmed_number", "confirmed_how"),
            *("approved_at", "approved_number"),
            *("published_at", "published_number", "published_url", "held_since"),
            *("in_gallery", "collected_at", "file_sha256"),
            *("reason", "due_at", "use_count", "created_at", "updated_at"),
        )
        read_only_fields = tuple(name for name in fields if name not in (*_WRITTEN, *_BEGUN))

    def to_representation(self, instance: Asset) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if not sees_workshop(self.context["view"].membership):
            shown |= self.INSIDE
        return shown

    @classmethod
    def json_expressions(cls, viewer: Membership, /) -> dict[str, Any]:
        used = {"use_count": F("use_count")}
        if sees_workshop(viewer):
            return used
        return used | {
            name: Value(value, JSONField()) if isinstance(value, list) else Value(value)
            for name, value in cls.INSIDE.items()
        }


class AssetRestFilter(FilterSet):
    """What the library is searched by (AST-2.a)."""

    industry = django_filters.CharFilter(field_name="advocate__account__industry")
    segment = django_filters.CharFilter(field_name="advocate__account__segment")
    product = django_filters.CharFilter(method="by_tag")
    use_case = django_filters.CharFilter(method="by_tag")
    in_library = BooleanFilter(method="by_library")
    is_fresh = BooleanFilter(method="by_freshness")
    is_unused = BooleanFilter(
        method="by_use", help_text="In the library, and not used lately or never."
    )
    origin = django_filters.UUIDFilter(method="by_origin", help_text="Pieces made of this one.")
    is_unpublished = BooleanFilter(method="by_unpublished")
    advocate = django_filters.UUIDFilter(method="by_advocate")

    class Meta:
        model = Asset
        fields = ("kind", "state", "language", "is_good", "in_gallery")

    def by_tag(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Of companies that have this product or use case, by its name."""
        having = AccountTag.objects.filter(
            account=OuterRef("advocate__account"),
            tag__kind=TagKind.PRODUCT if name == "product" else TagKind.USE_CASE,
            tag__name=value,
        )
        return rows.filter(Exists(having))

    def by_library(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Published and covered, or not."""
        return rows.filter(in_library()) if value else rows.exclude(in_library())

    def by_freshness(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Approved by the advocate lately, or longer ago (AST-2.d)."""
        fresh = {"confirmed_at__gte": fresh_since()}
        return rows.filter(**fresh) if value else rows.filter(confirmed_at__lt=fresh_since())

    def by_use(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Nobody used it for as long as the tenant says, or somebody did (AST-2.c)."""
        used = uses.used_since(unused_since())
        return rows.filter(in_library()).exclude(used) if value else rows.filter(used)

    def by_origin(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Made of a piece that the reader may see (AST-2.e)."""
        known = listed_assets(self.request.membership).filter(pk=value)
        return rows.filter(origin__in=known.values("pk"))

    def by_unpublished(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Collected long ago and not published yet, or not (AST-3.a)."""
        return rows.filter(unpublished()) if value else rows.exclude(unpublished())

    def by_advocate(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """One person's, for who may open advocates (VIS-1)."""
        inside = sees_workshop(self.request.membership)
        return rows.filter(advocate=value) if inside else rows.none()


class TellStandingBody(Body):
    """What is written to who gave the words."""

    subject = serializers.CharField(max_length=LONGEST_SUBJECT)
    message = serializers.CharField(max_length=LONGEST_MESSAGE)


class AssetApi(ShowsDuties, OfManifest):
    """The viewset; ``search`` looks into all its words."""

    filterset_class = AssetRestFilter
    search_fields = ("title", "topic", "body", "attribution", *SECTIONS)
    permissions: ClassVar[dict[str, str]] = {
        "tell_standing": "assets.edit",
        "duties": "assets.view",
    }

    def duty_lines(self, row: Asset) -> list[DutyLine]:
        """To who may open advocates; the library says nothing of the workshop (VIS-1)."""
        return duty_lines(row) if sees_workshop(self.membership) else []

    @command(TellStandingBody)
    def tell_standing(self, row: Asset, **values: Any) -> None:
        """Write to who gave the words where a piece stands that is not published yet."""
        tell_standing(actor=self.actor, asset=row, **values)


class AskForWordsBody(Body):
    """What the advocate is asked, one by one; none: to change the draft or write their own."""

    questions = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_QUESTION),
        max_length=MOST_QUESTIONS,
        required=False,
        default=list,
    )


class AssetVersionSerializer(RowSerializer):
    """The words of a piece as they once were."""

    class Meta:
        model = AssetVersion
        fields = (
            *("id", "asset", "number", "title", "body", *SECTIONS, "attribution", "url"),
            *("file_sha256", "digest", "by_advocate", "written_by", "written_at"),
        )
        read_only_fields = fields
