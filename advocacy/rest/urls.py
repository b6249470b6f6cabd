"""Addresses of the token pages, below ``/t/<slug>/``."""

from django.urls import path

from advocacy.rest import pages

tenant_patterns = [
    path("settings/tokens/", pages.Tokens.as_view(), name="tokens"),
    path("settings/tokens/new/", pages.NewToken.as_view(), name="token-new"),
    path("settings/tokens/several/revoke/", pages.RevokeMany.as_view(), name="token-revoke-many"),
    path("settings/tokens/<uuid:pk>/revoke/", pages.RevokeToken.as_view(), name="token-revoke"),
]
