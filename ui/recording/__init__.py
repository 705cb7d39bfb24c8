"""What the page of a visit and the mini window record with: rounds, windows, waiting."""
