"""Plain text: its quotation marks, its language, the words of an HTML page, and the units that offsets count in."""
