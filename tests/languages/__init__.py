"""Tests of search/languages."""
