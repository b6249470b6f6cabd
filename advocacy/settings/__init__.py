"""Settings by environment: ``development``, ``production`` and ``test`` extend ``base``."""
