"""Compile translations: ``.po`` files are kept, ``.mo`` files are made where they are needed.

Django's own ``compilemessages`` needs GNU gettext, which a bare machine does not have.
"""

from pathlib import Path

import polib

from advocacy.embedded import paths
from advocacy.embedded.process import EmbeddedError


def compile_changed(root: Path = paths.ROOT) -> None:
    """Compile every catalogue that is newer than what was made of it.

    Raises:
        EmbeddedError: a catalogue cannot be read; the message names file and line.
    """
    for source in sorted((root / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            # Under another name first: a server may be reading the old one.
            partial = target.with_suffix(".partial")
            polib.pofile(str(source)).save_as_mofile(str(partial))
            partial.replace(target)
        except OSError as error:
            raise EmbeddedError(f"{source.relative_to(root)}: {error}") from None
