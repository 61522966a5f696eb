from django.contrib import admin

from training.models import Checkpoint, Run, RunSample


@admin.register(Run)
class RunAdmin(admin.ModelAdmin):
    list_display = ["id", "base", "status", "step", "steps", "device_seconds", "created_at"]
    list_filter = ["status", "base"]

    def has_change_permission(self, *_: object, **__: object) -> bool:
        return False


@admin.register(Checkpoint)
class CheckpointAdmin(RunAdmin):
    list_display = ["id", "run", "step", "fingerprint", "base", "created_at"]
    list_filter = ["base"]


@admin.register(RunSample)
class RunSampleAdmin(RunAdmin):
    list_display = ["id", "run", "step", "index", "caption", "created_at"]
    list_filter = []
