"""The HTTP face of accounts; sign-up, sign-in and password reset are django-allauth's, under `/_allauth/`."""
