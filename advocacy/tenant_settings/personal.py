"""Which columns of this app hold personal data: none (GDPR-1)."""

from advocacy.tenancy.classification import Columns

COLUMNS = {"FamilySettings": Columns(plain="family values")}
