"""The sentences of expected failures, one file per room that raises them."""
