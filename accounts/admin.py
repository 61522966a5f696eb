"""People and tokens for the operator: roles are given here, secrets are never shown."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import AbuseReport, ApiToken, AuditEntry, Notification, User, Wallet
from accounts.services.auditing import audit

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

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """In the request's transaction, with its entry in the audit log."""
        super().save_model(request, obj, form, change)
        detail = {"changed": form.changed_data, "roles": obj.roles, "is_active": obj.is_active, "reason": "admin"}
        assert isinstance(request.user, User), "nobody else enters the admin"
        audit("person.access_changed", actor=request.user, now=timezone.now(), about=("person", obj.id), detail=detail)

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


class LookedAt(admin.ModelAdmin):
    """Shows everything, changes nothing."""

    ordering = ["-id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(LookedAt):
    list_display = ["at", "kind", "actor", "object_kind", "object_id", "detail"]
    list_filter = ["kind"]
    list_select_related = ["actor"]
    search_fields = ["object_id", "actor__email"]


@admin.register(AbuseReport)
class AbuseReportAdmin(LookedAt):
    """Answered through the API, which tells the reporter."""

    list_display = ["reported_at", "subject_kind", "subject_id", "reason", "status", "reporter", "answered_by"]
    list_filter = ["status", "reason", "subject_kind"]
    list_select_related = ["reporter", "answered_by"]


@admin.register(Notification)
class NotificationAdmin(LookedAt):
    list_display = ["at", "kind", "person", "in_app", "mail", "mailed_at", "read_at"]
    list_filter = ["kind", "mail"]
    list_select_related = ["person"]
    search_fields = ["person__email"]


@admin.register(Wallet)
class WalletAdmin(LookedAt):
    """People link and unlink their own."""

    list_display = ["address", "person", "linked_at"]
    list_select_related = ["person"]
    search_fields = ["address", "person__email"]
