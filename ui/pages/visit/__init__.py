"""The page of a visit: checklist, windows, waiting, findings and what happened."""
