"""What an article looks like to a search engine: the words of each language as terms, and the
fields they stand in."""
