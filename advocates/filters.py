"""What the filters of accounts and people share."""

from django.utils.translation import gettext as _

from advocates.accounts.selectors import owners

NOBODY = "nobody"


def owners_and_nobody() -> list[tuple[str, str]]:
    """Owners as choices, and who has none."""
    return [(NOBODY, _("Nobody")), *owners()]
