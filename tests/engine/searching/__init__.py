"""Tests of search/engine/searching."""
