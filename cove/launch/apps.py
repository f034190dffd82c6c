from django.apps import AppConfig


class LaunchConfig(AppConfig):
    """Last of the installed apps: when it is ready, everything is, and the registries close."""

    name = "cove.launch"
    label = "launch"

    def ready(self) -> None:
        """Load the catalogue and every module's rooms."""
        from cove.facts import load_catalogue
        from cove.kernel.logs import configure_logs
        from cove.kernel.modules import close_registries, load_rooms
        from cove.launch.env import environment

        configure_logs(environment().log_level)
        load_catalogue()
        load_rooms()
        close_registries()
