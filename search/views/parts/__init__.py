"""What pages show, as frozen dataclasses made from a question and its answer; the context of
templates."""
