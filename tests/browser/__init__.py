"""The web app in a real Chromium, against the whole platform."""
