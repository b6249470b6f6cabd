"""The tenancy app."""

from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class TenancyConfig(AppConfig):
    """Registers the model checks and the grants that follow every migration."""

    name = "advocacy.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        """Hook up; the grants need every app's tables, hence after the last app."""
        from advocacy.tenancy.checks import check_tenant_models
        from advocacy.tenancy.classification import check_classification
        from advocacy.tenancy.database import check_first_connection, grant_after_migrate
        from advocacy.tenancy.planning import keep_plans_fresh
        from advocacy.tenancy.schema import check_schema
        from advocacy.tenancy.sweeps import register_global_sweep

        checks.register(check_tenant_models, checks.Tags.models)
        checks.register(check_classification, checks.Tags.models)
        checks.register(check_schema, checks.Tags.database)
        connection_created.connect(check_first_connection, dispatch_uid="advocacy.role")
        register_global_sweep(
            "plans",
            keep_plans_fresh,
            why="statements are planned for the rows there are, also in a new installation",
            every_seconds=300,
        )
        post_migrate.connect(grant_after_migrate, dispatch_uid="advocacy.grants")
