"""Reads the corpora, trains the network and exports it. The only package that imports torch (extra `[train]`)."""
