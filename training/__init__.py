"""The workshop: reads the corpora, trains the network, exports it. The only place that imports torch (extra `[train]`)."""
