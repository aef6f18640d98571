"""What ingest's labels are worth, measured against collections labelled by hand.

``counts`` holds the arithmetic; ``pages_of_text``, ``web_pages``, ``countries``, ``dates``,
``languages``, ``stories`` and ``speed`` each measure one thing in plain values; ``parts`` ingests
the collections that are there, in dry runs that ask no database, and gives their figures;
``history`` keeps them, so that each run is compared with the last.
"""
