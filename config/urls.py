"""All addresses of the web process."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config import web_app
from config.api.operations import Operations

urlpatterns = [
    path("admin/", admin.site.urls),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/v1/", include("accounts.api.urls")),
    path("api/v1/", include("curation.api.urls")),
    path("api/v1/", include("training.api.urls")),
    path("api/v1/", include("generation.api.urls")),
    path("api/v1/", include("rewards.api.urls")),
    path("api/v1/operations", Operations.as_view(), name="operations"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    # Every other address is the web app's own; what is mistyped below these stays a 404, `/admin` gets its slash.
    re_path(r"^(?!(?:api|admin|_allauth|static)(?:/|$)).*$", web_app.show, name="web_app"),
]
