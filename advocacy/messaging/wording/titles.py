"""What the kinds of mail are called, for models below their declarations."""

from django.utils.functional import Promise

titles: dict[str, str | Promise] = {}
