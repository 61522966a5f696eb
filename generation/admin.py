from django.contrib import admin

from generation.models import Comparison, Generation


@admin.register(Generation)
class GenerationAdmin(admin.ModelAdmin):
    list_display = ["id", "model", "status", "device_seconds", "price_wei", "created_at"]
    list_filter = ["status", "model"]

    def has_change_permission(self, *_: object, **__: object) -> bool:
        return False


@admin.register(Comparison)
class ComparisonAdmin(GenerationAdmin):
    list_display = ["id", "first", "second", "created_at"]
    list_filter = []
