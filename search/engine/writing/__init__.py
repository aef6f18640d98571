"""How documents become segments and segments become fewer: tokens, batches, inverting, merging."""
