"""How far a file is, what it may be, and why one is refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileState(models.TextChoices):
    """``uploading``: parts are missing; ``checking``: all of it is there and nobody gets it yet;
    ``ready``: it can be had; ``refused``: its bytes are gone, the sentence stays for a while.
    """

    UPLOADING = "uploading", _("Being uploaded")
    CHECKING = "checking", _("Being checked")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Refused")


class Use(models.TextChoices):
    """What a file is put in as; each takes some types only."""

    RECORDING = "recording", _("Video or audio")
    PICTURE = "picture", _("Picture")
    MATERIAL = "material", _("Material")


#: Types by what they are, each with how a file of it is named when it is taken along.
VIDEO = {"video/mp4": "mp4", "video/webm": "webm", "video/quicktime": "mov"}
AUDIO = {
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
    "audio/webm": "webm",
}
IMAGES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
DOCUMENTS = {"application/pdf": "pdf"}
ENDINGS = {**VIDEO, **AUDIO, **IMAGES, **DOCUMENTS}

TAKEN: dict[str, frozenset[str]] = {
    Use.RECORDING: frozenset({*VIDEO, *AUDIO}),
    Use.PICTURE: frozenset(IMAGES),
    Use.MATERIAL: frozenset(ENDINGS),
}

#: What is taken, in words.
TAKEN_WORDS = {
    Use.RECORDING: _("a video (MP4, MOV, WebM) or a sound recording (M4A, MP3, WAV, OGG, WebM)"),
    Use.PICTURE: _("a picture (PNG, JPEG, WebP)"),
    Use.MATERIAL: _(
        "a video (MP4, MOV, WebM), a sound recording (M4A, MP3, WAV, OGG, WebM), a picture (PNG,"
        " JPEG, WebP) or a PDF"
    ),
}
#: For the picker of a browser, and the endings of what some systems know no type for.
PICKED = {
    Use.RECORDING: "video/*,audio/*",
    Use.PICTURE: "image/png,image/jpeg,image/webp",
    Use.MATERIAL: "video/*,audio/*,image/png,image/jpeg,image/webp,application/pdf",
}


class Reason(models.TextChoices):
    """Why a file is refused, or waits."""

    TYPE = "type", _("It is not what can be put in here.")
    BROKEN = "broken", _("It is cut off or damaged, or holds more than one file.")
    ACTIVE = "active", _("It holds a program or a script.")
    PIXELS = "pixels", _("The picture has too many pixels: at most 50 million are taken.")
    INFECTED = "infected", _("The virus scanner found something in it.")
    UNREADABLE = "unreadable", _("It could not be checked. Try another format.")
    UNWANTED = "unwanted", _("It came too late: nothing can be put in there any more.")
    SCANNER = "scanner", _("It waits for the virus scanner.")
