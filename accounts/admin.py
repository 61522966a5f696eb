"""People and tokens for the operator: roles are given here, secrets are never shown."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import ApiToken, User, Wallet

admin.site.site_header = admin.site.site_title = "OpenSlate"
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["email", "display_name", "roles", "is_active", "date_joined"]
    list_filter = ["is_active"]
    search_fields = ["email", "display_name"]
    fields = ["email", "display_name", "roles", "language", "is_active", "date_joined", "last_login"]
    readonly_fields = ["date_joined", "last_login"]
    ordering = ["-id"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return ["date_joined", "last_login", *(["email"] if obj else [])]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """People are deactivated: their work and their credits name them."""
        return False


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    list_display = ["name", "hint", "person", "scopes", "expires_at", "last_used_at", "revoked_at"]
    list_select_related = ["person"]
    readonly_fields = ["person", "name", "hint", "scopes", "created_at", "expires_at", "last_used_at"]
    fields = [*readonly_fields, "revoked_at"]
    search_fields = ["name", "person__email"]
    ordering = ["-id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Wallet)
class WalletAdmin(admin.ModelAdmin):
    """To be looked at; people link and unlink their own."""

    list_display = ["address", "person", "linked_at"]
    list_select_related = ["person"]
    search_fields = ["address", "person__email"]
    ordering = ["-id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Wallet | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Wallet | None = None) -> bool:
        return False
