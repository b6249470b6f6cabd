"""Reading which files a record has; who may see them is asked by its app."""

import uuid
from collections.abc import Collection

from django.db.models import QuerySet

from advocacy.files.choices import FileState
from advocacy.files.models import StoredFile


def files_of(subject_type: str, subject_id: uuid.UUID) -> QuerySet[StoredFile]:
    """The files of a record, the oldest first, those that were refused lately among them."""
    rows = StoredFile.objects.filter(subject_type=subject_type, subject_id=subject_id)
    return rows.select_related("added_by__user").order_by("created_at", "pk")


def ready_file(subject_id: uuid.UUID, sha256: str) -> StoredFile | None:
    """The file of a record with a fingerprint, if it can be had."""
    if not sha256:
        return None
    rows = StoredFile.objects.filter(subject_id=subject_id, sha256=sha256, state=FileState.READY)
    return rows.order_by("created_at").first()


def ready_ones(pairs: Collection[tuple[uuid.UUID, str]]) -> dict[uuid.UUID, StoredFile]:
    """The same for several records in one statement: record → file."""
    wanted = {(pk, sha) for pk, sha in pairs if sha}
    rows = StoredFile.objects.filter(
        subject_id__in={pk for pk, _sha in wanted}, state=FileState.READY
    )
    return {row.subject_id: row for row in rows if (row.subject_id, row.sha256) in wanted}


def is_checking(subject_id: uuid.UUID) -> bool:
    """Whether something that was sent whole is not known yet."""
    rows = StoredFile.objects.filter(subject_id=subject_id, state=FileState.CHECKING)
    return rows.exists()
