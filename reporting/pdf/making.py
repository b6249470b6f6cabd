"""Pages as PDF/UA: tagged, with a language and a title, for people who read with their ears.

Data goes to Typst as JSON and is put in as text: nothing a person wrote is ever markup.
"""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import typst
from django.http import HttpResponse
from django.utils import translation

_HERE = Path(__file__).parent
STANDARDS: Final = "ua-1"
log = logging.getLogger(__name__)


def pdf_of(name: str, data: Mapping[str, Any]) -> bytes:
    """The template ``name`` of this folder with ``data`` (JSON values only).

    A character that no font of this machine has cannot be in a PDF/UA; then it is a tagged PDF
    without that promise rather than none.
    """
    said = {"lang": (translation.get_language() or "en").split("-")[0], **data}
    options: dict[str, Any] = {
        "input": str(_HERE / f"{name}.typ"),
        "root": str(_HERE),
        "format": "pdf",
        "sys_inputs": {"data": json.dumps(said)},
    }
    try:
        made = typst.compile(**options, pdf_standards=STANDARDS)
    except typst.TypstError as error:
        log.warning("no PDF/UA: %s", error)
        made = typst.compile(**options)
    if made is None:
        raise RuntimeError("Typst wrote no file")
    return bytes(made)


def pdf_answer(data: bytes, name: str) -> HttpResponse:
    """The answer to download one."""
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
