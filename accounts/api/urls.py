"""Addresses of one's own profile and tokens."""

from django.urls import path

from accounts.api import (
    schema as schema,  # names our ways to sign a request in the OpenAPI document
)
from accounts.api import views

urlpatterns = [
    path("me", views.Me.as_view(), name="me"),
    path("tokens", views.Tokens.as_view(), name="tokens"),
    path("tokens/<uuid:token_id>", views.Token.as_view(), name="token"),
]
