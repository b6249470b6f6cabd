"""Django's PostgreSQL back end, told the truth about primary keys; see ``base``."""
