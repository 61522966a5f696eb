"""The ledger for the operator to read; it is written by services alone."""

from django.contrib import admin
from django.http import HttpRequest

from rewards.models import Account, Charge, Credit, Entry, Hold, PayeeAddress, TopUp, Transaction


class ReadOnly:
    """Looking is all."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class EntryInline(ReadOnly, admin.TabularInline):
    model = Entry
    fields = ["account", "amount_wei"]


@admin.register(Account)
class AccountAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["code", "asset", "balance_wei"]
    list_filter = ["kind", "asset"]
    search_fields = ["code"]


@admin.register(Transaction)
class TransactionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["posted_at", "kind", "idempotency_key", "source"]
    list_filter = ["kind"]
    search_fields = ["idempotency_key", "source"]
    ordering = ["-id"]
    inlines = [EntryInline]


@admin.register(Credit)
class CreditAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["earned_at", "rule", "person", "campaign", "amount_wei", "status", "refusal"]
    list_filter = ["status", "rule"]
    list_select_related = ["person", "campaign"]
    search_fields = ["person__email"]
    ordering = ["-id"]


@admin.register(PayeeAddress)
class PayeeAddressAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["asked_at", "person", "address", "status", "asked_by", "notice_sent_at", "effective_at"]
    list_filter = ["status"]
    list_select_related = ["person", "asked_by"]
    search_fields = ["person__email", "address"]
    ordering = ["-id"]


@admin.register(Hold)
class HoldAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["placed_at", "person", "reason", "placed_by", "lifted_at"]
    list_select_related = ["person", "placed_by"]
    search_fields = ["person__email"]
    ordering = ["-id"]


@admin.register(TopUp)
class TopUpAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["booked_at", "customer", "amount_wei", "reference", "booked_by"]
    list_select_related = ["customer", "booked_by"]
    search_fields = ["customer__email", "reference"]
    ordering = ["-id"]


@admin.register(Charge)
class ChargeAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["used_at", "customer", "status", "amount_wei", "royalty_wei"]
    list_filter = ["status"]
    list_select_related = ["customer"]
    search_fields = ["customer__email"]
    ordering = ["-id"]
