"""Which language a text is in, from its script, its words and a model; and what languages are
called."""
