"""The process that draws one picture anew: ``python -m advocacy.files.child LIMITS < in > out``.

It has neither settings nor a database nor a secret, little memory and little time (decision 16).
What it writes holds the pixels and nothing else of what it read: no place, camera, comment or
preview. It ends with 0, or with a number of :data:`ENDS`.
"""

import contextlib
import ctypes
import io
import json
import os
import resource
import signal
import sys
from typing import Any

#: Status → what was wrong.
ENDS = {3: "broken", 4: "pixels", 5: "type"}
_BROKEN, _PIXELS, _TYPE = 3, 4, 5
_PR_SET_PDEATHSIG = 1


def confine(limits: dict[str, int]) -> None:
    """Give up what drawing one picture does not need; end with who started it."""
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"] + 1))
    with contextlib.suppress(ValueError, OSError):
        # macOS knows no limit of the address space.
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def redraw(data: bytes, kind: str, most_pixels: int) -> bytes:
    """The picture without anything but its pixels, turned as it is meant to be seen."""
    from PIL import Image, ImageOps

    # We look ourselves, before a pixel is decoded: theirs only warns below the double.
    Image.MAX_IMAGE_PIXELS = None
    wanted = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}[kind]
    with Image.open(io.BytesIO(data), formats=[wanted]) as opened:
        if opened.width * opened.height > most_pixels:
            raise SystemExit(_PIXELS)
        profile = opened.info.get("icc_profile")
        picture: Any = ImageOps.exif_transpose(opened)
        if picture.mode.startswith("I"):
            # 16 bits a pixel; cut off instead of scaled they would all be white.
            picture = picture.point(lambda value: value * (1 / 256)).convert("L")
        if wanted == "JPEG" and picture.mode not in ("RGB", "L", "CMYK"):
            picture = picture.convert("RGB")
        elif wanted != "JPEG" and picture.mode not in ("RGB", "RGBA", "L", "LA", "P", "1"):
            picture = picture.convert("RGBA")
        # A new one: what hangs on the old (comments, chunks of text) has no way into it.
        clean = Image.new(picture.mode, picture.size)
        if picture.mode == "P":
            clean.putpalette(picture.getpalette())
        clean.paste(picture)
        written = io.BytesIO()
        options: dict[str, Any] = {"icc_profile": profile} if profile else {}
        if wanted == "PNG" and "transparency" in picture.info and picture.mode in ("P", "L", "RGB"):
            options["transparency"] = picture.info["transparency"]
        if wanted in ("JPEG", "WEBP"):
            options["quality"] = 92
        clean.save(written, wanted, **options)
        return written.getvalue()


def main() -> None:
    """Read, draw, write."""
    limits = json.loads(sys.argv[1])
    # Before the limits: what Pillow is made of takes address space.
    from PIL import Image

    Image.preinit()
    confine(limits)
    data = sys.stdin.buffer.read()
    try:
        drawn = redraw(data, limits["type"], limits["pixels"])
    except MemoryError:
        raise SystemExit(_PIXELS) from None
    except Exception:
        raise SystemExit(_BROKEN) from None
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    main()
