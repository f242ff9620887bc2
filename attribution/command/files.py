"""Articles as files hold them: bytes in, text out, or a `TextError` that names the remedy.

Nothing is normalised: offsets are into just this text.
"""

from __future__ import annotations

import click

from attribution.errors import TextError


def read(file: str) -> str:
    """The text of a file, or of the pipe where the file is `-`."""
    with click.open_file(file, "rb") as stream:
        return decoded(stream.read())


def title(file: str) -> str:
    """What a message calls the file."""
    return "Standard input" if file == "-" else file


def decoded(data: bytes) -> str:
    """The text that some bytes of UTF-8 are."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(
            f"This is not UTF-8: byte {error.start} (0x{data[error.start]:02X}) cannot stand there. "
            "Convert it first, for example with: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None
