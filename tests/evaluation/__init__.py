"""Measures of quality over labelled and invented pages."""
