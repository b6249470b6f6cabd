"""Passages: a few sentences each of what customers said and reached, and the terms that find them
(EVD-1). Both are made of other rows and made anew when these change.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.base import TenantForeignKey, TenantModel


class SourceKind(models.TextChoices):
    """What a passage is of."""

    ASSET = "asset", _("Content")
    OUTCOME = "outcome", _("Result")


class Passage(TenantModel):
    """Some sentences of an asset or an outcome. A trigger deletes it when the words it was made of
    change or go, whoever changes them; no foreign key, as there are two kinds of sources.
    """

    kind = models.CharField(max_length=7, choices=SourceKind)
    object_id = models.UUIDField()
    #: The column of the asset; blank for its text, and for outcomes.
    part = models.CharField(max_length=20, blank=True, default="")
    position = models.PositiveIntegerField()
    #: Base code of one of the five languages, by which its words were cut to stems.
    language = models.CharField(max_length=2)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "object_id", "position"], name="passage_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=SourceKind.values), name="passage_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PassageTerm(TenantModel):
    """A stem by which a passage is found, and its weight there. Compared with ``=`` alone, which
    stays an index condition under row-level security.
    """

    passage = TenantForeignKey(Passage, models.CASCADE, related_name="terms", db_index=False)
    term = models.TextField(db_collation="C")
    weight = models.FloatField()

    class Meta:
        constraints = [
            # The term first, so that no other index is taken for a search.
            models.UniqueConstraint(
                fields=["tenant", "term", "passage"],
                include=["weight"],
                name="passage_term_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "passage"], name="passage_term_of")]
