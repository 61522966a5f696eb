from django.apps import AppConfig


class CurationConfig(AppConfig):
    name = "curation"

    def ready(self) -> None:
        """Make `check --deploy` look at this room."""
        from curation import checks  # noqa: F401 - registers itself
