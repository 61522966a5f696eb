"""The permission matrix as a permission class of the API."""

from typing import ClassVar
from uuid import UUID

from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import User
from accounts.permissions import Action, ever_allowed, why_not
from common.errors import NotAllowed, NotFound


def Requires(action: Action | str | None = None, **by_method: Action | str) -> type[BasePermission]:  # noqa: N802 - stands where classes stand
    """`permission_classes = [Requires("campaign.create")]`: signed in, and the action is ever allowed to this person.

    A view that both lists and creates names them by method: `Requires(GET="run.read", POST="run.start")`.
    Whether the person may do it to this very thing is for the service to `check`.
    """
    named = {method: Action(name) for method, name in by_method.items()}
    given = None if action is None else Action(action)
    return type("Requires", (RequiresAction,), {"action": given, "by_method": named})


class RequiresAction(BasePermission):
    """What `Requires` makes; refuses methods that no action was named for, so that a new one starts closed."""

    action: ClassVar[Action | None] = None
    by_method: ClassVar[dict[str, Action]] = {}

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.user, User):
            return False
        method = request.method or ""
        action = self.by_method.get("GET" if method in SAFE_METHODS else method, self.action)
        if action is None:
            raise MethodNotAllowed(method)
        if not ever_allowed(request.user, action):
            raise NotAllowed(why_not(request.user, action))
        return True


def person_of(request: Request) -> User:
    """Who is asking. Raises `NotAuthenticated` where nobody signed in, which a view's permissions rule out before."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def find_person(person_id: UUID) -> User:
    """The person of this id. Raises `NotFound`."""
    found = User.objects.filter(id=person_id).first()
    if found is None:
        raise NotFound("There is no such person.")
    return found
