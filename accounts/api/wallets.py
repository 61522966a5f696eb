"""Signing in with a wallet, and one's own wallets."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.serializers import ChallengeOutput, MeOutput, SignedInput, WalletAddressInput, WalletOutput
from accounts.models import Wallet
from accounts.requires import Requires, person_of
from accounts.services import wallets
from accounts.sign_ins import complete
from accounts.wallets import Place, Purpose
from common.ethereum import Rpc


class SignInChallenge(APIView):
    permission_classes = [AllowAny]
    throttle_scope = "wallet"

    @extend_schema(request=WalletAddressInput, responses={201: ChallengeOutput})
    def post(self, request: Request) -> Response:
        """Ask for a text that signs this wallet in: for five minutes, once, in this session (keep the cookie)."""
        return _challenge(request, Purpose.SIGN_IN)


class SignIn(APIView):
    permission_classes = [AllowAny]
    throttle_scope = "wallet"

    @extend_schema(request=SignedInput, responses=MeOutput)
    def post(self, request: Request) -> Response:
        """Sign in with a linked wallet: the session's cookie is the person's from now on.

        Who has a second factor is answered `second_factor_needed`, and goes on at django-allauth's `2fa/authenticate`.
        """
        signed = SignedInput(data=request.data)
        signed.is_valid(raise_exception=True)
        person = wallets.sign_in(session=_session_of(request), rpc=_rpc(), now=timezone.now(), **signed.validated_data)
        complete(request._request, person, method="wallet")
        return Response(MeOutput(person).data)


class LinkChallenge(APIView):
    permission_classes = [Requires("wallet.link")]
    throttle_scope = "wallet"

    @extend_schema(request=WalletAddressInput, responses={201: ChallengeOutput})
    def post(self, request: Request) -> Response:
        """Ask for a text that links this wallet to one's account: for five minutes, once, in this session."""
        return _challenge(request, Purpose.LINK)


class Wallets(generics.ListAPIView[Wallet]):
    """One's own wallets, newest first: ways to sign in. Where one is paid is another matter."""

    permission_classes = [Requires(GET="wallet.read_own", POST="wallet.link")]
    serializer_class = WalletOutput
    throttle_scope = "wallet"

    def get_queryset(self) -> QuerySet[Wallet]:
        return Wallet.objects.filter(person=self.request.user.pk)

    @extend_schema(request=SignedInput, responses={201: WalletOutput})
    def post(self, request: Request) -> Response:
        """Link the wallet that signed; it can sign in from now on."""
        signed = SignedInput(data=request.data)
        signed.is_valid(raise_exception=True)
        wallet = wallets.link(
            person=person_of(request),
            session=_session_of(request),
            rpc=_rpc(),
            now=timezone.now(),
            **signed.validated_data,
        )
        return Response(WalletOutput(wallet).data, status=status.HTTP_201_CREATED)


class OwnWallet(APIView):
    permission_classes = [Requires("wallet.unlink")]

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, wallet_id: UUID) -> Response:
        """Unlink a wallet, unless it is the only way in; where one is paid stays as it is."""
        wallets.unlink(person=person_of(request), wallet_id=wallet_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _challenge(request: Request, purpose: Purpose) -> Response:
    asked = WalletAddressInput(data=request.data)
    asked.is_valid(raise_exception=True)
    challenge = wallets.issue(
        purpose=purpose, session=_session_of(request), place=_place(), now=timezone.now(), **asked.validated_data
    )
    return Response(ChallengeOutput(challenge).data, status=status.HTTP_201_CREATED)


def _session_of(request: Request) -> str:
    """The key of the session that asks: of the cookie, or of the header that programs send."""
    session = request.auth if isinstance(request.auth, SessionBase) else request._request.session
    if session.session_key is None:
        session.create()
    return str(session.session_key)


def _place() -> Place:
    """From the settings alone, whatever host the request named."""
    return Place(domain=urlsplit(settings.APP_URL).netloc, uri=settings.APP_URL, chain_id=settings.CHAIN_ID)


def _rpc() -> Rpc:
    return Rpc(settings.CHAIN_RPC_URL)
