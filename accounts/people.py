"""Making and finding people."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

from accounts.roles import Role

if TYPE_CHECKING:
    from accounts.models import User


class People(BaseUserManager["User"]):
    """People are known by their e-mail address, compared without case."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new person; without a password they can sign in only after a reset."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Django's `createsuperuser`: an operator."""
        return self.create_user(email, password, **{"roles": [Role.OPERATOR], **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))

    def with_role(self, role: Role) -> "Any":
        return self.filter(roles__contains=[role])
