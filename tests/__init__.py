"""Tests of the whole project; folders mirror those of search/."""
