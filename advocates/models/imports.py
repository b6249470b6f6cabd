"""Imports from a CRM: what was read, what came of it, which rows did not get in (IMP-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership


class ImportRun(TenantModel):
    """One import of one or several files. ``files`` holds name, kind and counts of each."""

    started_at = models.DateTimeField(_("started"), default=clock.now, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True)
    started_by = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    files = models.JSONField(default=list)

    class Meta:
        ordering = ["-started_at", "-id"]

    def _sum(self, what: str) -> int:
        return sum(int(file[what]) for file in self.files)

    @property
    def created(self) -> int:
        """Records that are new."""
        return self._sum("created")

    @property
    def updated(self) -> int:
        """Records that changed."""
        return self._sum("updated")

    @property
    def unchanged(self) -> int:
        """Records that were the same already."""
        return self._sum("unchanged")

    @property
    def skipped(self) -> int:
        """Rows that did not get in."""
        return self._sum("skipped")


class ImportIssue(TenantModel):
    """What was wrong in one row of a file, where, and what would have been accepted (BAD-1)."""

    class Severity(models.TextChoices):
        """Whether the row got in nevertheless."""

        ERROR = "error", _("Not imported")
        WARNING = "warning", _("Imported, but look at it")

    run = TenantForeignKey(ImportRun, models.CASCADE, related_name="issues")
    file = models.CharField(_("file"), max_length=200)
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=200, blank=True, default="")
    problem = models.CharField(_("problem"), max_length=500)
    accepted = models.CharField(_("accepted"), max_length=500, blank=True, default="")
    severity = models.CharField(_("result"), max_length=7, choices=Severity)

    class Meta:
        ordering = ["file", "row", "column", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity__in=["error", "warning"]),
                name="import_issue_severity_known",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "run", "file", "row"], name="import_issue_by_row"),
        ]
