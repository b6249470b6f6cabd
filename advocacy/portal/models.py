"""Who asked for a link, as far as throttling needs it (ID-3, ID-4)."""

from django.db import models

from advocacy import clock
from advocacy.tenancy.base import TenantModel


class LinkRequest(TenantModel):
    """Somebody typed an address into the portal's entrance, known or not.

    Keyed digests only: neither the address nor the browser's can be read from here. Rows older
    than a day are deleted by the next request.
    """

    email_digest = models.CharField(max_length=64)
    browser_digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "email_digest", "at"], name="link_request_by_email"),
            models.Index(fields=["tenant", "browser_digest", "at"], name="link_request_by_browser"),
            models.Index(fields=["tenant", "at"], name="link_request_by_time"),
        ]
