"""Tests of search/engine/writing."""
