"""API tokens in the settings: list, make (the secret is shown once), revoke (API-3)."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from advocacy import clock
from advocacy.rest import selectors, services
from advocacy.rest.forms import TokenForm
from advocacy.rest.models import ApiToken
from advocacy.tenancy.errors import DomainError
from advocacy.web.filters import FilterSet
from advocacy.web.http import is_htmx
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, BulkAction, EachRow, FormPage, ListPage, PageAction

PERMISSION = "settings.tokens"


class TokenTable(Table):
    """Tokens, those that work first."""

    columns = (
        Column("name", gettext_lazy("Used by"), sort="name"),
        Column("prefix", gettext_lazy("Begins with"), value=lambda row: f"{row.prefix}…"),
        Column("owner", gettext_lazy("Acts as"), value="owner.name", sort="owner__user__name"),
        Column("scopes", gettext_lazy("May"), value=lambda row: ", ".join(row.scopes), phone=False),
        Column("state", gettext_lazy("State"), sort="revoked_at", template="rest/cells/state.html"),
        Column(
            "last_used_at",
            gettext_lazy("Last used"),
            sort="last_used_at",
            template="components/cells/since.html",
        ),
        Column("expires_at", gettext_lazy("Expires"), sort="expires_at"),
        Column("created_at", gettext_lazy("Created"), sort="created_at", hidden=True),
    )
    default_sort = "-created_at"
    row_template = "rest/cells/revoke.html"


class TokenFilter(FilterSet):
    """By words, and whether they work."""

    search_fields: ClassVar[tuple[str, ...]] = ("name", "prefix", "owner__user__name")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=(
            ("active", gettext_lazy("Active")),
            ("expired", gettext_lazy("Expired")),
            ("revoked", gettext_lazy("Revoked")),
        ),
        method="by_state",
    )

    class Meta:
        model = ApiToken
        fields: ClassVar[list[str]] = []

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """As the list says it."""
        if value == "revoked":
            return rows.exclude(revoked_at=None)
        way = "gt" if value == "active" else "lte"
        return rows.filter(revoked_at=None, **{f"expires_at__{way}": clock.now()})


class Tokens(ListPage):
    """Every token of the tenant."""

    permission = PERMISSION
    nav_item = "settings"
    title = gettext_lazy("API tokens")
    answer = ngettext_lazy(
        "%(count)s key for other programs",
        "%(count)s keys for other programs",
        "n",
    )
    subtitle = gettext_lazy("Keys with which other programs read and write here.")
    table = TokenTable
    filterset = TokenFilter
    bulk_actions = (
        BulkAction(
            gettext_lazy("Revoke"),
            "token-revoke-many",
            PERMISSION,
            "ban",
            gettext_lazy("Whatever uses them stops working at once."),
            danger=True,
        ),
    )
    template_name = "rest/tokens.html"
    empty_title = gettext_lazy("No tokens yet")
    empty_text = gettext_lazy("Make one for your CRM, or for a script.")
    empty_icon = "key"

    def get_queryset(self) -> QuerySet[ApiToken]:
        return selectors.tokens()

    def get_header_actions(self) -> list[PageAction]:
        url = tenant_reverse(self.request, "token-new")
        return [PageAction(_("New token"), url, icon="plus", primary=True)]


class NewToken(FormPage):
    """Make a token. The answer shows the secret, which is kept nowhere; so it is no redirect."""

    permission = PERMISSION
    nav_item = "settings"
    title = gettext_lazy("New API token")
    subtitle = gettext_lazy("It is shown once, right after you made it.")
    form_class = TokenForm
    submit_label = gettext_lazy("Make the token")

    def get_initial(self) -> dict[str, Any]:
        return {"owner": self.membership.pk}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            token, secret = services.create_token(actor=self.actor, **form.cleaned_data)
        except DomainError as error:
            if error.status == 403:
                raise
            self._add_refusal(form, error)
            return self.show(form, status=error.status)
        template = "rest/token_card.html" if is_htmx(request) else "rest/token_made.html"
        response = render(request, template, {"token": token, "secret": secret})
        response["Cache-Control"] = "no-store"
        return response

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "tokens")


class RevokeToken(ActionView):
    """End a token at once."""

    permission = PERMISSION
    success_message = gettext_lazy("The token is revoked; it stopped working.")

    def perform(self) -> ApiToken:
        return services.revoke_token(actor=self.actor, token=selectors.get_token(self.kwargs["pk"]))

    def get_success_url(self, result: ApiToken) -> str:
        return tenant_reverse(self.request, "tokens")


class RevokeMany(EachRow):
    """End several at once."""

    permission = PERMISSION
    list_page = Tokens
    home = "tokens"
    label = gettext_lazy("Revoke")
    service = services.revoke_token
    subject_name = "token"

    def name_of(self, row: ApiToken) -> str:
        return row.name
