"""The exceptions of the library: one for each cause, each with a message that says what to do."""


class AttributionError(Exception):
    """The base class of every error that this library raises on purpose."""


class TextError(AttributionError, ValueError):
    """The text cannot be read: empty, too long, or not valid Unicode."""


class LanguageError(TextError):
    """The text is in a language that is not supported: `language` is its ISO 639 code."""

    def __init__(self, message: str, language: str) -> None:
        super().__init__(message)
        self.language = language


class OptionError(AttributionError, ValueError):
    """An option has an invalid value."""


class ModelError(AttributionError):
    """The trained pipeline is missing or damaged."""


class BatchError(AttributionError):
    """A batch cannot start: its inputs, its output or its options are invalid."""


class StoppedError(AttributionError):
    """A batch cannot continue; finished work is kept."""
