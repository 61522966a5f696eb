"""Addresses of datasets, versions and exports."""

from django.urls import path

from curation.api.views import datasets, exports, samples

urlpatterns = [
    path("datasets", datasets.Datasets.as_view(), name="datasets"),
    path("datasets/<uuid:dataset_id>/versions", datasets.DatasetVersions.as_view(), name="dataset-versions"),
    path("datasets/<uuid:dataset_id>/versions/preview", datasets.PreviewVersion.as_view(), name="version-preview"),
    path("samples", samples.Samples.as_view(), name="samples"),
    path("samples/by-image", samples.SamplesByImage.as_view(), name="samples-by-image"),
    path("samples/facets", samples.SampleFacets.as_view(), name="sample-facets"),
    path("samples/coverage", samples.SampleCoverage.as_view(), name="sample-coverage"),
    path("samples/<uuid:sample_id>", samples.SamplePage.as_view(), name="sample"),
    path("versions/<uuid:version_id>", datasets.VersionDetail.as_view(), name="version"),
    path("versions/<uuid:version_id>/manifest", datasets.VersionManifest.as_view(), name="version-manifest"),
    path("versions/<uuid:version_id>/diff/<uuid:other_id>", datasets.VersionDifference.as_view(), name="version-diff"),
    path("versions/<uuid:version_id>/exports", exports.VersionExports.as_view(), name="version-exports"),
    path("exports/<uuid:export_id>", exports.ExportDetail.as_view(), name="export"),
    path("exports/<uuid:export_id>/retry", exports.RetryExport.as_view(), name="export-retry"),
    path("exports/<uuid:export_id>/files", exports.ExportFiles.as_view(), name="export-files"),
]
