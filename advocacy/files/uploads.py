"""The browser's side of putting a file in, for the pages of an app: announce, send parts,
ask how far it is; or send a small one with a plain form.

    POST  …/files/               name, size, type            → 201 {"upload": …, "received": 0}
    GET   …/files/<id>/upload/                               → {"received": …, "state": …, …}
    POST  …/files/<id>/upload/   Upload-Offset: n, the bytes → the same
    POST  …/files/               file (multipart)            → back to the page
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from advocacy.files import services, storing
from advocacy.files.choices import Reason
from advocacy.files.models import StoredFile
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.scope import current_tenant_id

#: Announces a file: name, size, announced type.
Begin = Callable[[str, int, str], StoredFile]
OFFSET = "Upload-Offset"


def is_announcement(request: HttpRequest) -> bool:
    """Whether a script announces a file, instead of a form that brings one."""
    return request.headers.get("Accept", "") == "application/json"


def announced(request: HttpRequest, begin: Begin) -> StoredFile:
    """The file that a script announces."""
    said = request.POST
    size = said.get("size", "")
    if not (size.isascii() and size.isdecimal() and len(size) < 16):
        text = _("Say how many bytes the file has.")
        raise DomainError(text, fields={"size": text})
    return begin(said.get("name", "")[:500], int(size), said.get("type", "")[:100])


def brought(request: HttpRequest, begin: Begin) -> StoredFile:
    """The file that a plain form brings, all at once."""
    given = request.FILES.get("file")
    if given is None:
        text = _("Choose a file first.")
        raise DomainError(text, fields={"file": text})
    file = begin(given.name or "", given.size or 0, given.content_type or "")
    try:
        while piece := given.read(services.MOST_PART):
            file = services.add_part(file=file, offset=file.received, data=piece)
    except BaseException:
        # The row is undone with the request; nothing would find its bytes again.
        storing.remove(current_tenant_id(), file.pk)
        raise
    return file


def part_of(request: HttpRequest, file: StoredFile) -> JsonResponse:
    """Take a part; what begins like nothing that is taken is thrown away with its announcement."""
    try:
        offset, data = read_part(request)
        file = services.add_part(file=file, offset=offset, data=data)
    except DomainError as error:
        return refused(error, file)
    return JsonResponse(standing_of(file))


def read_part(request: HttpRequest) -> tuple[int, bytes]:
    """Offset and bytes of a request. Raises ``DomainError`` for what is cut off or too long."""
    said = request.headers.get(OFFSET, "")
    if not (said.isascii() and said.isdecimal() and len(said) < 16):
        raise DomainError(_("Say in Upload-Offset where the part begins."), code="wrong_offset")
    try:
        data = request.body
    except RequestDataTooBig:
        text = _("A part has up to %(most)s.") % {"most": services.in_words(services.MOST_PART)}
        raise DomainError(text, code="file_data") from None
    if len(data) != int(request.META.get("CONTENT_LENGTH") or len(data)):
        raise DomainError(_("The part was cut off; send it again."), code="cut_off")
    return int(said), data


def refused(error: DomainError, file: StoredFile | None = None) -> JsonResponse:
    """A refusal as the script shows it; how far the file is goes along."""
    said: dict[str, Any] = {"problem": error.message, "code": error.code}
    response_keeps = False
    if file is not None and error.code == "file_type":
        services.discard_file(file)
        response_keeps = True
    elif file is not None:
        said |= {"received": file.reload().received}
    response = JsonResponse(said, status=error.status)
    response.commit_on_error = response_keeps  # type: ignore[attr-defined]
    return response


def standing_of(file: StoredFile) -> dict[str, Any]:
    """How far a file is."""
    reason = str(Reason(file.reason).label) if file.reason else ""
    return {
        "received": file.received,
        "size": file.size,
        "state": file.state,
        "reason": reason,
        "words": reason or str(file.get_state_display()),
    }
