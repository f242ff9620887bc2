"""One file a corpus: each reads its own format and gives `Article` records. A new corpus is one new file."""
