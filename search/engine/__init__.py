"""Whoosh's index, schema and query language over memory-mapped arrays, at the speed of NumPy.

A library without Django. Writing: :class:`~search.engine.writer.BulkWriter`, or Whoosh's writer
with :class:`~search.engine.codec.ArrayCodec`. Reading: :class:`~search.engine.reader.EngineReader`.
See docs/engine.md.
"""
