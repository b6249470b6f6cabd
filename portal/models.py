"""Who asked for a link, as far as a first offer needs it (ID-3, IDN-2)."""

from django.db import models

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocates.models import Advocate


class Newcomer(TenantModel):
    """Somebody whose address is at a customer but in no record yet: a link to it is on its way.

    Following the link proves that the address is theirs; offering to help makes the contact. The
    row goes with its link, whether anybody came or not.
    """

    email = models.EmailField()
    #: The language of the page they asked on; the answer speaks it too.
    language = models.CharField(max_length=8)
    advocate = TenantForeignKey(Advocate, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["tenant", "created_at"], name="newcomer_by_time")]
