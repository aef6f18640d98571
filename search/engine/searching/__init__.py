"""How a query tree becomes documents, scores and counts: evaluation over arrays, expansion of
words, collectors."""
