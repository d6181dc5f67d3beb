"""The addresses of the partner directory of a site, below `/{site}/`."""

from django.urls import path, re_path

from consentry.web.pages.directory import ask, listing, wishes

_KIND = "(?P<kind>csv|xlsx)"

urlpatterns = [
    path("directory", listing.directory, name="directory"),
    re_path(rf"^directory/list\.{_KIND}$", listing.directory_file, name="directory-file"),
    path("directory/apps/<int:app>", listing.app, name="directory-app"),
    path("directory/through/<int:number>", listing.behind_provider, name="directory-behind"),
    path("directory/ask", ask.ask, name="wish-ask"),
    path("directory/wishes", wishes.wishes, name="wishes"),
    re_path(rf"^directory/wishes/list\.{_KIND}$", wishes.wishes_file, name="wishes-file"),
    path("directory/wishes/<int:wish>", wishes.wish, name="wish"),
    path("directory/wishes/<int:wish>/answer", wishes.answer, name="wish-answer"),
    path("directory/wishes/<int:wish>/withdraw", wishes.withdraw, name="wish-withdraw"),
]
