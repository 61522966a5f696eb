"""People and their API tokens."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.people import People
from accounts.roles import Role, Scope
from accounts.wallets import Purpose
from common.ids import uuid7


def new_person_roles() -> list[str]:
    return [Role.CONTRIBUTOR.value]


class User(AbstractBaseUser):
    """A person. Rights come from `roles` alone (`accounts.permissions`); Django's permission tables are not used."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=80, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=new_person_roles, blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    # Set by `accounts.api.authentication` when the person came with an API token: what it may be used for.
    token_scopes: frozenset[str] | None = None

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower_case"),
            models.CheckConstraint(condition=models.Q(roles__contained_by=list(Role.values)), name="user_roles_known"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email

    def has_role(self, role: Role) -> bool:
        """Whether the person holds it at all; ask `accounts.permissions` for what they may do."""
        return self.is_active and role in self.roles

    @property
    def is_staff(self) -> bool:
        """Operators, and nobody else, enter Django's admin."""
        return self.has_role(Role.OPERATOR)

    @property
    def is_superuser(self) -> bool:
        return self.is_staff

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_staff

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class ApiToken(models.Model):
    """A program's right to act for a person. The token is shown once; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token, hexadecimal.")
    hint = models.CharField(max_length=12, help_text="Its first characters, to recognise it by.")
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="token_expires_later"
            ),
            models.CheckConstraint(
                condition=models.Q(scopes__contained_by=list(Scope.values)), name="token_scopes_known"
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="token_by_person")]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}...)"


class Wallet(models.Model):
    """A person's wallet: a way to sign in. Where they are paid is another matter, and stays when they sign in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="wallets")
    address = models.CharField(max_length=42, unique=True, help_text="With its checksum (EIP-55).")
    linked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="wallet_by_person")]

    def __str__(self) -> str:
        return self.address


class WalletChallenge(models.Model):
    """A text for one wallet to sign, once, in one browser session, within minutes. The text is the server's own."""

    nonce = models.CharField(primary_key=True, max_length=32)
    address = models.CharField(max_length=42)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    session_digest = models.CharField(max_length=64, help_text="SHA-256 of a secret that the asking session holds.")
    text = models.TextField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="challenge_by_age")]
