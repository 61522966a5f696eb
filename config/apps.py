from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        """Make our Celery application the one that every thread of every process sends its wakes to."""
        from config.celery_app import app

        app.set_default()
        app.autodiscover_tasks(force=True)
