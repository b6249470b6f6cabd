"""Every refusal as RFC 9457 problem details (API-1, BAD-1).

{"type": "urn:advocacy:problem:invalid", "title": "Unprocessable Content", "status": 422,
 "detail": "…a sentence…", "code": "invalid", "errors": {"name": ["…"]}}
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    ObjectDoesNotExist,
    PermissionDenied,
    SuspiciousOperation,
)
from django.core.exceptions import ValidationError as ModelError
from django.db import DataError, IntegrityError
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from advocacy.tenancy.errors import DomainError, gone
from advocacy.web.integrity import translate, unkeepable

CONTENT_TYPE = "application/problem+json"
#: Where errors stand that are about no one field.
WHOLE = "body"
Errors = dict[str, list[str]]


def problem(
    status_code: int, detail: str, *, code: str, errors: Errors | None = None
) -> dict[str, Any]:
    """The body of a refusal.

    Names and values a client sent come back in it, and half a surrogate pair has no UTF-8.
    """
    found: dict[str, Any] = {
        "type": f"urn:advocacy:problem:{code}",
        "title": HTTPStatus(status_code).phrase,
        "status": status_code,
        "detail": _encodable(detail),
        "code": code,
    }
    if errors:
        found["errors"] = {
            _encodable(name): [_encodable(text) for text in texts] for name, texts in errors.items()
        }
    return found


def _encodable(text: str) -> str:
    return text.encode(errors="backslashreplace").decode()


def problem_response(
    status_code: int,
    detail: str,
    *,
    code: str,
    errors: Errors | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A refusal from outside DRF."""
    return JsonResponse(
        problem(status_code, detail, code=code, errors=errors),
        status=status_code,
        content_type=CONTENT_TYPE,
        headers=dict(headers or {}),
    )


def plain_problem(response: HttpResponse) -> HttpResponse:
    """A page of Django's own (no such address, broken) as a problem; the page would be HTML."""
    details = {
        400: ("malformed", _("The request could not be read.")),
        404: ("not_found", _("There is nothing here. See /api/v1/docs/ for what there is.")),
        405: ("method_not_allowed", _("This address does not take this method.")),
        413: ("too_large", _("The request is too large.")),
    }
    code, detail = details.get(
        response.status_code, ("failed", _("Something broke here. Nothing was changed."))
    )
    return problem_response(response.status_code, detail, code=code)


def handle(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None for what is a fault of ours: it becomes a 500 and is logged."""
    found = _read(exc, reading=context["request"].method in ("GET", "HEAD", "OPTIONS"))
    if found is None:
        return None
    status_code, code, detail, errors = found
    headers = {}
    if isinstance(exc, exceptions.APIException):
        if auth := getattr(exc, "auth_header", None):
            headers["WWW-Authenticate"] = auth
        if wait := getattr(exc, "wait", None):
            headers["Retry-After"] = str(int(wait))
    return Response(
        problem(status_code, detail, code=code, errors=errors),
        status=status_code,
        headers=headers,
        content_type=CONTENT_TYPE,
    )


def _read(exc: Exception, *, reading: bool) -> tuple[int, str, str, Errors | None] | None:
    if isinstance(exc, DomainError):
        errors = {name: [text] for name, text in exc.fields.items()}
        return exc.status, exc.code, exc.message, errors
    if isinstance(exc, IntegrityError):
        words = translate(exc)
        if words is None:
            return None
        unique = any(error.code == "unique" for error in _all_errors(words))
        status_code = status.HTTP_409_CONFLICT if unique else 422
        return (
            status_code,
            "taken" if unique else "invalid",
            " ".join(words.messages),
            _named(words),
        )
    if isinstance(exc, DataError):
        return (400 if reading else 422), "invalid", unkeepable(), None
    if isinstance(exc, exceptions.ValidationError):
        errors = flat(exc.detail)
        return (400 if reading else 422), "invalid", _summary(errors), errors
    if isinstance(exc, ModelError):
        errors = _named(exc)
        return (400 if reading else 422), "invalid", _summary(errors), errors
    if isinstance(exc, ObjectDoesNotExist) and not reading:
        # A service looks again at what it locks.
        return _read(gone(), reading=reading)
    if isinstance(exc, Http404 | exceptions.NotFound):
        return 404, "not_found", _("There is no such record."), None
    if isinstance(exc, PermissionDenied):
        return 403, "not_allowed", str(exc) or _("Your role does not allow this."), None
    if isinstance(exc, SuspiciousOperation):
        return 400, "malformed", _("The request could not be read."), None
    if isinstance(exc, exceptions.APIException):
        code = exc.get_codes()
        name = code if isinstance(code, str) else exc.default_code
        return exc.status_code, name, force_str(exc.detail), None
    return None


def _all_errors(error: ModelError) -> list[ModelError]:
    if hasattr(error, "error_dict"):
        return [single for group in error.error_dict.values() for single in group]
    return error.error_list


def _named(error: ModelError) -> Errors:
    if not hasattr(error, "error_dict"):
        return {WHOLE: list(error.messages)}
    return {
        (WHOLE if name == NON_FIELD_ERRORS else name): [str(text) for text in texts]
        for name, texts in error.message_dict.items()
    }


def flat(detail: Any, path: str = "") -> Errors:
    """DRF's nested errors by the path of their field: ``identifiers.0.source``."""
    if isinstance(detail, Mapping):
        found: Errors = {}
        for name, inner in detail.items():
            here = path if name == "non_field_errors" else f"{path}.{name}".strip(".")
            for key, texts in flat(inner, here).items():
                found.setdefault(key, []).extend(texts)
        return found
    if isinstance(detail, list | tuple):
        found = {}
        for index, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list | tuple)
            here = f"{path}.{index}".strip(".") if nested else path
            for key, texts in flat(inner, here).items():
                found.setdefault(key, []).extend(texts)
        return found
    return {path or WHOLE: [force_str(detail)]}


def _summary(errors: Errors) -> str:
    """One sentence for a log; the fields follow."""
    return "; ".join(
        f"{name}: {' '.join(texts)}" if name != WHOLE else " ".join(texts)
        for name, texts in errors.items()
    )[:500]
