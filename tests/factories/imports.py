"""Factories of the import's tables."""

import factory

from advocacy import clock
from imports import models
from imports.models import Line
from tests.factories.base import TenantFactory


class ImportRunFactory(TenantFactory):
    """A finished import."""

    class Meta:
        model = models.ImportRun

    state = "done"
    phase = "import"
    source = "salesforce"
    finished_at = factory.LazyFunction(clock.now)


class ImportFileFactory(TenantFactory):
    """A file of accounts of which one row got in and one did not."""

    class Meta:
        model = models.ImportFile

    run = factory.SubFactory(ImportRunFactory)
    place = 1
    name = "Accounts.csv"
    kind = "accounts"
    headings = ("Id", "Name", "NumberOfEmployees", "Fax")
    columns = ("external_id", "name", "employees", "")
    rows = 2
    chunk_count = 1
    position = 1
    rows_done = 2
    created = 1
    skipped = 1


class ImportPieceFactory(TenantFactory):
    """The bytes of a file that nobody has read yet."""

    class Meta:
        model = models.ImportPiece

    file = factory.SubFactory(ImportFileFactory)
    number = 0
    data = b"Id,Name\nA-1,Quantum\n"


class ImportChunkFactory(TenantFactory):
    """The row that did not get in."""

    class Meta:
        model = models.ImportChunk

    file = factory.SubFactory(ImportFileFactory)
    number = 0
    data = models.ImportChunk.pack([Line(3, ["A-2", "Quantum", "many", "+49 30 1"])])


class ImportIssueFactory(TenantFactory):
    """A row that did not get in."""

    class Meta:
        model = models.ImportIssue

    file = factory.SubFactory(ImportFileFactory)
    row = 3
    column = "NumberOfEmployees"
    problem = "“many” is no number."
    accepted = "A whole number such as 250"
    severity = "error"


class ImportMappingFactory(TenantFactory):
    """Columns as somebody said they are."""

    class Meta:
        model = models.ImportMapping

    kind = "accounts"
    headings = factory.Sequence(lambda n: f"{n:064x}")
    columns = factory.LazyFunction(lambda: {"external_id": "id", "name": "name"})
