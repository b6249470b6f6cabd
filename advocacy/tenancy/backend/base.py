"""PostgreSQL as Django knows it, but for one assumption.

Django groups by a model's ``pk`` alone, because PostgreSQL lets every other column of the row
follow from the primary key. Here the primary key is ``(tenant_id, id)`` while Django's ``pk`` is
``id`` (``TenantKey``), so PostgreSQL refuses such a query: group by every selected column instead.
"""

from django.db.backends.postgresql import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    """No functional dependency on ``pk`` alone."""

    allows_group_by_selected_pks = False


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection Django is configured with (``settings.env.database``)."""

    features_class = DatabaseFeatures
