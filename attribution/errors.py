"""What can go wrong for a caller of the library: one exception a cause, each with a message that names the remedy."""


class AttributionError(Exception):
    """The base of every error this library raises on purpose."""


class TextError(AttributionError, ValueError):
    """The text cannot be read: empty, too long, or not valid Unicode."""


class ModelError(AttributionError):
    """The trained pipeline is missing or damaged."""
