"""Files: taken in, checked, kept, served."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """What people put in, for the apps whose records have files."""

    name = "advocacy.files"
    label = "files"

    def ready(self) -> None:
        """Sweep, keep the bytes of nobody who was erased, let a tenant say how much."""
        from advocacy.files.checking import sweep_files
        from advocacy.files.held import KEEPER
        from advocacy.files.numbers import FILES
        from advocacy.files.services import SWEEP
        from advocacy.records.held import register_keeper
        from advocacy.tenancy.sweeps import register_sweep
        from advocacy.tenant_settings import families
        from advocacy.web import status_styles

        register_sweep(
            SWEEP,
            "tenants_with_files_due",
            sweep_files,
            own_transactions=True,
            why="what was put in is checked, what stopped is given up, what is gone is removed",
        )
        register_keeper(KEEPER)
        families.register(FILES)
        status_styles.register(
            {
                "uploading": status_styles.StatusStyle("info", "upload"),
                "checking": status_styles.StatusStyle("info", "shield-search"),
                "ready": status_styles.StatusStyle("success", "circle-check"),
            }
        )
