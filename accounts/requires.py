"""The permission matrix as a permission class of the API."""

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import User
from accounts.permissions import Action, ever_allowed, why_not
from common.errors import NotAllowed


class Requires:
    """`permission_classes = [Requires("campaign.create")]`: signed in, and the action is ever allowed to this person.

    A view that both lists and creates names them by method: `Requires(GET="run.read", POST="run.start")`.
    Whether the person may do it to this very thing is for the service to `check`.
    """

    def __init__(self, action: Action | str | None = None, **by_method: Action | str) -> None:
        self.action = None if action is None else Action(action)
        self.by_method = {method: Action(name) for method, name in by_method.items()}

    def __call__(self) -> "RequiresAction":
        return RequiresAction(self)

    def action_for(self, method: str) -> Action:
        """Raises `MethodNotAllowed` for a method that no action was named for, so that a new one starts closed."""
        action = self.by_method.get("GET" if method in SAFE_METHODS else method, self.action)
        if action is None:
            raise MethodNotAllowed(method)
        return action


class RequiresAction(BasePermission):
    """What `Requires` makes for each request."""

    def __init__(self, required: Requires) -> None:
        self.required = required

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.user, User):
            return False
        action = self.required.action_for(request.method or "")
        if not ever_allowed(request.user, action):
            raise NotAllowed(why_not(request.user, action))
        return True
