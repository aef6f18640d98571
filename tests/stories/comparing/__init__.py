"""Tests of search/stories/comparing."""
