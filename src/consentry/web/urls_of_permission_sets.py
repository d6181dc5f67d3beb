"""The addresses of what an app asks of schools, below `/partners/{company}/apps/{app}/`."""

from django.urls import path

from consentry.web.pages.partners.permission_sets import editor, preview, publishing

urlpatterns = [
    path("permission-set", editor.editor, name="permission-set"),
    path("permission-set/rows/<str:data_type>", editor.row, name="permission-set-row"),
    path("permission-set/rows/<str:data_type>/remove", editor.remove_row, name="permission-set-row-remove"),
    path("permission-set/discard", editor.discard, name="permission-set-discard"),
    path("permission-set/preview", preview.preview, name="permission-set-preview"),
    path("permission-set/publish", publishing.publish, name="permission-set-publish"),
    path("permission-set/versions", publishing.versions, name="permission-set-versions"),
    path("permission-set/following", publishing.follow_row, name="permission-set-following"),
]
