"""ARTICLE IN: from files to labelled articles in the database."""
