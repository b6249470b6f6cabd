"""gunicorn's logs, without the secrets of the addresses in them (ID-3)."""

from itertools import chain
from typing import Any

from gunicorn.glogging import Logger

from advocacy.masking import SecretsMasked


class MaskedLogger(Logger):  # type: ignore[misc]
    """gunicorn's own logger; ``gunicorn.conf.py`` names it, whoever starts the server."""

    def setup(self, cfg: Any) -> None:
        """Hang the filter on every handler, for the access log and for errors."""
        super().setup(cfg)
        for handler in chain(self.error_log.handlers, self.access_log.handlers):
            handler.addFilter(SecretsMasked())
