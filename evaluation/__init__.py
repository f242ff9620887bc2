"""The measure: how right the system is (`corpus`, `seeds`, `pronouns`) and how fast (`speed`). `python -m evaluation --help`."""
