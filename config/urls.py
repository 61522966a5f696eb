"""All addresses of the web process."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

urlpatterns = [
    path("admin/", admin.site.urls),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/v1/", include("accounts.api.urls")),
    path("api/v1/", include("curation.api.urls")),
    path("api/v1/", include("training.api.urls")),
    path("api/v1/", include("generation.api.urls")),
    path("api/v1/", include("rewards.api.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
]
