"""Saved pages of text are split into their articles."""
