"""Addresses of one's own profile and tokens."""

from django.urls import path

from accounts.api import (
    schema as schema,  # names our ways to sign a request in the OpenAPI document
)
from accounts.api import views, wallets

urlpatterns = [
    path("me", views.Me.as_view(), name="me"),
    path("tokens", views.Tokens.as_view(), name="tokens"),
    path("tokens/<uuid:token_id>", views.Token.as_view(), name="token"),
    path("sign-in/wallet", wallets.SignIn.as_view(), name="wallet-sign-in"),
    path("sign-in/wallet/challenge", wallets.SignInChallenge.as_view(), name="wallet-sign-in-challenge"),
    path("wallets", wallets.Wallets.as_view(), name="wallets"),
    path("wallets/challenge", wallets.LinkChallenge.as_view(), name="wallet-link-challenge"),
    path("wallets/<uuid:wallet_id>", wallets.OwnWallet.as_view(), name="wallet"),
]
