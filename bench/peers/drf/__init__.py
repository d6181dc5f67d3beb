"""(b) The idiomatic Django REST Framework service, with django-oauth-toolkit."""
