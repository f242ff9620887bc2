"""What can go wrong for a caller of the library: one exception a cause, each with a message that names the remedy."""


class AttributionError(Exception):
    """The base of every error this library raises on purpose."""


class TextError(AttributionError, ValueError):
    """The text cannot be read: empty, too long, or not valid Unicode."""


class LanguageError(TextError):
    """The text is in a language that is not read: `language` is its ISO 639 code."""

    def __init__(self, message: str, language: str) -> None:
        super().__init__(message)
        self.language = language


class OptionError(AttributionError, ValueError):
    """An option has a value that it cannot have."""


class ModelError(AttributionError):
    """The trained pipeline is missing or damaged."""


class BatchError(AttributionError):
    """A batch cannot begin: what it is asked for cannot be done."""


class StoppedError(AttributionError):
    """A batch cannot go on; what it has done is kept."""
