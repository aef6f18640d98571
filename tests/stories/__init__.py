"""Tests of search/stories."""
