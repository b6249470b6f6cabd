"""What the filters of accounts and people share."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocates.accounts.selectors import owners
from advocates.models import Account

NOBODY = "nobody"


def owners_and_nobody() -> list[tuple[str, str]]:
    """Owners as choices, and who has none."""
    return [(NOBODY, _("Nobody")), *owners()]


def _accounts(request: Any) -> QuerySet[Account]:
    return Account.objects.all()


def of_account(path: str = "account") -> django_filters.ModelChoiceFilter:
    """Narrows a list to one account. Only set by links from its page: a list of every account
    would be no help.
    """
    return django_filters.ModelChoiceFilter(
        field_name=path,
        queryset=_accounts,
        label=gettext_lazy("Account"),
        widget=forms.HiddenInput(),
    )
