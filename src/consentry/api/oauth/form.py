"""What a call to the OAuth 2 server must be before anything of it is believed: one plain form in UTF-8."""

from urllib.parse import unquote_to_bytes

from django.http import HttpRequest

_FORM = "application/x-www-form-urlencoded"


def fault_of_form(request: HttpRequest) -> str:
    """What is wrong with the form that was sent, "" when nothing is (RFC 6749, 3.2 and appendix B)."""
    if request.META.get("QUERY_STRING"):
        return "Nothing stands in the address: send a form."
    if request.content_type != _FORM:
        return f"Send a form: {_FORM}."
    try:
        unquote_to_bytes(request.body).decode()
    except UnicodeDecodeError:
        return "The form is not UTF-8."
    said = list(request.POST.lists())
    if any(len(values) > 1 for _, values in said):
        return "A parameter stands twice."
    if any("\0" in text for name, values in said for text in (name, *values)):
        return "A parameter holds a NUL character."
    return ""
