"""What each web worker loads."""

from consentry.project.serving.parent import end_with_parent
from consentry.project.wsgi import application

__all__ = ["application"]

end_with_parent()
