"""The table of terms (API-1, UI-3)."""

from django.db import models

from advocacy.tenancy.base import CurrentTenant, TenantModel


class SearchTerm(TenantModel):
    """A folded word by which one row is found; written by triggers (decision 0020).

    Compared byte by byte (collation C), so that a word's beginning is a range: text comparisons are
    leakproof, and stay an index condition under row-level security, which LIKE does not.
    """

    #: Without a key of its own: a trigger copies it from the row that the term is of.
    tenant = models.ForeignKey(
        "tenancy.Tenant",
        models.PROTECT,
        db_default=CurrentTenant(),
        editable=False,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    term = models.TextField(db_collation="C")
    #: Whether a word begins here, else it is the rest of one: "soft" of "Microsoft".
    is_start = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "object_id", "kind", "term", "is_start"],
                name="search_term_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "kind", "term"],
                include=["object_id", "is_start"],
                name="search_by_term",
            ),
        ]
